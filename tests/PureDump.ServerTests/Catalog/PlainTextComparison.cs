using System.Text.RegularExpressions;

namespace PureDump.ServerTests.Catalog;

/// <summary>
/// Compares two plain SQL dumps of one database entry by entry, so that a difference says where it is: entries that one
/// lacks, entries that differ, and another order. Equal texts, apart from the program's name and the random key of
/// <c>\restrict</c>, have no differences.
/// </summary>
internal static partial class PlainTextComparison
{
    private const int ShownMax = 30;

    /// <summary>What is different, a few lines each; empty where nothing is.</summary>
    public static IReadOnlyList<string> Differences(string expected, string actual)
    {
        List<Block> left = Split(expected);
        List<Block> right = Split(actual);
        Dictionary<string, Block> leftByKey = left.ToDictionary(static block => block.Key);
        Dictionary<string, Block> rightByKey = right.ToDictionary(static block => block.Key);
        List<string> result =
        [
            .. left.Where(block => !rightByKey.ContainsKey(block.Key)).Select(static block => $"missing: {block.Key}\n{block.Body}"),
            .. right.Where(block => !leftByKey.ContainsKey(block.Key)).Select(static block => $"too many: {block.Key}\n{block.Body}"),
        ];
        foreach (Block block in left)
        {
            if (rightByKey.TryGetValue(block.Key, out Block other) && other.Body != block.Body)
            {
                result.Add($"different: {block.Key}\n{FirstDifference(block.Body, other.Body)}");
            }
        }

        string[] leftOrder = [.. left.Select(static block => block.Key).Where(rightByKey.ContainsKey)];
        string[] rightOrder = [.. right.Select(static block => block.Key).Where(leftByKey.ContainsKey)];
        for (int i = 0; i < leftOrder.Length; i++)
        {
            if (leftOrder[i] != rightOrder[i])
            {
                result.Add($"another order from entry {i} on:\n  expected {leftOrder[i]}\n  actual   {rightOrder[i]}");
                break;
            }
        }

        return result.Count <= ShownMax ? result : [.. result.Take(ShownMax), $"and {result.Count - ShownMax} more"];
    }

    private static List<Block> Split(string text)
    {
        text = DumpedBy().Replace(Restrict().Replace(text, ""), "-- Dumped by");
        var result = new List<Block>();
        var counts = new Dictionary<string, int>();
        string key = "the head";
        int from = 0;
        while (true)
        {
            Match header = Header().Match(text, from);
            string body = header.Success ? text[from..header.Index] : text[from..];

            // These settings belong to the entry that follows them.
            Match settings = Settings().Match(body);
            Add(key, RoleSettings().Replace(body[..(body.Length - settings.Length)], static run => ByRole(run.Value)));
            if (!header.Success)
            {
                return result;
            }

            key = header.Groups[1].Value;
            if (settings.Length > 0)
            {
                Add($"settings before {key}", settings.Value);
            }

            from = header.Index + header.Length;
        }

        // Entries can share a header, e.g. two privileges on one object.
        void Add(string name, string body)
        {
            int count = counts[name] = counts.GetValueOrDefault(name) + 1;
            result.Add(new Block(count == 1 ? name : $"{name} ({count})", body));
        }
    }

    // pg_dump asks for the settings of roles in a database without an order: which role comes first is up to the server's plan.
    private static string ByRole(string lines) =>
        string.Concat(
            lines
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .OrderBy(static line => line[..line.IndexOf(" IN DATABASE ", StringComparison.Ordinal)], StringComparer.Ordinal)
                .Select(static line => line + "\n"));

    private static string FirstDifference(string expected, string actual)
    {
        string[] left = expected.Split('\n');
        string[] right = actual.Split('\n');
        int at = 0;
        while (at < left.Length && at < right.Length && left[at] == right[at])
        {
            at++;
        }

        return $"  line {at + 1}\n  expected {LineOf(left, at)}\n  actual   {LineOf(right, at)}";
    }

    private static string LineOf(string[] lines, int index) => index < lines.Length ? lines[index] : "(the end)";

    [GeneratedRegex("(^ALTER ROLE .* IN DATABASE .*\\n){2,}", RegexOptions.Multiline)]
    private static partial Regex RoleSettings();

    [GeneratedRegex(@"^\\(un)?restrict .*\n+", RegexOptions.Multiline)]
    private static partial Regex Restrict();

    [GeneratedRegex("^-- Dumped by .*", RegexOptions.Multiline)]
    private static partial Regex DumpedBy();

    [GeneratedRegex(@"^--\n-- ((?:(?:Data|Statistics) for )?Name: .*|PostgreSQL database dump complete)\n--\n\n", RegexOptions.Multiline)]
    private static partial Regex Header();

    [GeneratedRegex(@"(SET default_(tablespace|table_access_method) = .*;\n\n)+\z")]
    private static partial Regex Settings();

    private readonly record struct Block(string Key, string Body);
}
