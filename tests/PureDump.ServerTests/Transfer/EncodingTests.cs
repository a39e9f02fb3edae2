using System.Text;
using System.Text.RegularExpressions;
using PureDump.Engine;
using PureDump.Engine.Transfer;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Databases in other encodings than UTF-8, with names and values in them, give the same bytes back.</summary>
/// <remarks>On servers of their own: pg_dump reads the names of all roles, and other tests' cannot be had in every encoding.</remarks>
public sealed partial class EncodingTests(OwnServers servers) : IClassFixture<OwnServers>
{
    private const string Key = "K0";

    public static IEnumerable<TheoryDataRow<int, string>> Encodings =>
        from major in TestMajors.All
        from encoding in (string[])["SQL_ASCII", "LATIN1", "EUC_JP"]
        select new TheoryDataRow<int, string>(major, encoding);

    [Theory, MemberData(nameof(Encodings))]
    public void A_script_has_the_bytes_of_the_database(int major, string encoding)
    {
        PostgresServer server = servers.Get(major);
        string database = Loaded(server, encoding);

        Assert.Equal(Oracle(server, database), Script(server, database, null));
        if (encoding != "SQL_ASCII")
        {
            Assert.Equal(Oracle(server, database, "--encoding=utf-8"), Script(server, database, "utf-8"));
        }
    }

    [Theory, MemberData(nameof(Encodings))]
    public void An_archive_brings_the_same_bytes_back(int major, string encoding)
    {
        PostgresServer server = servers.Get(major);
        string database = Loaded(server, encoding);
        string copy = Created(server, encoding);
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path);

        Operations.Restore(server, copy, file.Path);

        Assert.Equal(Oracle(server, database), Oracle(server, copy));
    }

    [Theory, EveryMajor]
    public void A_database_in_latin1_can_be_restored_into_one_in_utf8(int major)
    {
        PostgresServer server = servers.Get(major);
        string database = Loaded(server, "LATIN1");
        string copy = Created(server, "UTF8");
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path);

        Operations.Restore(server, copy, file.Path);

        Assert.Equal(Oracle(server, database), Oracle(server, copy, "--encoding=LATIN1"));
    }

    [Theory, EveryMajor]
    public void A_name_is_typed_as_it_reads_whatever_the_encoding_of_the_database_is(int major)
    {
        PostgresServer server = servers.Get(major);
        string latin = Loaded(server, "LATIN1");
        string japanese = Loaded(server, "EUC_JP");

        Assert.Contains("CREATE TABLE \"s \u00e9t\u00fc\u00ff\u00a0\".\"T ", Script(server, latin, null, "*.\"T ét\"*"));
        Assert.Contains("CREATE TABLE \"s \u00b4\u00c1\u00bb\u00fa\".\"T ", Script(server, japanese, null, "*.\"T 漢字\""));
        PureDumpException error = Operations.Fails(() => Script(server, latin, null, "漢字"));
        Assert.Equal(ErrorKind.Usage, error.Kind);
    }

    [Fact]
    public void An_encoding_that_cannot_be_had_is_refused()
    {
        PostgresServer server = servers.Get(TestMajors.Newest);
        PureDumpException error = Operations.Fails(() => Script(server, "postgres", "no such"));

        Assert.Equal((ErrorKind.Usage, "invalid client encoding \"no such\" specified"), (error.Kind, error.Message));
    }

    private static string Created(PostgresServer server, string encoding)
    {
        string name = $"enc_{Guid.NewGuid():N}";
        server.Execute("postgres", $"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'");
        return name;
    }

    // The bytes of é and ü in LATIN1, which as UTF-8 are broken; in EUC_JP two bytes that are one kanji.
    private static string Loaded(PostgresServer server, string encoding)
    {
        string odd = encoding == "EUC_JP" ? "\u00b4\u00c1\u00bb\u00fa" : "\u00e9t\u00fc\u00ff\u00a0";
        string script = $"""
            SET client_encoding = '{encoding}';
            CREATE SCHEMA "s {odd}";
            CREATE TYPE "s {odd}"."e {odd}" AS ENUM ('{odd}', 'plain');
            CREATE TABLE "s {odd}"."T {odd}" ("c {odd}" text DEFAULT '{odd}\{odd}' CHECK ("c {odd}" <> 'x{odd}'), e "s {odd}"."e {odd}",
                a text[], n int);
            COMMENT ON COLUMN "s {odd}"."T {odd}"."c {odd}" IS 'a {odd} ''comment''';
            CREATE INDEX "i {odd}" ON "s {odd}"."T {odd}" ("c {odd}");
            CREATE VIEW public."v {odd}" AS SELECT '{odd}' AS "x {odd}", t.* FROM "s {odd}"."T {odd}" t;
            CREATE FUNCTION public."f {odd}"() RETURNS text LANGUAGE sql AS $$ SELECT '{odd}'::text $$;
            CREATE SEQUENCE "s {odd}"."q {odd}" START 5;
            INSERT INTO "s {odd}"."T {odd}" VALUES ('{odd}', '{odd}', ARRAY['{odd}', NULL], 1), (E'\\{odd}\n\t', 'plain', NULL, 2), ('',
                NULL, NULL, 3);
            CREATE TABLE public.as_text (r regclass, t text);
            INSERT INTO public.as_text VALUES ('"s {odd}"."T {odd}"', '{odd}');

            """;
        string database = Created(server, encoding);
        using var file = new TemporaryFile();
        File.WriteAllBytes(file.Path, Encoding.Latin1.GetBytes(script));
        PgDumpOracle.ModelFor(server).Run("psql", server, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", file.Path).Succeeded();
        return database;
    }

    private static string Oracle(PostgresServer server, string database, params string[] options)
    {
        using var file = new TemporaryFile();
        string[] all = ["-d", database, $"--restrict-key={Key}", "-f", file.Path, .. options];
        PgDumpOracle.ModelFor(server).Run("pg_dump", server, all).Succeeded();
        return Text(File.ReadAllBytes(file.Path));
    }

    private static string Script(PostgresServer server, string database, string? encoding, params string[] tables)
    {
        using var stream = new MemoryStream();
        DumpOperation.ToScript(
            new DumpRequest
            {
                Source = Operations.TargetOf(server, database),
                Selection = new() { Tables = tables },
                Encoding = encoding,
                Script = new ScriptOptions { RestrictKey = Key },
            },
            stream,
            SilentObserver.Instance,
            TestContext.Current.CancellationToken);
        return Text(stream.ToArray());
    }

    // Byte for byte, one character each.
    private static string Text(byte[] script) => Producer().Replace(Encoding.Latin1.GetString(script), "-- Dumped by");

    [GeneratedRegex("^-- Dumped by .*", RegexOptions.Multiline)]
    private static partial Regex Producer();
}
