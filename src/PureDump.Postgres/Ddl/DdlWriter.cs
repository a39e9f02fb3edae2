using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>Turns the sorted objects into entries: one line here per class of object.</summary>
internal static class DdlWriter
{
    /// <summary>Adds the entries of one object.</summary>
    public static void Emit(CatalogObject item, DdlContext context)
    {
        switch (item)
        {
            case SchemaObject schema:
                SchemaDdl.Emit(schema, context);
                break;
            case ExtensionObject extension:
                ExtensionDdl.Emit(extension, context);
                break;
            case TypeObject type:
                TypeDdl.Emit(type, context);
                break;
            case ShellTypeObject shell:
                TypeDdl.EmitShell(shell, context);
                break;
            case ConstraintObject { Domain: not null } constraint:
                TypeDdl.EmitConstraint(constraint, context);
                break;
            case AggregateObject aggregate:
                AggregateDdl.Emit(aggregate, context);
                break;
            case FunctionObject function:
                FunctionDdl.Emit(function, context);
                break;
            case LargeObjectGroup group:
                LargeObjectDdl.Emit(group, context);
                break;
            case LargeObjectDataObject data:
                LargeObjectDdl.EmitData(data, context);
                break;
            case DefaultAclObject defaultAcl:
                DefaultAclDdl.Emit(defaultAcl, context);
                break;
        }
    }
}
