using System.Globalization;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Server;

namespace PureDump.Postgres.Ddl;

/// <summary>
/// The entries that stand before all others: the settings of the restoring session, and the database itself, which is
/// only restored where it is asked for (pg_dump.c, dumpEncoding … dumpDatabase).
/// </summary>
internal static class DatabaseDdl
{
    /// <summary>Adds the entries of the database. To be called before any object's.</summary>
    public static void Emit(DatabaseObject database, DumpOrigin origin, DdlContext context)
    {
        EmitSession(EntryKind.Encoding, $"SET client_encoding = {SqlText.Literal(origin.Encoding)};\n", context);
        EmitSession(
            EntryKind.StdStrings, $"SET standard_conforming_strings = '{(origin.StandardConformingStrings ? "on" : "off")}';\n", context);
        EmitSession(EntryKind.SearchPath, "SELECT pg_catalog.set_config('search_path', '', false);\n", context);
        if (TypedText.IsUtf8(database.Name))
        {
            EmitDatabase(database, context);
            return;
        }

        // Text of an archive or a script is text of one encoding.
        context.Warn(
            $"the name of database \"{TypedText.Shown(database.Name)}\" is not in its encoding: what is said of the database itself is "
                + "left out");
    }

    private static void EmitSession(string kind, string sql, DdlContext context) =>
        context.Toc.AddDependent(new TocEntry
        {
            Id = context.Toc.NextId(),
            Kind = kind,
            Name = kind,
            Section = Section.PreData,
            CreateSql = sql,
        });

    private static void EmitDatabase(DatabaseObject database, DdlContext context)
    {
        string name = SqlText.Name(database.Name);
        string target = $"DATABASE {name}";
        context.Toc.Add(database, new TocEntry
        {
            Id = database.DumpId,
            CatalogId = database.Id,
            Kind = EntryKind.Database,
            Name = database.Name,
            Owner = database.Owner,
            Section = Section.PreData,
            CreateSql = CreateSql(name, database, context.Catalog.Selection.Options.WithTablespaces),
            DropSql = $"DROP {target};\n",
            DropIfExistsSql = $"DROP DATABASE IF EXISTS {name};\n",
            OwnerTarget = target,
        });

        // The database is made for its rows alone too, but what is said of it is a definition.
        if (context.Catalog.Selection.Options.WithSchema)
        {
            EmitRemarks(database, name, target, context);
        }

        string properties = PropertiesSql(name, database, context.Features);
        if (properties.Length > 0)
        {
            Add(EntryKind.DatabaseProperties, database.Name, Section.PreData, properties, UnmarkTemplateSql(database), database, context);
        }
    }

    private static void EmitRemarks(DatabaseObject database, string name, string target, DdlContext context)
    {
        if (context.WithComments && !string.IsNullOrEmpty(database.Comment))
        {
            Add(
                EntryKind.Comment,
                target,
                Section.None,
                $"COMMENT ON {target} IS {SqlText.Literal(database.Comment)};\n",
                "",
                database,
                context);
        }

        SecurityLabelDdl.Emit(database, target, context);
        AclDdl.Emit(database, "DATABASE", name, context);
    }

    private static void Add(
        string kind, string tag, Section section, string createSql, string dropSql, DatabaseObject database, DdlContext context) =>
        context.Toc.AddDependent(
            new TocEntry
            {
                Id = context.Toc.NextId(),
                Kind = kind,
                Name = tag,
                Owner = database.Owner,
                Section = section,
                CreateSql = createSql,
                DropSql = dropSql,
                DropIfExistsSql = dropSql,
            },
            database.DumpId);

    // The version of the collation is left out on purpose: the new database records its own.
    private static string CreateSql(string name, DatabaseObject database, bool withTablespace)
    {
        var sql = new StringBuilder($"CREATE DATABASE {name} WITH TEMPLATE = template0");
        Append(sql, "ENCODING", database.Encoding);
        sql.Append(" LOCALE_PROVIDER = ").Append(database.LocaleProvider switch
        {
            'b' => "builtin",
            'c' => "libc",
            'i' => "icu",
            _ => throw new PureDumpException(
                ErrorKind.Catalog, $"the database {database.Name} has the unknown locale provider '{database.LocaleProvider}'"),
        });
        if (database.Collate == database.CType)
        {
            Append(sql, "LOCALE", database.Collate);
        }
        else
        {
            Append(sql, "LC_COLLATE", database.Collate);
            Append(sql, "LC_CTYPE", database.CType);
        }

        Append(sql, database.LocaleProvider == 'b' ? "BUILTIN_LOCALE" : "ICU_LOCALE", database.Locale);
        Append(sql, "ICU_RULES", database.IcuRules);
        if (withTablespace && database.Tablespace != "pg_default")
        {
            sql.Append($" TABLESPACE = {SqlText.Name(database.Tablespace)}");
        }

        return sql.Append(";\n").ToString();
    }

    // An entry of its own, because CREATE DATABASE must be alone in its transaction and because these take effect for
    // the sessions that come after (pg_dump.c, dumpDatabase).
    private static string PropertiesSql(string name, DatabaseObject database, ServerFeatures features)
    {
        var sql = new StringBuilder();
        if (database.ConnectionLimit != -1)
        {
            sql.Append(CultureInfo.InvariantCulture, $"ALTER DATABASE {name} CONNECTION LIMIT = {database.ConnectionLimit};\n");
        }

        if (database.IsTemplate)
        {
            sql.Append($"ALTER DATABASE {name} IS_TEMPLATE = true;\n");
        }

        foreach ((string? role, string setting) in database.Settings)
        {
            // pg_dump quotes these for any setting of standard_conforming_strings, unlike all others.
            if (SettingDdl.Assignment(setting, features.Literal) is { } assignment)
            {
                sql.Append(role is null
                    ? $"ALTER DATABASE {name} SET {assignment};\n"
                    : $"ALTER ROLE {SqlText.Name(role)} IN DATABASE {name} SET {assignment};\n");
            }
        }

        return sql.ToString();
    }

    // A template cannot be dropped, and there is no ALTER DATABASE IF EXISTS.
    private static string UnmarkTemplateSql(DatabaseObject database) =>
        database.IsTemplate
            ? $"UPDATE pg_catalog.pg_database SET datistemplate = false WHERE datname = {SqlText.Literal(database.Name)};\n"
            : "";

    private static void Append(StringBuilder sql, string option, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            sql.Append($" {option} = {SqlText.Literal(value)}");
        }
    }
}
