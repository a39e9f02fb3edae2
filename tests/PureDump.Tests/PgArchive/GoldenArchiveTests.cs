using System.Text;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;
using PureDump.TestSupport;

namespace PureDump.Tests.PgArchive;

/// <summary>
/// The archives of formats/golden/pg: pg_dump 15 and 18 made them of formats/golden/pg/sample.sql on a server 15. Every
/// format, compression and version gives the same.
/// </summary>
public sealed class GoldenArchiveTests
{
    public static TheoryData<string> Names =>
        [
            "custom-15-none.dump",
            "custom-15-gzip.dump",
            "custom-18-none.dump",
            "custom-18-gzip.dump",
            "custom-18-lz4.dump",
            "custom-18-zstd.dump",
            "custom-18-pipe.dump",
            "tar-15.tar",
            "tar-18.tar",
            "directory-15-gzip",
            "directory-18-none",
            "directory-18-gzip",
            "directory-18-lz4",
            "directory-18-zstd",
        ];

    public static TheoryData<string> CustomNames =>
        [.. Names.Select(static row => row.Data).Where(static name => name.StartsWith("custom", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_archive_gives_the_same_data_entry_by_entry(string name)
    {
        using PgArchiveReader archive = PgArchiveReader.Open(PathOf(name));

        AssertSample(ArchiveContents.Opened(archive));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_archive_gives_the_same_data_as_they_come(string name)
    {
        using PgArchiveReader archive = name.StartsWith("directory", StringComparison.Ordinal)
            ? PgArchiveReader.Open(PathOf(name))
            : PgArchiveReader.Open(File.OpenRead(PathOf(name)));

        AssertSample(ArchiveContents.Streamed(archive));
    }

    /// <summary>Zeros of a device, the second table of contents of a pg_dump whose output is opened for appending, another archive: as
    /// pg_restore, which ends with the last block that it looks for.</summary>
    [Theory]
    [MemberData(nameof(CustomNames))]
    public void What_stands_behind_the_last_block_of_a_custom_archive_in_a_pipe_is_no_part_of_it(string name)
    {
        byte[] bytes = File.ReadAllBytes(PathOf(name));
        byte[][] behind =
        [
            [0],
            new byte[512],
            [1],
            [1, 0, 2],
            bytes,
            bytes[..(bytes.Length / 2)],
            new byte[300_000],
        ];
        Assert.All(
            behind,
            more =>
            {
                using PgArchiveReader archive = PgArchiveReader.Open(new ForwardOnly(new MemoryStream([.. bytes, .. more])));

                AssertSample(ArchiveContents.Streamed(archive));
                Assert.Equal(more.Length, archive.TrailingLength);
            }
        );
    }

    [Fact]
    public void Data_that_nobody_reads_are_passed_over()
    {
        Assert.All(
            Names.Select(static row => row.Data).Where(static name => !name.StartsWith("directory", StringComparison.Ordinal)),
            static name =>
            {
                using PgArchiveReader archive = PgArchiveReader.Open(new ForwardOnly(File.OpenRead(PathOf(name))));
                int count = 0;
                for (; archive.ReadNext(out PgArchiveItem? item); count++)
                {
                    // A byte of every second, and one object of many.
                    _ = count % 2 == 0 ? item.Value.Data?.ReadByte() : null;
                    _ = item.Value.LargeObjects?.Read(out _, out _);
                }

                Assert.Equal(archive.StoredEntries.Count(static entry => entry.HasData), count);
            }
        );
    }

    [Fact]
    public void The_header_tells_what_made_the_archive()
    {
        using PgArchiveReader old = PgArchiveReader.Open(PathOf("custom-15-gzip.dump"));
        using PgArchiveReader zstd = PgArchiveReader.Open(PathOf("directory-18-zstd"));
        using PgArchiveReader tar = PgArchiveReader.Open(PathOf("tar-18.tar"));

        Assert.Equal(
            ("1.14", PgArchiveFormat.Custom, StreamMethod.Gzip, (int?)6),
            (old.Header.Version.ToString(), old.Header.Format, old.Header.Compression, old.Header.CompressionLevel));
        Assert.Equal(
            ("1.16", PgArchiveFormat.Directory, StreamMethod.Zstd, (int?)null),
            (zstd.Header.Version.ToString(), zstd.Header.Format, zstd.Header.Compression, zstd.Header.CompressionLevel));
        Assert.Equal((PgArchiveFormat.Tar, StreamMethod.None), (tar.Header.Format, tar.Header.Compression));
        Assert.Equal("sample", tar.Header.Database);
        Assert.StartsWith("15.18 ", tar.Header.ServerVersion, StringComparison.Ordinal);
        Assert.StartsWith("18.", tar.Header.ProducerVersion, StringComparison.Ordinal);
        Assert.Equal(2026, tar.Header.Created?.Year);
        Assert.Equal(
            ("UTF8", 150018, true, "sample"),
            (tar.Toc.Origin.Encoding, tar.Toc.Origin.ServerVersionNumber, tar.Toc.Origin.StandardConformingStrings, tar.Toc.Origin.Database)
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_table_of_contents_says_what_pg_restore_would_derive(string name)
    {
        using PgArchiveReader archive = PgArchiveReader.Open(PathOf(name));
        TocEntry Entry(string label) => archive.Toc.Entries.Single(one => one.Label == label);

        TocEntry area = Entry("FUNCTION app.area(integer, text)");
        Assert.Equal("FUNCTION app.area(integer, text)", area.OwnerTarget);
        Assert.Equal("DROP FUNCTION IF EXISTS app.area(integer, text);\n", area.DropIfExistsSql);
        Assert.Equal(
            "ALTER TABLE IF EXISTS ONLY app.child DROP CONSTRAINT IF EXISTS child_oid_fkey;\n",
            Entry("FK CONSTRAINT app.child child_oid_fkey").DropIfExistsSql);
        Assert.Equal("TABLE \"Odd \"\"Name\".\"Ta.b,le\"", Entry("TABLE Odd \"Name.Ta.b,le").OwnerTarget);
        Assert.Null(Entry("INDEX app.orders_amount_idx").OwnerTarget);
        Assert.Equal("OPERATOR app.@+ (integer, integer)", Entry("OPERATOR app.@+").OwnerTarget);
        Assert.Equal("heap", Entry("TABLE app.orders").TableAccessMethod);
        TableRows odd = Entry("TABLE DATA Odd \"Name.Ta.b,le").Rows!;
        Assert.Equal(["c\"1, (", "grün"], odd.Columns.Select(static column => column.Name));
        Assert.Equal(("Odd \"Name", "Ta.b,le", null, RowFormat.Text), (odd.Schema, odd.Table, odd.LoadInto, odd.Format));
        Assert.Equal(Entry("TABLE Odd \"Name.Ta.b,le").Id, odd.TableEntry);
        Assert.Equal(("app", "part"), Entry("TABLE DATA app.part_0").Rows!.LoadInto);
        Assert.Empty(Entry("TABLE DATA app.nocolumns").Rows!.Columns);
        Assert.NotNull(archive.SearchPathSql);
    }

    [Fact]
    public void Large_objects_are_spread_out_in_every_layout()
    {
        Assert.All(
            Names.Select(static row => row.Data),
            static name =>
            {
                using PgArchiveReader archive = PgArchiveReader.Open(PathOf(name));
                string create = string.Concat(
                    archive
                        .Toc.Entries.Where(static entry => entry.Kind is EntryKind.LargeObjectMetadata or "BLOB")
                        .Select(static entry => entry.CreateSql));
                string acl = string.Concat(
                    archive
                        .Toc.Entries.Where(static entry =>
                            entry.Kind == EntryKind.Acl && entry.Name.StartsWith("LARGE OBJECT", StringComparison.Ordinal))
                        .Select(static entry => entry.CreateSql));
                Assert.Equal(
                    "SELECT pg_catalog.lo_create('70001');\nSELECT pg_catalog.lo_create('70002');\nSELECT "
                        + "pg_catalog.lo_create('70003');\nSELECT pg_catalog.lo_create('70004');\n",
                    create);
                Assert.Contains("GRANT SELECT ON LARGE OBJECT 70003 TO PUBLIC;\n", acl, StringComparison.Ordinal);
                Assert.Contains("GRANT SELECT ON LARGE OBJECT 70004 TO PUBLIC;\n", acl, StringComparison.Ordinal);
                Assert.Equal(
                    [70001u, 70002, 70003, 70004],
                    archive
                        .Toc.Entries.Where(static entry => entry.Kind == EntryKind.LargeObjects)
                        .SelectMany(static entry => entry.LargeObjectOids));
            }
        );
    }

    [Fact]
    public void Rows_as_statements_are_said_to_be_that()
    {
        using PgArchiveReader archive = PgArchiveReader.Open(PathOf("custom-15-inserts.dump"));
        TocEntry orders = archive.Toc.Entries.Single(static entry => entry.Label == "TABLE DATA app.orders");

        Assert.Equal(PgDataKind.Sql, archive.DataKindOf(orders));
        Assert.Null(orders.Rows);
        using var reader = new StreamReader(archive.OpenData(orders), Encoding.UTF8);
        Assert.Equal("INSERT INTO app.orders OVERRIDING SYSTEM VALUE VALUES (1, 'note 1\t\\', 1.50);", reader.ReadLine());
    }

    [Theory]
    [InlineData("gzip", ".gz")]
    [InlineData("lz4", ".lz4")]
    [InlineData("zstd", ".zst")]
    public void A_directory_may_be_compressed_by_hand(string method, string suffix)
    {
        string folder = Directory.CreateTempSubdirectory("puredump-").FullName;
        try
        {
            foreach (string path in Directory.GetFiles(PathOf("directory-18-none")))
            {
                using FileStream output = File.Create(Path.Combine(folder, Path.GetFileName(path) + suffix));
                using Stream compressed = StreamCompression.Parse(method, static _ => { }).Into(output)!;
                compressed.Write(File.ReadAllBytes(path));
            }

            using PgArchiveReader archive = PgArchiveReader.Open(folder);
            AssertSample(ArchiveContents.Opened(archive));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertSample(SortedDictionary<string, string> contents)
    {
        Assert.Equal("hello large object", contents["70001"]);
        Assert.Equal("", contents["70002"]);
        Assert.Equal(string.Concat(Enumerable.Repeat("\0ÿ\\\n", 3000)), contents["70003"]);
        Assert.Equal("four", contents["70004"]);
        Assert.Equal(
            string.Concat(Enumerable.Range(1, 40).Select(i => FormattableString.Invariant($"{i}\tnote {i}\\t\\\\\t{i * 1.5m:0.00}\n")))
                + "\\.\n\n\n",
            contents["TABLE DATA app.orders"]);
        Assert.Equal("1\t\\\\.\n2\t\\N\n\\.\n\n\n", contents["TABLE DATA Odd \"Name.Ta.b,le"]);
        Assert.Equal("1\ta\n2\tb\n\\.\n\n\n", contents["TABLE DATA app.part_0"]);
        Assert.Equal("\n\\.\n\n\n", contents["TABLE DATA app.nocolumns"]);
        Assert.Equal("\\.\n\n\n", contents["TABLE DATA app.empty"]);
        Assert.Equal("\\.\n\n\n", contents["TABLE DATA app.child"]);
        Assert.Equal(10, contents.Count);
    }

    private static string PathOf(string name) => Repository.PathOf("formats", "golden", "pg", name);

    private sealed class ForwardOnly(Stream stream) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        // A pipe gives what it has.
        public override int Read(byte[] buffer, int offset, int count) => stream.Read(buffer, offset, Math.Min(count, 7));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing) => stream.Dispose();
    }
}
