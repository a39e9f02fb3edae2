using System.Text;
using PureDump.Formats.Sql;

namespace PureDump.Engine.Maintain;

/// <summary>A database to be made (createdb.c); what is null is left to the server.</summary>
internal sealed record CreateDatabaseStatement
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The role that gets it.</summary>
    public string? Owner { get; init; }

    /// <summary>Its default tablespace.</summary>
    public string? Tablespace { get; init; }

    /// <summary>Its encoding.</summary>
    public string? Encoding { get; init; }

    /// <summary>How the template is copied: wal_log or file_copy.</summary>
    public string? Strategy { get; init; }

    /// <summary>What it is a copy of.</summary>
    public string? Template { get; init; }

    /// <summary><c>LC_COLLATE</c>.</summary>
    public string? LcCollate { get; init; }

    /// <summary><c>LC_CTYPE</c>.</summary>
    public string? LcCtype { get; init; }

    /// <summary>All settings of a locale at once.</summary>
    public string? Locale { get; init; }

    /// <summary>The locale of the provider builtin.</summary>
    public string? BuiltinLocale { get; init; }

    /// <summary>builtin, libc or icu.</summary>
    public string? LocaleProvider { get; init; }

    /// <summary>The locale of the provider icu.</summary>
    public string? IcuLocale { get; init; }

    /// <summary>Rules that are added to those of the ICU locale.</summary>
    public string? IcuRules { get; init; }

    /// <summary>The statement.</summary>
    /// <param name="literal">Makes a literal of a text.</param>
    public string ToSql(Func<string, string> literal)
    {
        var sql = new StringBuilder($"CREATE DATABASE {SqlText.Name(Name)}");
        Append("OWNER", Owner, SqlText.Name);
        Append("TABLESPACE", Tablespace, SqlText.Name);
        Append("ENCODING", Encoding, literal);
        Append("STRATEGY", Strategy, SqlText.Name);
        Append("TEMPLATE", Template, SqlText.Name);
        Append("LC_COLLATE", LcCollate, literal);
        Append("LC_CTYPE", LcCtype, literal);
        Append("LOCALE", Locale, literal);
        Append("BUILTIN_LOCALE", BuiltinLocale, literal);
        Append("LOCALE_PROVIDER", LocaleProvider, SqlText.Name);
        Append("ICU_LOCALE", IcuLocale, literal);
        Append("ICU_RULES", IcuRules, literal);
        return sql.Append(';').ToString();

        void Append(string option, string? value, Func<string, string> quote)
        {
            if (value is not null)
            {
                sql.Append(' ').Append(option).Append(' ').Append(quote(value));
            }
        }
    }
}
