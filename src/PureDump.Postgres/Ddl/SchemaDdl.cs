using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>Schemas as SQL (pg_dump.c, dumpNamespace).</summary>
internal static class SchemaDdl
{
    /// <summary>Adds the entries of one schema.</summary>
    public static void Emit(SchemaObject schema, DdlContext context)
    {
        string name = SqlText.Name(schema.Name);
        string target = $"SCHEMA {name}";
        if (schema.Emits(Components.Definition))
        {
            context.Toc.Add(
                schema,
                new TocEntry
                {
                    Id = schema.DumpId,
                    CatalogId = schema.Id,
                    Kind = EntryKind.Schema,
                    Name = schema.Name,
                    Owner = schema.Owner,
                    Section = Section.PreData,
                    // Every new database has a schema public; making or dropping it is only shown (pg_dump does the same).
                    CreateSql = schema.IsCreated ? $"CREATE SCHEMA {name};\n" : "-- *not* creating schema, since initdb creates it\n",
                    DropSql = schema.IsCreated ? $"DROP SCHEMA {name};\n" : "-- *not* dropping schema, since initdb creates it\n",
                    DropIfExistsSql = schema.IsCreated
                        ? $"DROP SCHEMA IF EXISTS {name};\n"
                        : "-- *not* dropping schema, since initdb creates it\n",
                    OwnerTarget = target,
                }
            );
        }

        if (schema.IsPublic && !schema.IsCreated)
        {
            CommentDdl.EmitUnless("standard public schema", schema, target, context);
        }
        else
        {
            CommentDdl.Emit(schema, target, context);
        }

        SecurityLabelDdl.Emit(schema, target, context);
        AclDdl.Emit(schema, "SCHEMA", name, context);
    }
}
