using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>
/// The entries of objects that are alike in all but their CREATE statement: pre-data, dropped and given away by the
/// word for their kind and one name.
/// </summary>
internal static class PreDataDdl
{
    /// <summary>Adds the definition where it is wanted, and the comment.</summary>
    /// <param name="item">The object; without an owner it cannot be given away.</param>
    /// <param name="kind">The entry's kind, which is also what stands after DROP.</param>
    /// <param name="name">What stands after the kind: quoted, qualified, with all that identifies the object.</param>
    /// <param name="createSql">Makes the CREATE statement; not called for what is not dumped, as all that initdb made.</param>
    /// <param name="context">Where to.</param>
    public static void Emit(CatalogObject item, string kind, string name, Func<string> createSql, DdlContext context)
    {
        EmitDefinition(item, kind, item.Name, name, createSql, context);
        CommentDdl.Emit(item, $"{kind} {name}", context);
    }

    /// <summary>As <see cref="Emit"/>, for objects without a name of their own: their tag is what COMMENT ON says.</summary>
    public static void EmitNameless(CatalogObject item, string kind, string name, Func<string> createSql, DdlContext context)
    {
        EmitDefinition(item, kind, $"{kind} {name}", name, createSql, context);
        CommentDdl.Emit(item, $"{kind} {name}", context);
    }

    /// <summary>As <see cref="Emit"/>, without the comment.</summary>
    public static void EmitDefinition(CatalogObject item, string kind, string tag, string name, Func<string> createSql, DdlContext context)
    {
        if (item.Emits(Components.Definition))
        {
            context.Toc.Add(item, new TocEntry
            {
                Id = item.DumpId,
                CatalogId = item.Id,
                Kind = kind,
                Schema = item.Schema?.Name,
                Name = tag,
                Owner = item.Owner,
                Section = Section.PreData,
                CreateSql = createSql(),
                DropSql = $"DROP {kind} {name};\n",
                DropIfExistsSql = $"DROP {kind} IF EXISTS {name};\n",
                OwnerTarget = item.Owner is null ? null : $"{kind} {name}",
            });
        }
    }
}
