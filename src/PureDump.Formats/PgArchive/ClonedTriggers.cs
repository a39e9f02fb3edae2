using PureDump.Formats.Entries;
using PureDump.Formats.Script;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// TRIGGER entries that only set the state of a trigger which a partition got from a table above it. pg_dump says what one
/// needs only where that table is the next one above (pg_dump.c, getDependencies: <c>pg_depend</c> names the next trigger, and
/// those between are not in the archive), so that <c>pg_restore -j</c> runs some before the trigger is there.
/// </summary>
internal static class ClonedTriggers
{
    private const string AlterHead = "ALTER ";
    private const string TriggerWord = " TRIGGER ";

    /// <summary>
    /// What such entries need beside what they say: the entries that create a trigger of their name, on whatever table, for
    /// an archive need not hold the tables. Of several clones of one name the first needs them and the others need the first:
    /// all needs together are no more than the entries.
    /// </summary>
    /// <param name="entries">Of the archive.</param>
    /// <returns>From the id of an entry to the ids it needs.</returns>
    public static Dictionary<int, List<int>> Needs(IReadOnlyList<PgTocEntry> entries)
    {
        var clones = new List<(int DumpId, string Name)>();
        var creators = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (PgTocEntry entry in entries)
        {
            if (entry.Kind != EntryKind.Trigger || NameOf(entry.Definition ?? "", out bool isClone) is not string name)
            {
                continue;
            }

            if (isClone)
            {
                clones.Add((entry.DumpId, name));
            }
            else if (creators.TryGetValue(name, out List<int>? list))
            {
                list.Add(entry.DumpId);
            }
            else
            {
                creators.Add(name, [entry.DumpId]);
            }
        }

        var needs = new Dictionary<int, List<int>>();
        var firstClones = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((int id, string name) in clones)
        {
            if (creators.TryGetValue(name, out List<int>? list))
            {
                needs.Add(id, firstClones.TryAdd(name, id) ? list : [firstClones[name]]);
            }
        }

        return needs;
    }

    // "CREATE CONSTRAINT TRIGGER name AFTER ..." or "ALTER TABLE schema.table DISABLE TRIGGER name;".
    private static string? NameOf(string definition, out bool isClone)
    {
        string sql = definition.TrimStart('\n');
        isClone = sql.StartsWith(AlterHead, StringComparison.Ordinal);
        int at = SqlStatements.IndexOutsideQuotes(sql, TriggerWord);
        at += TriggerWord.Length;
        return at < TriggerWord.Length ? null : SqlStatements.TakeName(sql, ref at);
    }
}
