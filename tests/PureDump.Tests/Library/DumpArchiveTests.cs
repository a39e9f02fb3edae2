using PureDump.TestSupport;

namespace PureDump.Tests.Library;

/// <summary>Archives of every format through the library, without a server.</summary>
public sealed class DumpArchiveTests
{
    public static TheoryData<string, string> OfPgDump =>
        new()
        {
            { "custom-15-gzip.dump", "CUSTOM" },
            { "custom-18-none.dump", "CUSTOM" },
            { "custom-18-lz4.dump", "CUSTOM" },
            { "custom-18-pipe.dump", "CUSTOM" },
            { "directory-15-gzip", "DIRECTORY" },
            { "directory-18-zstd", "DIRECTORY" },
            { "tar-15.tar", "TAR" },
            { "tar-18.tar", "TAR" },
        };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(OfPgDump))]
    public async Task An_archive_of_pg_dump_is_listed_shown_read_and_verified(string name, string format)
    {
        string path = Golden("pg", name);
        await using DumpArchive archive = await DumpArchive.OpenAsync(path, Cancellation);

        Assert.Equal((format, "sample"), (archive.Format, archive.Database));
        ArchiveEntry orders = Assert.Single(archive.Entries, static entry => entry is { Kind: "TABLE DATA", Name: "orders" });
        Assert.Equal(["id", "Note (x)", "amount"], orders.Columns.Select(static column => column.Name));
        string shown = archive.ShowSql("app.orders");
        Assert.Contains("CREATE TABLE app.orders", shown, StringComparison.Ordinal);
        Assert.Contains("GRANT SELECT ON TABLE app.orders TO keeper", shown, StringComparison.Ordinal);

        List<ArchiveRow> rows = await ReadAsync(archive, "app.orders");
        Assert.Equal(
            Enumerable.Range(1, 40).Select(static i => $"{i}|note {i}\t\\|{i * 1.5m:0.00}"),
            rows.Select(static row => $"{row.GetText(0)}|{row.GetText(1)}|{row.GetText(2)}"));
        Assert.Equal(
            [("1", "\\."), ("2", null)],
            (await ReadAsync(archive, "Ta.b,le")).Select(static row => (row.GetText(0)!, row.GetText(1))));
        Assert.Equal(0, Assert.Single(await ReadAsync(archive, "nocolumns")).Count);
        Assert.Empty(await ReadAsync(archive, "empty"));

        VerifySummary verified = await DumpArchive.VerifyAsync(DumpSource.File(path), Cancellation);
        Assert.Empty(verified.Findings);
        Assert.Equal((false, archive.Entries.Count), (verified.HasChecksums, verified.EntryCount));
        Assert.InRange(verified.RowCount, 45, 60);
    }

    [Theory]
    [InlineData("custom-18-gzip.dump", 100)]
    [InlineData("tar-18.tar", 4000)]
    public async Task An_archive_of_pg_dump_in_a_stream_is_verified_and_its_missing_end_found(string name, int missing)
    {
        byte[] bytes = await File.ReadAllBytesAsync(Golden("pg", name), Cancellation);

        Assert.Empty((await DumpArchive.VerifyAsync(DumpSource.Stream(new MemoryStream(bytes)), Cancellation)).Findings);

        // Among the data, which stand behind the table of contents; behind them a tar has zeros.
        var cut = new MemoryStream(bytes, 0, bytes.Length - missing);
        Assert.NotEmpty((await DumpArchive.VerifyAsync(DumpSource.Stream(cut), Cancellation)).Findings);
    }

    [Fact]
    public async Task A_cluster_is_listed_read_by_database_and_verified()
    {
        string path = Golden("cluster-valid.pdump");

        Assert.Equal(["shop", "größe"], await DumpArchive.ListDatabasesAsync(path, Cancellation));
        await using (DumpArchive globals = await DumpArchive.OpenGlobalsAsync(path, Cancellation))
        {
            Assert.Contains(globals.Entries, static entry => entry is { Kind: "ROLE", Name: "ann" });
        }

        await using DumpArchive archive = await DumpArchive.OpenDatabaseAsync(path, "größe", Cancellation);
        ArchiveEntry rows = Assert.Single(archive.Entries, static entry => entry is { Kind: "TABLE DATA", Name: "orders" });
        Assert.Equal([new ArchiveColumn("id", "integer"), new ArchiveColumn("Größe", "text")], rows.Columns);
        List<ArchiveRow> read = await ReadAsync(archive, "orders");
        Assert.Equal(rows.RowCount, read.Count);
        Assert.Equal(("1", "A"), (read[0].GetText(0), read[0].GetText(1)));

        VerifySummary verified = await DumpArchive.VerifyAsync(DumpSource.File(path), Cancellation);
        Assert.Empty(verified.Findings);
        Assert.Equal((true, 4L), (verified.HasChecksums, verified.RowCount));
        using FileStream damaged = File.OpenRead(Golden("cluster-damaged-member.pdump"));
        IReadOnlyList<string> findings = (await DumpArchive.VerifyAsync(DumpSource.Stream(damaged), Cancellation)).Findings;
        Assert.Equal(5, findings.Count);
        Assert.All(findings, static finding => Assert.StartsWith("database \"shop\": ", finding, StringComparison.Ordinal));
        Assert.Equal(
            ErrorKind.NotFound,
            (await Assert.ThrowsAsync<PureDumpException>(() => DumpArchive.OpenDatabaseAsync(path, "none", Cancellation))).Kind);
    }

    [Fact]
    public async Task A_table_that_is_not_there_and_rows_that_are_statements_are_named()
    {
        await using DumpArchive archive = await DumpArchive.OpenAsync(Golden("pg", "custom-15-inserts.dump"), Cancellation);

        PureDumpException error = await Assert.ThrowsAsync<PureDumpException>(() => ReadAsync(archive, "app.orders"));
        Assert.Equal(ErrorKind.NotFound, error.Kind);
        Assert.Equal(ErrorKind.NotFound, Assert.Throws<PureDumpException>(() => archive.ShowSql("none")).Kind);
    }

    private static string Golden(params string[] names) => Repository.PathOf(["formats", "golden", .. names]);

    private static async Task<List<ArchiveRow>> ReadAsync(DumpArchive archive, string table)
    {
        var rows = new List<ArchiveRow>();
        await foreach (ArchiveRow row in archive.ReadRowsAsync(table, Cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }
}
