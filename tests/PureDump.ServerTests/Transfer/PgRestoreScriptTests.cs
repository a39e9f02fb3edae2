using System.Text.RegularExpressions;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Oracle;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// <c>puredump pg_restore</c> without a server beside PostgreSQL's pg_restore 18, each over the archive of its own dump of one
/// database: the same words in, the same entries in the list, the same script to the byte.
/// </summary>
/// <remarks>
/// The numbers of entries differ: pg_dump gives them out as it reads the catalog, object by object, PureDump by the kinds of
/// objects, and nothing else depends on them. So do the lines of the list that say what the archive is, and, with -v, the
/// dependencies: PureDump keeps only those on entries of the archive. With --transaction-size and -c pg_restore makes empty
/// transactions for triggers of partitions and properties of databases whose statement to drop them is empty.
/// </remarks>
public sealed partial class PgRestoreScriptTests(OracleSources sources)
{
    private static readonly string[] s_selections =
    [
        "",
        "-a",
        "-s",
        "-C",
        "-v",
        "-x",
        "--section=pre-data",
        "--section=data",
        "--section=post-data",
        "--section=data --section=post-data",
        "--statistics-only",
        "--no-statistics",
        "--statistics",
        "--no-data",
        "--no-schema",
        "--no-data --no-schema --no-statistics",
        "--no-comments",
        "--no-security-labels",
        "--no-policies",
        "--no-publications",
        "--no-subscriptions",
        "-C -x --no-comments -a",
        "-a --section=pre-data -C",
    ];

    private static readonly string[] s_manners =
    [
        "-c", "-c --if-exists", "-C -c --if-exists", "-a --disable-triggers -S boss", "--section=data --disable-triggers", "-1 -c",
        "--transaction-size=7", "--transaction-size=1 -c --if-exists", "--transaction-size=5 -C -c", "--use-set-session-authorization",
        "--use-set-session-authorization -O", "--use-set-session-authorization -a --disable-triggers -S boss", "-O -x", "--no-tablespaces",
        "--no-table-access-method", "--role=boss --enable-row-security",
    ];

    [Theory, EveryMajor]
    public void The_list_of_every_kind_of_object_is_pg_restores(int major) => AssertLists(Oracle(major), s_selections);

    [Theory, EveryMajor]
    public void The_script_of_every_kind_of_object_is_pg_restores(int major) =>
        AssertScripts(
            Oracle(major),
            [.. s_selections.Where(words => words != "-v"), .. s_manners.Where(words => CountsAlike(major, words))]);

    // A transaction ends after so many statements: where the server keeps options of its own, pg_dump 18.6 has more of them.
    private bool CountsAlike(int major, string words) =>
        !words.StartsWith("--transaction-size=", StringComparison.Ordinal)
        || Oracle(major)
            .Server.Scalar(
                Oracle(major).Database,
                "SELECT 1 FROM pg_catalog.pg_attribute WHERE attoptions::text LIKE '%pg\\_attver=%' LIMIT 1")
            is null;

    [Theory, EveryMajor]
    public void What_is_chosen_by_name_is_what_pg_restore_chooses(int major)
    {
        RestoreSource source = Oracle(major);
        string[][] names = Choices(source);

        Assert.True(names.Length > 12);
        Assert.All(names, words => AssertSame(source, List, ["-l", .. words]));
        Assert.All(names, words => AssertSame(source, Script, ["-f", "-", "--restrict-key=K", .. words]));
    }

    [Fact]
    public void Pagila_is_listed_and_scripted_as_by_pg_restore()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        Samples.LoadPagila(server, database);
        // Else autovacuum does it, perhaps between the two dumps, and their statistics differ.
        server.Execute(database, "VACUUM ANALYZE");
        using var source = new RestoreSource(server, database);
        using var filter = new TemporaryFile("filter.txt");
        File.WriteAllText(
            filter.Path,
            "include table film # and\ninclude table \"actor\"\ninclude function film_in_stock(integer , integer)\ninclude index "
                + "idx_title\nexclude schema nope\n");
        string[] options =
        [
            "",
            "-t film -t film_list -t actor_actor_id_seq",
            "-I idx_title -T x",
            $"--filter={filter.Path} --strict-names",
            "-n public -t rental",
        ];

        AssertLists(source, options);
        AssertScripts(source, options);
        AssertSame(source, List, ["-l", "-T", "film last_updated", "-P", "film_in_stock(integer, integer, integer)"]);
        server.DropDatabase(database);
    }

    [Theory, EveryMajor]
    public void An_edited_list_selects_and_orders_as_with_pg_restore(int major)
    {
        RestoreSource source = Oracle(major);
        string[] theirs = Lines(source.PgRestore("-l"));
        string[] ours = Lines(source.PureDump("-l"));
        var random = new Random(4711);
        int[] order = [.. Enumerable.Range(0, ours.Length).Where(_ => random.Next(3) > 0).OrderBy(_ => random.Next())];
        using var theirList = new TemporaryFile("theirs.list");
        using var ourList = new TemporaryFile("ours.list");
        File.WriteAllText(theirList.Path, Edited(theirs, order));
        File.WriteAllText(ourList.Path, Edited(ours, order));

        Assert.True(order.Length > 400);
        foreach (
            string[] words in (string[][])
                [
                    ["-l"],
                    ["-f", "-", "--restrict-key=K"],
                    ["-f", "-", "--restrict-key=K", "--section=post-data"],
                    ["-l", "-n", "public"],
                    ["-l", "-v"],
                ])
        {
            RestoreOutcome expected = source.PgRestore([.. words, "-L", theirList.Path]);
            RestoreOutcome actual = source.PureDump([.. words, "-L", ourList.Path]);
            Assert.Equal(Comparable(expected, words[0] == "-l", major), Comparable(actual, words[0] == "-l", major));
        }
    }

    [Fact]
    public void An_archive_of_statistics_alone_gives_them_to_who_asks()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        server.Execute(database, """
            CREATE SCHEMA one; CREATE TABLE one.t WITH (autovacuum_enabled = off) AS SELECT generate_series(1, 100) AS a;
                CREATE INDEX ON one.t ((a + 1));
            CREATE TABLE other WITH (autovacuum_enabled = off) AS SELECT 1 AS a; ANALYZE;
            """);
        using var source = new RestoreSource(server, database, ["--statistics-only"]);

        string[] choices =
        [
            "",
            "-n one",
            "-n public",
            "-N one",
            "-t t",
            "-t other",
            "-n one -t t",
            "-I t_expr_idx",
            "-n nothing",
            "--no-schema",
        ];
        AssertScripts(
            source,
            choices.SelectMany(static choice => (string[])[choice, $"--statistics-only {choice}", $"--statistics {choice}"]));
        AssertLists(source, choices);
        server.DropDatabase(database);
    }

    private static void AssertLists(RestoreSource source, IEnumerable<string> options) =>
        Assert.All(options, words => AssertSame(source, List, ["-l", .. Split(words)]));

    private static void AssertScripts(RestoreSource source, IEnumerable<string> options) =>
        Assert.All(options, words => AssertSame(source, Script, ["-f", "-", "--restrict-key=K", .. Split(words)]));

    private static void AssertSame(RestoreSource source, bool isList, string[] words)
    {
        RestoreOutcome expected = source.PgRestore(words);
        RestoreOutcome actual = source.PureDump(words);
        string due = Comparable(expected, isList, source.Server.Major);
        string have = Comparable(actual, isList, source.Server.Major);
        Assert.True(due == have, $"{string.Join(' ', words)}:\n{FirstDifference(due, have)}");
    }

    private static string FirstDifference(string due, string have)
    {
        (string[] left, string[] right) = (due.Split('\n'), have.Split('\n'));
        int at = Enumerable
            .Range(0, Math.Min(left.Length, right.Length))
            .FirstOrDefault(i => left[i] != right[i], Math.Min(left.Length, right.Length));
        return $"{string.Join('\n', left.Skip(Math.Max(0, at - 4)).Take(10))}\n--- "
            + $"but\n{string.Join('\n', right.Skip(Math.Max(0, at - 4)).Take(10))}";
    }

    private static string Comparable(RestoreOutcome outcome, bool isList, int major) =>
        $"exit code {outcome.ExitCode}\n{Ignored().Replace(outcome.Error.TrimEnd(), "N")}\n"
        + (
            isList
                ? WhatItIs().Replace(Number().Replace(outcome.Output, "N; "), "")
                : Producer().Replace(EmptyTransaction().Replace(ToleratedDifferences.Mend(outcome.Output, major), ""), "-- Dumped by"));

    private static string[] Lines(RestoreOutcome list) => [.. list.Output.Split('\n').Where(line => line.Length > 0 && line[0] != ';')];

    private static string Edited(string[] lines, int[] order)
    {
        IEnumerable<string> listed = order.Select((index, i) => i % 5 == 0 ? $"  {lines[index].Split(';')[0]} " : lines[index]);
        return $"; edited\n\n{string.Join('\n', listed)}\n;{lines[0]}\nno number\n{lines[order[0]]}\n99999999999999999999;\n";
    }

    private static string[] Split(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool List => true;

    private static bool Script => false;

    // Names out of the database itself: of each kind some, with and without what depends on them, with schemas and without.
    private static string[][] Choices(RestoreSource source)
    {
        string[] relations = Values(
            "SELECT DISTINCT relname::text FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND oid > 16383");
        string[] schemas = Values("SELECT nspname::text FROM pg_namespace WHERE oid > 16383 OR nspname = 'public'");
        string[] indexes = Values(
            "SELECT DISTINCT c.relname::text FROM pg_class c WHERE relkind IN ('i', 'I') AND oid > 16383 AND NOT EXISTS (SELECT FROM "
                + "pg_constraint WHERE conindid = c.oid)");
        string[] triggers = Values(
            "SELECT DISTINCT c.relname || ' ' || tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal");
        string[] functions = Values("SELECT DISTINCT proname || '()' FROM pg_proc WHERE oid > 16383 AND pronargs = 0");
        return
        [
            .. Each("-t", relations),
            ["-t", "no such relation"],
            ["--strict-names", "-t", "no such relation"],
            ["--strict-names", "-n", "nope", "-t", "nope"],
            .. schemas.SelectMany(schema =>
                (string[][])
                    [
                        ["-n", schema],
                        ["-N", schema],
                    ]),
            ["-n", schemas[0], .. relations.SelectMany(name => (string[])["-t", name])],
            .. Each("-I", indexes), .. Each("-T", triggers), .. Each("-P", functions),
            ["-s", "-t", relations[0], "-I", indexes[0], "-P", functions[0], "-T", triggers[0]],
            ["--section=data", .. relations.SelectMany(name => (string[])["-t", name])],
            ["--statistics-only", "-n", "public"],
        ];

        string[] Values(string sql) =>
            source
                .Server.Scalar(source.Database, $"SELECT string_agg(v, E'\\x01' ORDER BY v COLLATE \"C\") FROM ({sql}) AS t (v)")!
                .Split('\x01');

        static IEnumerable<string[]> Each(string option, string[] names) =>
            names.Chunk(Math.Max(1, names.Length / 3)).Select(chunk => chunk.SelectMany(name => (string[])[option, name]).ToArray());
    }

    private RestoreSource Oracle(int major) => sources.Of(major).Archives;

    [GeneratedRegex("^[0-9]+; (?=[0-9])", RegexOptions.Multiline)]
    private static partial Regex Number();

    [GeneratedRegex(
        "^(; Archive created at|;     (Compression|Dump Version|Format|Integer|Offset|Dumped by)|;\tdepends on:).*\n",
        RegexOptions.Multiline)]
    private static partial Regex WhatItIs();

    [GeneratedRegex("(?<=line ignored: )[0-9]+$", RegexOptions.Multiline)]
    private static partial Regex Ignored();

    [GeneratedRegex("^BEGIN;\nCOMMIT;\n", RegexOptions.Multiline)]
    private static partial Regex EmptyTransaction();

    [GeneratedRegex("^-- Dumped by .*", RegexOptions.Multiline)]
    private static partial Regex Producer();
}
