using System.Buffers;
using System.Text;
using Npgsql;
using PureDump.Formats.Archive;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;
using PureDump.Formats.Values;
using PureDump.ServerTests.Fixture;
using PureDump.ServerTests.Transfer;
using PureDump.Storage.Local;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Values;

/// <summary>Binary rows made text without a server are what the server itself prints.</summary>
public sealed class RowTextTests
{
    [Theory, EveryMajor]
    public void Rows_made_text_are_the_rows_the_server_prints(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(database, SampleValues.Types);
        SampleValues[] samples = [.. SampleValues.All.Where(sample => sample.Since <= major)];
        for (int i = 0; i < samples.Length; i++)
        {
            try
            {
                server.Execute(database, samples[i].Table($"one.t{i}"));
            }
            catch (PostgresException e)
            {
                Assert.Fail($"{samples[i].Type}: {e.MessageText}");
            }
        }

        server.Execute(
            database,
            "CREATE TABLE one.\"no columns\" (); INSERT INTO one.\"no columns\" DEFAULT VALUES; INSERT INTO one.\"no columns\" DEFAULT "
                + "VALUES");
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path);
        AssertSame(server, database, file.Path);
    }

    [Fact]
    public void Types_of_extensions_become_text_too()
    {
        PostgresServer server = ServerPool.Get(15);
        if (
            server.Scalar("postgres", "SELECT count(*) FROM pg_available_extensions WHERE name IN ('citext', 'cube', 'hstore', 'ltree')")
            != "4")
        {
            Assert.Skip("the extensions are not installed");
        }

        string database = server.CreateDatabase();
        server.Execute(database, """
            CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext; CREATE EXTENSION cube SCHEMA ext; CREATE EXTENSION hstore SCHEMA ext;
                CREATE EXTENSION ltree SCHEMA ext;
            CREATE TABLE a (v ext.citext); INSERT INTO a VALUES ('Ab\c'), ('');
            CREATE TABLE b (v ext.cube); INSERT INTO b VALUES ('(1,2)'), ('(1,2),(3,4)'), ('(1,2),(1,2)'), ('()'), ('(0),(-0)');
            CREATE TABLE c (v ext.hstore); INSERT INTO c VALUES (''), ('a=>1,b=>NULL'), ('"a\"\\ "=>"",NULL=>"NULL"');
            CREATE TABLE d (v ext.ltree, w ext.lquery, x ext.ltxtquery); INSERT INTO d VALUES ('a.b', 'a.*{1,2}.b|c', 'a & !b');
            CREATE TABLE e (v ext.hstore[], w ext.ltree[]); INSERT INTO e VALUES ('{"a=>1",NULL}', '{a.b,c}');
            """);
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path);
        AssertSame(server, database, file.Path);
    }

    [Theory, EveryMajor]
    public void A_column_that_cannot_become_text_is_named(int major)
    {
        PostgresServer server = ServerPool.Get(major);
        string database = server.CreateDatabase();
        server.Execute(database, """
            CREATE DOMAIN price AS money; CREATE TYPE item AS (id integer, cost price);
            CREATE TABLE plain (id integer, v text); CREATE TABLE a (id integer, v money); CREATE TABLE b (v price[]);
                CREATE TABLE c (x text, v item); CREATE TABLE d (id integer, v plain);
            """);
        using var file = new TemporaryFile();
        Operations.Dump(server, database, file.Path);
        using var archive = new ArchiveFile(FileRange.Open(file.Path));
        var types = new ValueTypes(archive.Toc);
        foreach (TocEntry entry in archive.Toc.Entries.Where(entry => entry.Rows is not null))
        {
            Assert.Equal(entry.Name == "plain" || entry.Rows!.Format == RowFormat.Text ? null : "v", types.FirstUnknown(entry.Rows!)?.Name);
            if (entry.Name == "a")
            {
                PureDumpException e = Assert.Throws<PureDumpException>(() => types.OpenDecoder(entry.Rows!));
                Assert.Equal(
                    "the rows of public.a are stored in binary and cannot become text without a server: column v is of type money",
                    e.Message);
            }
        }
    }

    private static void AssertSame(PostgresServer server, string database, string path)
    {
        using var archive = new ArchiveFile(FileRange.Open(path));
        var types = new ValueTypes(archive.Toc);
        using NpgsqlConnection connection = server.Connect(database);
        using (
            var command = new NpgsqlCommand(
                "SET TimeZone = 'UTC'; SET DateStyle = ISO; SET IntervalStyle = postgres; SET extra_float_digits = 3; SET search_path = ''",
                connection))
        {
            command.ExecuteNonQuery();
        }

        // Servers before 14 send arrays and composites of users' types as text.
        TocEntry[] entries = [.. archive.Toc.Entries.Where(entry => entry.Rows is not null)];
        Assert.NotEmpty(entries);
        Assert.All(entries.Where(entry => entry.Rows!.Format == RowFormat.Binary || server.Major >= 14), entry =>
        {
            Assert.Equal(RowFormat.Binary, entry.Rows!.Format);
            using TextReader server = connection.BeginTextExport($"COPY {entry.Schema}.\"{entry.Name}\" TO STDOUT");
            string expected = server.ReadToEnd();
            Assert.Equal(expected, Decoded(archive, types, entry, int.MaxValue));

            // The same with its bytes in the smallest pieces there can be.
            Assert.Equal(expected, Decoded(archive, types, entry, 1));
        });
    }

    private static string Decoded(ArchiveFile archive, ValueTypes types, TocEntry entry, int pieceSize)
    {
        RowTextDecoder decoder = types.OpenDecoder(entry.Rows!);
        var output = new ArrayBufferWriter<byte>();
        using var pool = new RowBlockPool(1);
        using var blocks = new BlockDecoder();
        byte[] room = new byte[RecordHeader.Size + ArchiveLimits.RecordLengthMax];
        foreach (IndexItem item in archive.BlocksOf(entry.Id))
        {
            using RowBlock block = pool.Rent(CancellationToken.None);
            archive.Read(item, block, blocks, room);
            for (ReadOnlySpan<byte> rest = block.Bytes; !rest.IsEmpty;)
            {
                ReadOnlySpan<byte> piece = rest[..Math.Min(pieceSize, rest.Length)];
                decoder.Decode(piece, output);
                rest = rest[piece.Length..];
            }
        }

        decoder.End();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
