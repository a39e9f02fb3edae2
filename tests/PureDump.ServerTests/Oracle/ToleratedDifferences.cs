using System.Text.RegularExpressions;

namespace PureDump.ServerTests.Oracle;

/// <summary>
/// Where PureDump's text is not pg_dump 18's, each with its reason: the list is applied to pg_dump's text before the two
/// are compared. Between a database and its copy nothing is tolerated.
/// </summary>
internal static partial class ToleratedDifferences
{
    private static readonly Tolerated[] All =
    [
        new(
            "pg_dump 18.6 forgets the quotes around the name of a NOT NULL that is both inherited and local",
            int.MaxValue,
            static text => UnquotedNotNull().Replace(text, "    CONSTRAINT \"$1\" NOT NULL $2")),
        new(
            "with --if-exists pg_dump forgets that the domain or foreign table may not be there either when it drops a constraint or "
                + "default of one",
            int.MaxValue,
            static text => DropIfExists().IsMatch(text) ? DropOfPart().Replace(text, "$0 IF EXISTS") : text),
        new(
            "with --quote-all-identifiers pg_dump does not know initdb's comment on the schema public again, and asks to restore it",
            int.MaxValue,
            static text => QuotedInitdbComment().Replace(text, "")),
        new(
            "a NOT NULL of an inherited column is written as a constraint of the table, which servers before 18 cannot read: it is "
                + "ALTER TABLE there",
            18,
            static text => CreateTable().Replace(text, WithNotNullsBehind)),
        new(
            "servers before 15 cannot read LOGGED in an identity column of an unlogged table, and log every sequence anyway",
            15,
            static text => LoggedIdentity().Replace(text, "$1")),
    ];

    /// <summary>
    /// What pg_dump 18 writes for every server, though older ones refuse it: neither its script nor PureDump's can be replayed
    /// there as it is. <see cref="OracleTests"/> shows of each that the server refuses it in pg_dump's own text.
    /// </summary>
    public static readonly Unreadable[] Unreadables =
    [
        new("there is no such limit to lift; psql says so and goes on", 17, "SET ", "transaction_timeout", "SET transaction_timeout = 0;"),
        new("nothing is streamed there", 14, "CREATE SUBSCRIPTION ", "streaming", ", streaming = off"),
        new("changes are always applied as the owner there", 16, "CREATE SUBSCRIPTION ", "run_as_owner", ", run_as_owner = true"),
    ];

    /// <summary>pg_dump's text of a server of a major, with its defects mended.</summary>
    public static string Mend(string text, int major) =>
        All.Where(tolerated => major < tolerated.RightFrom).Aggregate(text, static (mended, tolerated) => tolerated.Mended(mended));

    /// <summary>A script without what a server of a major cannot read.</summary>
    public static string Readable(string script, int major)
    {
        string[] lines = script.Split('\n');
        foreach (Unreadable unreadable in Unreadables.Where(unreadable => major < unreadable.ReadableFrom))
        {
            lines = [.. lines.Select(unreadable.LeftOutOf)];
        }

        return string.Join('\n', lines);
    }

    private static string WithNotNullsBehind(Match create)
    {
        string[] columns =
        [
            .. InheritedNotNull().Matches(create.Groups["elements"].Value).Select(static match => match.Groups["column"].Value),
        ];
        if (columns.Length == 0)
        {
            return create.Value;
        }

        string elements = InheritedNotNull().Replace(create.Groups["elements"].Value, "").TrimEnd('\n').TrimEnd(',');
        string foreign = create.Groups["foreign"].Value;
        return create.Groups["head"].Value
            + elements
            + (elements.Length > 0 ? "\n" : "")
            + create.Groups["end"].Value
            + string.Concat(
                columns.Select(column => $"ALTER {foreign}TABLE ONLY {create.Groups["name"].Value} ALTER COLUMN {column} SET NOT NULL;\n"));
    }

    [GeneratedRegex("^    CONSTRAINT ([A-Za-z]+ [A-Za-z]+) NOT NULL ([a-z]+,?)$", RegexOptions.Multiline)]
    private static partial Regex UnquotedNotNull();

    [GeneratedRegex("^DROP [A-Z ]+ IF EXISTS ", RegexOptions.Multiline)]
    private static partial Regex DropIfExists();

    [GeneratedRegex("^ALTER (DOMAIN|FOREIGN TABLE)(?= (?!IF EXISTS ).* DROP (CONSTRAINT IF EXISTS |DEFAULT;))", RegexOptions.Multiline)]
    private static partial Regex DropOfPart();

    [GeneratedRegex(
        "--\\n-- Name: SCHEMA \"public\"; Type: COMMENT; .*\\n--\\n\\nCOMMENT ON SCHEMA \"public\" IS 'standard public schema';\\n\\n\\n")]
    private static partial Regex QuotedInitdbComment();

    [GeneratedRegex(
        @"^(?<head>CREATE (?:UNLOGGED )?(?<foreign>FOREIGN )?TABLE (?<name>[^(]+) \(\n)(?<elements>(?:    .*\n)*)(?<end>\)\nINHERITS "
            + @"[^;]*;\n)",
        RegexOptions.Multiline)]
    private static partial Regex CreateTable();

    [GeneratedRegex(@"^    NOT NULL (?<column>.*?),?\n", RegexOptions.Multiline)]
    private static partial Regex InheritedNotNull();

    [GeneratedRegex(@"(AS IDENTITY \(\n    SEQUENCE NAME .*\n)    LOGGED\n")]
    private static partial Regex LoggedIdentity();

    /// <param name="Reason">Why the two differ.</param>
    /// <param name="RightFrom">The first major for which pg_dump is right.</param>
    /// <param name="Mended">From pg_dump's text to the right one.</param>
    private sealed record Tolerated(string Reason, int RightFrom, Func<string, string> Mended);

    /// <param name="Reason">Why the server does the same without it.</param>
    /// <param name="ReadableFrom">The first major that reads it.</param>
    /// <param name="LineStart">How the lines begin that hold it.</param>
    /// <param name="Option">The name of what the server does not know.</param>
    /// <param name="Text">What is left out.</param>
    public sealed record Unreadable(string Reason, int ReadableFrom, string LineStart, string Option, string Text)
    {
        public bool StandsIn(string line) =>
            line.StartsWith(LineStart, StringComparison.Ordinal) && line.Contains(Text, StringComparison.Ordinal);

        public string LeftOutOf(string line) => StandsIn(line) ? line.Replace(Text, "", StringComparison.Ordinal) : line;
    }
}
