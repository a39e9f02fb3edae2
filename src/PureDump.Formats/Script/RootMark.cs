using PureDump.Formats.Entries;
using PureDump.Formats.Sql;

namespace PureDump.Formats.Script;

/// <summary>
/// The comment that stands before rows which are loaded into the root of their partitions (pg_dump.c, dumpTableData). pg_dump's
/// archives hold it as the definition of the rows; of a producer that did not look at line breaks, with statements behind one.
/// </summary>
internal static class RootMark
{
    private const string Start = "-- load via partition root ";

    /// <summary>The comment, without the end of its line.</summary>
    public static string Of(TableRows rows) => Sanitized(Start + PlainSqlWriter.Target(rows));

    /// <summary>True where a definition is one.</summary>
    public static bool IsIn(string definition) => definition.StartsWith(Start, StringComparison.Ordinal);

    /// <summary>The definition as the one comment that it is.</summary>
    public static string Sanitized(string definition) => SqlText.OneLine(definition);
}
