using PureDump.Formats.Entries;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;

namespace PureDump.Engine.Sinks;

/// <summary>
/// The statements of an entry one by one, with each storage parameter in a statement of its own behind the one that makes the relation:
/// what is left to do where the target does not know one of them.
/// </summary>
internal static class OptionStatements
{
    private const string AddConstraint = " ADD CONSTRAINT ";

    /// <summary>Takes an entry apart; the first statement makes it.</summary>
    /// <param name="entry">A relation, index or constraint.</param>
    /// <param name="sql">Its statements.</param>
    /// <param name="origin">Says the encoding and how strings are written.</param>
    /// <returns>Null where there is but one statement, and nothing to take out of it.</returns>
    public static IReadOnlyList<string>? Of(TocEntry entry, string sql, DumpOrigin origin)
    {
        if (KeywordOf(entry.Kind) is not { } keyword)
        {
            return null;
        }

        List<string> statements = [.. StatementTexts.Of(sql, origin)];
        if (statements.Count > 0 && StorageOptions.Without(statements[0], out IReadOnlyList<string> options) is { } bare
            && NameOf(entry, statements[0]) is { } name)
        {
            statements[0] = bare;
            statements.InsertRange(1, options.Select(option => $"ALTER {keyword} {name} SET ({option})"));
        }

        return statements.Count > 1 ? statements : null;
    }

    private static string? KeywordOf(string kind) => kind switch
    {
        EntryKind.Table => "TABLE",
        EntryKind.View => "VIEW",
        EntryKind.MaterializedView => "MATERIALIZED VIEW",
        EntryKind.Index or EntryKind.Constraint => "INDEX",
        _ => null,
    };

    // The index of a constraint has its name, which the entry's is not.
    private static string? NameOf(TocEntry entry, string statement)
    {
        if (entry.Kind != EntryKind.Constraint)
        {
            return SqlText.Name(entry.Schema, entry.Name);
        }

        int at = statement.IndexOf(AddConstraint, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        string rest = statement[(at + AddConstraint.Length)..];
        int end = rest.StartsWith('"') ? rest.IndexOf("\" ", 1, StringComparison.Ordinal) + 1 : rest.IndexOf(' ', StringComparison.Ordinal);
        return end <= 0 ? null : entry.Schema is null ? rest[..end] : $"{SqlText.Name(entry.Schema)}.{rest[..end]}";
    }
}
