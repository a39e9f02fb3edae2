using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;

namespace PureDump.Engine.Sinks;

/// <summary>What is left to do where the target refuses an entry for a reason that is known: other statements that come to the same
/// object.</summary>
/// <remarks>
/// <para>What somebody has added to an extension is told by xmin: the row that is never updated and the membership are of two
/// transactions: the catalog says nowhere what a script of the extension made. Where that is wrong (an extension that has adopted a
/// table), the restore takes the table out of the extension, makes it anew and adds it again.</para>
/// <para>Where the target refuses an entry for a reason that is known, other statements are tried, each way in a transaction
/// (<c>EntryRemedy</c>): names without schemas in the bodies of functions, objects that a CREATE EXTENSION has made though they are no
/// longer its own; what the server said first is what is reported.</para>
/// </remarks>
internal static class EntryRemedy
{
    private const string InsufficientPrivilege = "42501";
    private const string UndefinedFunction = "42883";
    private const string UndefinedTable = "42P01";
    private const string UndefinedObject = "42704";
    private const string DuplicateFunction = "42723";
    private const string DuplicateObject = "42710";
    private const string DuplicateTable = "42P07";
    private const string CreatesFunction = "CREATE FUNCTION ";

    /// <summary>
    /// Puts the path that sessions of the target's database have, and a schema, in the place of the empty one, until the transaction ends.
    /// What is run under it calls functions whose owner wrote names without schemas in them; they run for the entry anyway.
    /// </summary>
    public static string UsePath(string schema) =>
        "SELECT pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ', NULLIF(s.reset_val, ''), "
        + $"{SqlText.LiteralAnywhere(SqlText.Name(schema))}), true) FROM pg_catalog.pg_settings s WHERE s.name = 'search_path'";

    /// <summary>Takes <see cref="UsePath"/> back before the transaction ends.</summary>
    public const string UseNoPath = "SELECT pg_catalog.set_config('search_path', '', true)";

    /// <summary>Ways to try, each the statements of one transaction; none where nothing is known.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="sql">Its statements.</param>
    /// <param name="error">What the server said of them.</param>
    /// <param name="extensions">Those that this restore has made: what stood there before is not touched.</param>
    public static IEnumerable<IReadOnlyList<string>> Of(
        TocEntry entry,
        string sql,
        PureDumpException error,
        IEnumerable<TocEntry> extensions) =>
        error.SqlState switch
        {
            UndefinedFunction or UndefinedTable or UndefinedObject when IsInFunction(error) =>
            [
                [UsePath(entry.Schema ?? "pg_catalog"), sql],
            ],
            DuplicateFunction or DuplicateObject or DuplicateTable when entry.OwnerTarget is not null => OutOfExtensions(
                entry,
                sql,
                extensions),
            _ => [],
        };

    /// <summary>What the user can do where nothing else helps; null where nothing is known.</summary>
    public static string? Hint(TocEntry entry, PureDumpException error) =>
        error.SqlState switch
        {
            InsufficientPrivilege when entry.Kind == EntryKind.MaterializedViewData =>
                "a materialized view is filled with the rights of its owner, who may not read this; grant it and run REFRESH "
                    + "MATERIALIZED VIEW",
            UndefinedFunction or UndefinedTable or UndefinedObject when IsInFunction(error) =>
                "a function names this without its schema; indexes are made with search_path = pg_catalog, pg_temp from version 17 on: "
                    + "give the function a SET search_path",
            UndefinedTable when entry.Kind == EntryKind.Default =>
                "a default that names an index is set before the index is there: run its statement again when all is restored",
            _ => null,
        };

    /// <summary>As <see cref="Hint"/>, of rows.</summary>
    public static string? HintOfRows(TocEntry rows, PureDumpException error, Toc toc)
    {
        if (error.SqlState != UndefinedTable || rows.Rows is null)
        {
            return null;
        }

        bool ofOthers = rows.Dependencies.Any(id => toc.TryFind(id, out TocEntry? need) && need.Section == Section.PostData);
        bool ofOwn = toc.TableOf(rows) is { } table && toc.Entries.Any(index =>
            index.Kind is EntryKind.Index or EntryKind.Constraint && index.Dependencies.Contains(table)
            && error.Message.Contains($"{OwnName(index, rows.Rows.Table)}\"", StringComparison.Ordinal));
        return ofOthers ? "its rows name an index, which comes behind them out of a pipe: restore from a file, where they wait for it"
            : ofOwn ? "its rows name an index of their own table, which is made behind them: restore with --section=pre-data and "
                + "--section=post-data first, then with --section=data"
            : null;
    }

    // A constraint is called by its table and its name.
    private static string OwnName(TocEntry index, string table) =>
        index.Name.StartsWith($"{table} ", StringComparison.Ordinal) ? index.Name[(table.Length + 1)..] : index.Name;

    /// <summary>What the user should know of an entry that one of the ways has made; null where nothing is different.</summary>
    public static string? Remark(TocEntry entry, PureDumpException error) =>
        error.SqlState is DuplicateFunction or DuplicateObject or DuplicateTable
        && !entry.CreateSql.Contains("ALTER EXTENSION", StringComparison.Ordinal)
            ? $"{entry.Label} was made by an extension, and has been taken out of it, as it is in the archive"
            : null;

    private static bool IsInFunction(PureDumpException error) =>
        error.Report is { } report && (report.Where ?? report.InternalQuery) is not null;

    // An extension makes what was taken out of it once, too.
    private static IEnumerable<IReadOnlyList<string>> OutOfExtensions(TocEntry entry, string sql, IEnumerable<TocEntry> extensions)
    {
        // Others of the extension may use a function.
        bool isFunction = sql.StartsWith(CreatesFunction, StringComparison.Ordinal);
        string[] makes = isFunction ? [$"CREATE OR REPLACE FUNCTION {sql[CreatesFunction.Length..]}"] : [entry.DropSql, sql];
        return extensions.Select(extension =>
            (IReadOnlyList<string>)[$"ALTER EXTENSION {SqlText.Name(extension.Name)} DROP {entry.OwnerTarget}", .. makes]);
    }
}
