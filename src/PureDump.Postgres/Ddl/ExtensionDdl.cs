using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>Extensions as SQL (pg_dump.c, dumpExtension).</summary>
internal static class ExtensionDdl
{
    /// <summary>Adds the entries of one extension: no version, no owner; the target installs what it has.</summary>
    public static void Emit(ExtensionObject extension, DdlContext context)
    {
        string name = SqlText.Name(extension.Name);
        if (extension.Emits(Components.Definition))
        {
            context.Toc.Add(extension, new TocEntry
            {
                Id = extension.DumpId,
                CatalogId = extension.Id,
                Kind = EntryKind.Extension,
                Name = extension.Name,
                Section = Section.PreData,
                CreateSql = $"CREATE EXTENSION IF NOT EXISTS {name} WITH SCHEMA {SqlText.Name(extension.SchemaName)};\n",
                DropSql = $"DROP EXTENSION {name};\n",
                DropIfExistsSql = $"DROP EXTENSION IF EXISTS {name};\n",
            });
        }

        CommentDdl.Emit(extension, $"EXTENSION {name}", context);
    }
}
