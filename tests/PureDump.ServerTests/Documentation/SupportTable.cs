using System.Globalization;
using System.Reflection;
using System.Text;
using PureDump.Formats.Entries;

namespace PureDump.ServerTests.Documentation;

/// <summary>An entry of a kind is in a test's database on a server.</summary>
/// <param name="Kind">One of <see cref="EntryKind"/>.</param>
/// <param name="Test">The name of the database: a column of the table.</param>
/// <param name="Major">The server's major version.</param>
internal readonly record struct Support(string Kind, string Test, int Major);

/// <summary>formats/support.md: which test holds which kind of entry, and on which servers.</summary>
internal static class SupportTable
{
    private const string Head = """
        # What is supported

        A line for each kind of entry in a dump, under the name `puredump list` shows; a column for each database the tests dump; in
        the cell the servers on which that database holds the kind. The tests make this table out of the dumps, and every run of them
        compares it with those of its servers (tests/PureDump.ServerTests/Documentation).

        - `oracle` goes through the whole of PureDump (OracleTests): dumped to an archive and to a script, restored by one worker, by
          two and out of a pipe, replayed by psql. pg_dump 18 prints the same of what comes back, and every row is there.
        - `cluster` is what belongs to no database (ClusterScriptTests): PureDump's script of it is pg_dumpall 18's to the byte, and
          makes the same cluster, labels apart, on an empty server of another release (ClusterReplayTests). Its archive makes it on one of
          the same release, out of a file and out of a pipe (ClusterArchiveTests of the server tests).
        - The others are hostile definitions (CatalogTests, a script each in tests/PureDump.ServerTests/Catalog): PureDump's script of
          them is pg_dump 18's to the byte.

        Differences from pg_dump that are meant stand with their reasons in tests/PureDump.ServerTests/Oracle/ToleratedDifferences.cs
        and in the tests that meet them.


        """;

    /// <summary>Every kind, in the order of <see cref="EntryKind"/>.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        .. typeof(EntryKind).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(static field => field.IsLiteral)
            .Select(static field => (string)field.GetRawConstantValue()!),
    ];

    /// <summary>The whole file.</summary>
    public static string Write(IReadOnlyCollection<Support> supports)
    {
        string[] tests = [.. supports.Select(static support => support.Test).Distinct().Order(StringComparer.Ordinal)];
        ILookup<(string Kind, string Test), int> majors = supports.ToLookup(
            static support => (support.Kind, support.Test),
            static support => support.Major);
        var text = new StringBuilder(Head);
        text.Append(Line("kind", tests)).Append(Line("---", tests.Select(static _ => "---")));
        foreach (string kind in Kinds)
        {
            text.Append(Line(kind, tests.Select(test => Ranges([.. majors[(kind, test)].Order()]))));
        }

        return text.ToString();
    }

    /// <summary>What a file of <see cref="Write"/> says.</summary>
    public static HashSet<Support> Read(string text)
    {
        string[][] rows =
        [
            .. text.Split('\n')
                .Where(static line => line.StartsWith('|'))
                .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
        ];
        string[] tests = rows[0];
        return
        [
            .. from row in rows.Skip(2)
               from column in Enumerable.Range(1, tests.Length - 1)
               from major in Majors(row[column])
               select new Support(row[0], tests[column], major),
        ];
    }

    private static string Line(string first, IEnumerable<string> cells) => $"| {first} | {string.Join(" | ", cells)} |\n";

    private static string Ranges(int[] majors)
    {
        var ranges = new List<string>();
        for (int first = 0, next = 1; first < majors.Length; first = next++)
        {
            while (next < majors.Length && majors[next] == majors[next - 1] + 1)
            {
                next++;
            }

            ranges.Add(next == first + 1 ? $"{majors[first]}" : $"{majors[first]}-{majors[next - 1]}");
        }

        return string.Join(", ", ranges);
    }

    private static IEnumerable<int> Majors(string ranges)
    {
        foreach (string range in ranges.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            int[] ends = [.. range.Split('-').Select(static end => int.Parse(end, CultureInfo.InvariantCulture))];
            for (int major = ends[0]; major <= ends[^1]; major++)
            {
                yield return major;
            }
        }
    }
}
