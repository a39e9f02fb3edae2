using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>
/// Collations as SQL (pg_dump.c, dumpCollation). Their version is left out: a restore takes that of the target's library.
/// </summary>
internal static class CollationDdl
{
    /// <summary>Adds the entries of one collation.</summary>
    /// <exception cref="PureDumpException">Its provider is not known (<see cref="ErrorKind.Catalog"/>).</exception>
    public static void Emit(CollationObject collation, DdlContext context)
    {
        string name = SqlText.Name(collation.Schema!.Name, collation.Name);
        PreDataDdl.Emit(collation, EntryKind.Collation, name, () => $"CREATE COLLATION {name} ({Details(collation)});\n", context);
    }

    private static string Details(CollationObject collation)
    {
        var sql = new StringBuilder("provider = ");
        sql.Append(collation.Provider switch
        {
            'b' => "builtin",
            'c' => "libc",
            'i' => "icu",

            // No statement takes it; pg_dump writes it so where all of pg_catalog is asked for.
            'd' => "default",
            _ => throw new PureDumpException(
                ErrorKind.Catalog, $"the collation {collation.Name} has the unknown provider '{collation.Provider}'"),
        });
        sql.Append(collation.IsDeterministic ? "" : ", deterministic = false");
        switch (collation.Provider)
        {
            case 'b' or 'i':
                Append(sql, "locale", collation.Locale ?? "");
                Append(sql, "rules", collation.Rules);
                break;
            case 'c' when collation.Collate == collation.CharacterType:
                Append(sql, "locale", collation.Collate);
                break;
            case 'c':
                Append(sql, "lc_collate", collation.Collate);
                Append(sql, "lc_ctype", collation.CharacterType);
                break;
        }

        return sql.ToString();
    }

    private static void Append(StringBuilder sql, string option, string? value)
    {
        if (value is not null)
        {
            sql.Append($", {option} = {SqlText.Literal(value)}");
        }
    }
}
