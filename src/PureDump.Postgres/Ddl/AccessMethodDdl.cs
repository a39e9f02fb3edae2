using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Access methods as SQL (pg_dump.c, dumpAccessMethod).</summary>
internal static class AccessMethodDdl
{
    /// <summary>Adds the entries of one access method.</summary>
    /// <exception cref="PureDumpException">It is of a type that is not known (<see cref="ErrorKind.Catalog"/>).</exception>
    public static void Emit(AccessMethodObject method, DdlContext context)
    {
        string name = SqlText.Name(method.Name);
        PreDataDdl.Emit(
            method,
            EntryKind.AccessMethod,
            name,
            () => $"CREATE ACCESS METHOD {name} TYPE {TypeSql(method)} HANDLER {method.Handler};\n",
            context);
    }

    private static string TypeSql(AccessMethodObject method) =>
        method.MethodType switch
        {
            'i' => "INDEX",
            't' => "TABLE",
            _ => throw new PureDumpException(
                ErrorKind.Catalog,
                $"the access method {method.Name} is of the unknown type '{method.MethodType}'"),
        };
}
