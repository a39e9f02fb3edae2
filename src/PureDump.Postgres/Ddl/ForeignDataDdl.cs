using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>
/// Foreign-data wrappers, foreign servers and user mappings as SQL (pg_dump.c, dumpForeignDataWrapper, dumpForeignServer
/// and dumpUserMappings). Passwords in the options of mappings stand in the dump in clear text.
/// </summary>
internal static class ForeignDataDdl
{
    /// <summary>Adds the entries of one wrapper.</summary>
    public static void Emit(ForeignDataWrapperObject wrapper, DdlContext context)
    {
        string handler = wrapper.Handler is null ? "" : $" HANDLER {wrapper.Handler}";
        string validator = wrapper.Validator is null ? "" : $" VALIDATOR {wrapper.Validator}";
        string connection = wrapper.Connection is null ? "" : $" CONNECTION {wrapper.Connection}";
        Emit(wrapper, EntryKind.ForeignDataWrapper, $"{handler}{validator}{connection}{Options(wrapper.Options)}", context);
        AclDdl.Emit(wrapper, "FOREIGN DATA WRAPPER", SqlText.Name(wrapper.Name), context);
    }

    /// <summary>Adds the entries of one server and of its user mappings.</summary>
    public static void Emit(ForeignServerObject server, DdlContext context)
    {
        string type = server.Type.Length == 0 ? "" : $" TYPE {SqlText.Literal(server.Type)}";
        string version = server.Version.Length == 0 ? "" : $" VERSION {SqlText.Literal(server.Version)}";
        string wrapper = SqlText.Name(server.Wrapper);
        Emit(server, EntryKind.Server, $"{type}{version} FOREIGN DATA WRAPPER {wrapper}{Options(server.Options)}", context);
        AclDdl.Emit(server, "FOREIGN SERVER", SqlText.Name(server.Name), context);
        if (server.Emits(Components.Definition))
        {
            foreach (UserMapping mapping in server.UserMappings)
            {
                Emit(server, mapping, context);
            }
        }
    }

    private static void Emit(CatalogObject item, string kind, string clauses, DdlContext context)
    {
        string name = SqlText.Name(item.Name);
        PreDataDdl.Emit(item, kind, name, () => $"CREATE {kind} {name}{clauses};\n", context);
    }

    private static void Emit(ForeignServerObject server, UserMapping mapping, DdlContext context)
    {
        string target = $"FOR {SqlText.Name(mapping.User)} SERVER {SqlText.Name(server.Name)}";
        context.Toc.AddDependent(
            new TocEntry
            {
                Id = context.Toc.NextId(),
                Kind = EntryKind.UserMapping,
                Name = $"USER MAPPING {mapping.User} SERVER {server.Name}",
                Owner = server.Owner,
                Section = Section.PreData,
                CreateSql = $"CREATE USER MAPPING {target}{Options(mapping.Options)};\n",
                DropSql = $"DROP USER MAPPING {target};\n",
                DropIfExistsSql = $"DROP USER MAPPING IF EXISTS {target};\n",
            },
            server.DumpId);
    }

    private static string Options(string options) => options.Length == 0 ? "" : $" OPTIONS (\n    {options}\n)";
}
