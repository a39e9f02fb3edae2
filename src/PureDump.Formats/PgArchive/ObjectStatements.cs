using PureDump.Formats.Entries;
using PureDump.Formats.Sql;

namespace PureDump.Formats.PgArchive;

/// <summary>What pg_restore derives from an entry and no archive holds: whose owner is set how, and drops that may miss.</summary>
internal static class ObjectStatements
{
    private const string DropHead = "DROP ";
    private const string AlterTable = "ALTER TABLE";

    /// <summary>
    /// What stands between <c>ALTER</c> and <c>OWNER TO</c>, or null where the entry has no owner of its own
    /// (pg_backup_archiver.c, _getObjectDescription, and the conditions of _printTocEntry). A kind that is unknown has none:
    /// pg_restore stops there.
    /// </summary>
    public static string? OwnerTarget(PgTocEntry entry)
    {
        if (string.IsNullOrEmpty(entry.DropStatement) || string.IsNullOrEmpty(entry.Owner))
        {
            return null;
        }

        switch (entry.Kind)
        {
            case EntryKind.Collation or EntryKind.Conversion or EntryKind.Domain or EntryKind.ForeignTable or EntryKind.MaterializedView
                or EntryKind.Sequence or EntryKind.Statistics or EntryKind.Table or EntryKind.TextSearchDictionary
                or EntryKind.TextSearchConfiguration or EntryKind.Type or EntryKind.View or EntryKind.Database
                or EntryKind.ProceduralLanguage or EntryKind.Schema or EntryKind.EventTrigger or EntryKind.ForeignDataWrapper
                or EntryKind.Server or EntryKind.Publication or EntryKind.Subscription:
                return $"{entry.Kind} {SqlText.Name(entry.Schema, entry.Tag)}";
            case EntryKind.LargeObjectMetadata or PgEntryKind.LargeObject:
                return "LARGE OBJECT";

            // What tells them from others of their name stands in the statement that drops them.
            case EntryKind.Aggregate or EntryKind.Function or EntryKind.Operator or EntryKind.OperatorClass or EntryKind.OperatorFamily
                or EntryKind.Procedure when entry.DropStatement.StartsWith(DropHead, StringComparison.Ordinal):
                return entry.DropStatement[DropHead.Length..].TrimEnd('\n', ';');
            default:
                return null;
        }
    }

    /// <summary>
    /// The drop statement of an entry with IF EXISTS where pg_restore puts it (pg_backup_archiver.c, RestoreArchive).
    /// Unchanged where there is no place for it.
    /// </summary>
    public static string IfExists(string kind, string drop)
    {
        if (drop.Length == 0 || drop.StartsWith("--", StringComparison.Ordinal))
        {
            return drop;
        }

        (string head, string rest) = drop.StartsWith(AlterTable, StringComparison.Ordinal)
            ? ($"{AlterTable} IF EXISTS", drop[AlterTable.Length..])
            : ("", drop);
        if (
            kind is EntryKind.Default or EntryKind.DatabaseProperties
            || rest.StartsWith("CREATE OR REPLACE VIEW", StringComparison.Ordinal))
        {
            return head + rest;
        }

        string mark = kind is EntryKind.Constraint or EntryKind.CheckConstraint or EntryKind.ForeignKey
            ? "DROP CONSTRAINT"
            : DropHead + kind;
        int at = rest.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? head + rest : $"{head}{rest[..at]}{mark} IF EXISTS{rest[(at + mark.Length)..]}";
    }
}
