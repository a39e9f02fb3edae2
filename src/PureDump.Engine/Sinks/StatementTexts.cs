using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;

namespace PureDump.Engine.Sinks;

/// <summary>The statements of an entry one by one, where they must not run together in one query.</summary>
/// <remarks>
/// No entry of an archive begins or ends a transaction, whatever state it leaves: <c>ROLLBACK; BEGIN</c> leaves the state as it was and
/// everything before it gone; pg_dump writes none. What an entry sets (role, any setting) is set back before the next: <c>SET ...
/// replica</c> would have rows loaded unchecked; entries that only call setval or import statistics are taken together, for the round
/// trip.
/// </remarks>
internal static class StatementTexts
{
    /// <summary>Cuts a text where psql would.</summary>
    /// <param name="sql">Statements of an entry.</param>
    /// <param name="origin">Says the encoding and how strings are written.</param>
    public static IEnumerable<string> Of(string sql, DumpOrigin origin)
    {
        Encoding encoding = TextEncoding.Of(origin.Encoding);
        var reader = new ScriptReader(new MemoryStream(encoding.GetBytes(sql)))
        {
            Encoding = origin.Encoding,
            StandardConformingStrings = origin.StandardConformingStrings,
        };
        while (reader.Read() == ScriptPart.Statement)
        {
            yield return encoding.GetString(reader.Statement);
        }
    }
}
