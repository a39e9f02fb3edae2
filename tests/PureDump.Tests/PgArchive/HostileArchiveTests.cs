using System.Buffers.Binary;
using System.Text;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;
using PureDump.TestSupport;

namespace PureDump.Tests.PgArchive;

/// <summary>Archives of old versions, wrong ones and damaged ones: named errors, in bounded memory and time.</summary>
public sealed class HostileArchiveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("puredump-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    public void Archives_of_before_PostgreSQL_12_are_read(int minor)
    {
        PgTocEntry[] path =
            minor == 12
                ? []
                :
                [
                    BuiltArchive.Entry(9, EntryKind.SearchPath, "SEARCHPATH") with
                    {
                        Definition = "SELECT pg_catalog.set_config('search_path', '', false);\n",
                    },
                ];
        byte[] bytes = BuiltArchive.Custom(
            minor,
            [
                BuiltArchive.EncodingEntry,
                .. path,
                BuiltArchive.Entry(2, EntryKind.Table, "orders", "app") with
                {
                    Definition = "CREATE TABLE orders (id integer);\n",
                    DropStatement = "DROP TABLE app.orders;\n",
                    Owner = "me",
                },
                BuiltArchive.Data(
                    3,
                    EntryKind.TableData,
                    "orders",
                    "app",
                    minor == 12 ? "COPY orders (id) FROM stdin;\n" : "COPY app.orders (id) FROM stdin;\n"),
                BuiltArchive.Entry(4, "BLOB", "4000000000") with
                {
                    Definition = "SELECT pg_catalog.lo_create('4000000000');\n",
                    DropStatement = "SELECT pg_catalog.lo_unlink('4000000000');\n",
                    Owner = "me",
                },
                BuiltArchive.Data(5, EntryKind.LargeObjects, "BLOBS", null, null),
            ],
            static output =>
            {
                BuiltArchive.Block(output, CustomArchive.DataBlock, 3, static o => BuiltArchive.Chunk(o, "7\n\\.\n\n\n"));
                BuiltArchive.Block(
                    output,
                    CustomArchive.LargeObjectsBlock,
                    5,
                    static o =>
                    {
                        o.Oid(4000000000);
                        BuiltArchive.Chunk(o, "content");
                        o.Int(0);
                    }
                );
            }
        );
        using PgArchiveReader archive = Open(bytes);

        Assert.Equal(minor == 12, archive.SearchPathSql is null);
        Assert.Equal(90624, archive.Toc.Origin.ServerVersionNumber);
        Assert.Equal(
            ("TABLE app.orders", "DROP TABLE IF EXISTS app.orders;\n"),
            (archive.Toc[new DumpId(2)].OwnerTarget, archive.Toc[new DumpId(2)].DropIfExistsSql));
        Assert.Equal(
            ("app", "orders", null),
            (archive.Toc[new DumpId(3)].Rows!.Schema, archive.Toc[new DumpId(3)].Rows!.Table, archive.Toc[new DumpId(3)].Rows!.LoadInto));
        Assert.Equal("LARGE OBJECT", archive.Toc[new DumpId(4)].OwnerTarget);
        Assert.Equal(
            "SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata WHERE oid = '4000000000';\n",
            archive.Toc[new DumpId(4)].DropIfExistsSql);
        Assert.Equal([4000000000u], archive.Toc[new DumpId(5)].LargeObjectOids);
        Assert.Equal(
            new Dictionary<string, string> { ["TABLE DATA app.orders"] = "7\n\\.\n\n\n", ["4000000000"] = "content" },
            ArchiveContents.Streamed(archive));
    }

    [Theory]
    [InlineData(1, 11)]
    [InlineData(1, 17)]
    [InlineData(2, 0)]
    [InlineData(0, 0)]
    public void Other_versions_are_refused_by_name(byte major, byte minor)
    {
        byte[] bytes = BuiltArchive.Custom(16, [BuiltArchive.EncodingEntry]);
        (bytes[PgArchiveHeader.MajorOffset], bytes[PgArchiveHeader.MinorOffset]) = (major, minor);

        PureDumpException refused = Assert.Throws<PureDumpException>(() => Open(bytes));

        Assert.Equal(ErrorKind.ArchiveVersion, refused.Kind);
        Assert.StartsWith(
            $"the archive has version {major}.{minor}, this program reads 1.12 to 1.16",
            refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_archive_is_said_to_be_none() =>
        Assert.All(
            ["", "PGDM", "-- PostgreSQL database dump\n", new string('x', 2000)],
            text =>
            {
                PureDumpException refused = Assert.Throws<PureDumpException>(() => Open(Encoding.ASCII.GetBytes(text)));
                Assert.Equal((ErrorKind.ArchiveDamaged, "the archive is not an archive of pg_dump"), (refused.Kind, refused.Message));
            }
        );

    [Fact]
    public void A_broken_rule_of_the_table_of_contents_is_named()
    {
        PgTocEntry table = BuiltArchive.Entry(2, EntryKind.Table, "t");
        AssertRefused("the archive is damaged: two entries of the table of contents have the id 2", table, table);
        AssertRefused("the archive is damaged: an entry of the table of contents has the id 0", table with { DumpId = 0 });
        AssertRefused("the archive is damaged: entry 2 has no name", table with { Tag = null! });
        AssertRefused("the archive is damaged: entry 2 has no kind", table with { Kind = null! });
        AssertRefused("the archive is damaged: entry 2 is in the unknown section 5", table with { Section = (Section)5 });
        AssertRefused(
            "the archive is damaged: entry 1 names no encoding that PostgreSQL has",
            BuiltArchive.EncodingEntry with
            {
                Definition = "SET client_encoding = x;\n",
            }
        );
        AssertRefused(
            "the archive: entry 3 TABLE DATA t has a COPY statement that cannot be read: COPY t FROM PROGRAM 'x';",
            BuiltArchive.Data(3, EntryKind.TableData, "t", null, "COPY t FROM PROGRAM 'x';"));
        AssertRefused(
            "the archive: entry 2 BLOB METADATA 1 does not list large objects by their numbers",
            BuiltArchive.Entry(2, EntryKind.LargeObjectMetadata, "1") with
            {
                Definition = "1\n2); DROP\n",
            }
        );

        static void AssertRefused(string message, params PgTocEntry[] entries)
        {
            PureDumpException refused = Assert.Throws<PureDumpException>(() => Open(BuiltArchive.Custom(16, entries)));
            Assert.Equal((ErrorKind.ArchiveDamaged, message), (refused.Kind, refused.Message));
        }
    }

    [Fact]
    public void Dependencies_in_a_circle_or_on_nothing_are_no_error()
    {
        using PgArchiveReader archive = Open(
            BuiltArchive.Custom(
                16,
                [
                    BuiltArchive.EncodingEntry,
                    BuiltArchive.Entry(2, EntryKind.View, "a") with
                    {
                        Dependencies = [3, 99, 2],
                    },
                    BuiltArchive.Entry(3, EntryKind.View, "b") with
                    {
                        Dependencies = [2, 2],
                    },
                ]));

        Assert.Equal([new DumpId(3)], archive.Toc[new DumpId(2)].Dependencies);
        Assert.Equal([new DumpId(2)], archive.Toc[new DumpId(3)].Dependencies);
        Assert.Equal([3, 99, 2], archive.StoredEntries[1].Dependencies);
    }

    [Theory]
    [InlineData(Section.PreData)]
    [InlineData(Section.PostData)]
    [InlineData(Section.None)]
    public void Rows_that_a_restore_by_sections_would_never_come_to_are_damage(Enum section) =>
        Assert.Contains(
            "stands in another section than that of data",
            Assert
                .Throws<PureDumpException>(() =>
                    Open(
                        BuiltArchive.Custom(
                            16,
                            [
                                BuiltArchive.EncodingEntry,
                                BuiltArchive.Data(2, EntryKind.TableData, "t", "public", "COPY public.t (a) FROM stdin;\n") with
                                {
                                    Section = (Section)section,
                                },
                            ])).Toc)
                .Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_length_or_count_alone_makes_nothing_be_allocated()
    {
        byte[] bytes = BuiltArchive.Custom(16, [BuiltArchive.EncodingEntry]);
        int database = bytes.AsSpan().IndexOf("old"u8);
        byte[] longName = bytes[..database];
        BinaryPrimitives.WriteInt32LittleEndian(longName.AsSpan(database - 4), 1 << 30);
        AssertCheap(longName);
        byte[] manyEntries = [.. bytes];
        int count = bytes.AsSpan().LastIndexOf("9.6.24"u8) + 6 + 1;
        BinaryPrimitives.WriteInt32LittleEndian(manyEntries.AsSpan(count), PgArchiveLimits.EntryCountMax);
        AssertCheap(manyEntries);
        BinaryPrimitives.WriteInt32LittleEndian(manyEntries.AsSpan(count), PgArchiveLimits.EntryCountMax + 1);
        Assert.Contains("allowed are 0 to", AssertCheap(manyEntries), StringComparison.Ordinal);

        static string AssertCheap(byte[] bytes)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            PureDumpException refused = Assert.Throws<PureDumpException>(() => Open(bytes));
            Assert.Equal(ErrorKind.ArchiveDamaged, refused.Kind);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            return refused.Message;
        }
    }

    [Fact]
    public void Privileges_that_would_be_repeated_without_end_are_refused()
    {
        string oids = string.Concat(Enumerable.Range(1, 20_000).Select(static oid => $"{oid}\n"));
        PureDumpException refused = Assert.Throws<PureDumpException>(() =>
            Open(
                BuiltArchive.Custom(
                    16,
                    [
                        BuiltArchive.EncodingEntry,
                        BuiltArchive.Entry(2, EntryKind.LargeObjectMetadata, "1..20000") with
                        {
                            Definition = oids,
                        },
                        BuiltArchive.Entry(3, EntryKind.Acl, "LARGE OBJECTS 1..20000") with
                        {
                            Definition = $"GRANT SELECT ON LARGE OBJECT 1 TO {new string('x', 100_000)};\n",
                            Dependencies = [2],
                        },
                    ])));

        Assert.Equal(
            "3 ACL LARGE OBJECTS 1..20000 has privileges that become more than 1073741824 characters for 20000 large objects",
            refused.Message);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("sub/3.dat")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("3.dat\n")]
    public void A_file_name_that_leaves_the_directory_is_refused(string name)
    {
        File.WriteAllText(Path.Combine(_folder, "secret"), "secret");
        string directory = Directory.CreateDirectory(Path.Combine(_folder, "archive")).FullName;
        File.WriteAllBytes(
            Path.Combine(directory, "toc.dat"),
            BuiltArchive.DirectoryToc([
                BuiltArchive.EncodingEntry,
                BuiltArchive.Data(3, EntryKind.TableData, "t", null, "COPY t (a) FROM stdin;\n") with
                {
                    FileName = name,
                },
                BuiltArchive.Data(4, EntryKind.LargeObjects, "BLOBS", null, null) with
                {
                    FileName = "blobs_4.toc",
                },
            ]));
        File.WriteAllText(Path.Combine(directory, "blobs_4.toc"), $"5 {name.TrimEnd()}/x\n");
        using PgArchiveReader archive = PgArchiveReader.Open(directory);

        PureDumpException rows = Assert.Throws<PureDumpException>(() => archive.OpenData(archive.Toc[new DumpId(3)]));
        using LargeObjectReader objects = archive.OpenLargeObjects(archive.Toc[new DumpId(4)]);
        PureDumpException content = Assert.Throws<PureDumpException>(() => objects.Read(out _, out _));

        Assert.All(
            [rows, content],
            static refused => Assert.Contains("is no name of a file of an archive", refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_in_a_tar_is_refused()
    {
        byte[] tar = File.ReadAllBytes(GoldenPath("tar-18.tar"));
        int second = TarHeader.Size + (int)TarHeader.Read(tar)!.Value.Length;
        second += TarHeader.PaddingOf(second);
        tar[second + TarHeader.TypeOffset] += 2;
        int sum = Convert.ToInt32(Encoding.ASCII.GetString(tar, second + TarHeader.ChecksumOffset, 7), 8) + 2;
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(7, '0'), tar.AsSpan(second + TarHeader.ChecksumOffset));
        string path = Path.Combine(_folder, "x.tar");
        File.WriteAllBytes(path, tar);

        Assert.Contains("is no file", Assert.Throws<PureDumpException>(() => PgArchiveReader.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_of_the_wrong_entry_is_not_taken_for_the_right_one()
    {
        PgTocEntry[] entries =
        [
            BuiltArchive.EncodingEntry,
            BuiltArchive.Data(2, EntryKind.TableData, "a", null, "COPY a (x) FROM stdin;\n"),
            BuiltArchive.Data(3, EntryKind.TableData, "b", null, "COPY b (x) FROM stdin;\n"),
        ];
        int start = BuiltArchive.Custom(16, entries).Length;
        entries[2] = entries[2] with { OffsetState = PgOffsetState.Set, Offset = start };
        string path = Path.Combine(_folder, "x.dump");
        File.WriteAllBytes(
            path,
            BuiltArchive.Custom(
                16,
                entries,
                static output =>
                {
                    BuiltArchive.Block(output, CustomArchive.DataBlock, 2, static o => BuiltArchive.Chunk(o, "\\.\n\n\n"));
                    BuiltArchive.Block(output, CustomArchive.DataBlock, 2, static o => BuiltArchive.Chunk(o, "\\.\n\n\n"));
                }
            ));
        using PgArchiveReader file = PgArchiveReader.Open(path);
        using PgArchiveReader stream = PgArchiveReader.Open(File.OpenRead(path));

        Assert.EndsWith(
            "where the data of entry 3 TABLE DATA b should begin, those of entry 2 TABLE DATA a stand",
            Assert.Throws<PureDumpException>(() => file.OpenData(file.Toc[new DumpId(3)])).Message,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "it holds the data of entry 2 TABLE DATA a twice",
            Assert.Throws<PureDumpException>(() => ArchiveContents.Streamed(stream)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("custom-18-none.dump")]
    [InlineData("custom-18-gzip.dump")]
    [InlineData("custom-18-lz4.dump")]
    [InlineData("custom-18-zstd.dump")]
    [InlineData("custom-15-gzip.dump")]
    [InlineData("tar-18.tar")]
    public void A_cut_archive_is_an_error_or_lacks_nothing(string name)
    {
        byte[] bytes = File.ReadAllBytes(GoldenPath(name));
        using PgArchiveReader whole = Open(bytes);
        SortedDictionary<string, string> due = ArchiveContents.Streamed(whole);
        Assert.All(
            Enumerable.Range(0, bytes.Length).Where(length => length % 101 == 0 || length > bytes.Length - 100),
            length => AssertSameOrRefused(due, bytes[..length]));
    }

    [Theory]
    [InlineData("custom-18-gzip.dump")]
    [InlineData("custom-15-gzip.dump")]
    public void A_flipped_byte_never_changes_data_that_have_a_checksum(string name)
    {
        byte[] bytes = File.ReadAllBytes(GoldenPath(name));
        using PgArchiveReader whole = Open(bytes);
        SortedDictionary<string, string> due = ArchiveContents.Streamed(whole);
        int data = BuiltDataStart(whole);
        Assert.All(
            Enumerable.Range(data, bytes.Length - data),
            at =>
            {
                byte[] flipped = [.. bytes];
                flipped[at] ^= 0x15;
                try
                {
                    using PgArchiveReader archive = Open(flipped);

                    // Which large object it is has no checksum; what it holds has.
                    Assert.Equal(
                        due.Values.Order(StringComparer.Ordinal),
                        ArchiveContents.Streamed(archive).Values.Order(StringComparer.Ordinal));
                }
                catch (PureDumpException e)
                {
                    Assert.Equal(ErrorKind.ArchiveDamaged, e.Kind);
                }
            }
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Deflated_bytes_are_whole_or_an_error(bool isZlib)
    {
        byte[] plain = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(static i => $"{i} and {i * i}\n")));
        using var stored = new MemoryStream();
        using (Stream stream = new StreamCompression(StreamMethod.Gzip, 6, false).Into(stored, isZlib)!)
        {
            stream.Write(plain);
        }

        byte[] bytes = stored.ToArray();
        Assert.All(
            Enumerable.Range(1, bytes.Length - 1),
            at =>
            {
                byte[] flipped = [.. bytes];
                flipped[at] ^= 0x15;
                Assert.All(
                    [bytes[..at], flipped],
                    wrong =>
                    {
                        using var read = new MemoryStream();
                        Exception? error = Record.Exception(() =>
                            StreamCompression.OutOf(new MemoryStream(wrong), StreamMethod.Gzip, isZlib)!.CopyTo(read));

                        // The head of gzip holds a time and more that nobody needs.
                        Assert.True(error is null ? plain.AsSpan().SequenceEqual(read.ToArray()) : StreamCompression.IsDamage(error));
                    }
                );
            }
        );
    }

    [Fact]
    public void What_grows_without_end_is_read_in_little_memory()
    {
        string path = Path.Combine(_folder, "bomb.dump");
        using (FileStream file = File.Create(path))
        {
            using PgArchiveReader source = Open(
                BuiltArchive.Custom(
                    16,
                    [BuiltArchive.EncodingEntry, BuiltArchive.Data(2, EntryKind.TableData, "t", null, "COPY t (a) FROM stdin;\n")],
                    static _ => { }
                ));
            using PgArchiveWriter writer = PgArchiveWriter.ToCustom(
                file,
                new PgArchiveSettings { Compression = new StreamCompression(StreamMethod.Zstd, 1, false) }
            );
            writer.Begin(source.Toc);
            using (Stream data = writer.BeginData(source.Toc[new DumpId(2)]))
            {
                byte[] zeros = new byte[1 << 20];
                for (int i = 0; i < 256; i++)
                {
                    data.Write(zeros);
                }
            }

            writer.Complete();
        }

        Assert.InRange(new FileInfo(path).Length, 0, 1 << 16);
        using PgArchiveReader archive = PgArchiveReader.Open(path);
        using Stream plain = archive.OpenData(archive.Toc[new DumpId(2)]);
        byte[] room = new byte[1 << 16];
        long before = GC.GetAllocatedBytesForCurrentThread();
        long length = 0;
        for (int part; (part = plain.Read(room)) > 0; )
        {
            length += part;
        }

        Assert.Equal(256L << 20, length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    private static void AssertSameOrRefused(SortedDictionary<string, string> due, byte[] bytes)
    {
        try
        {
            using PgArchiveReader archive = Open(bytes);
            Assert.Equal(due, ArchiveContents.Streamed(archive));
        }
        catch (PureDumpException e)
        {
            Assert.Equal(ErrorKind.ArchiveDamaged, e.Kind);
        }
    }

    // Behind the table of contents, which is all text and has no checksum.
    private static int BuiltDataStart(PgArchiveReader archive) =>
        (int)archive.StoredEntries.Where(static entry => entry.OffsetState == PgOffsetState.Set).Min(static entry => entry.Offset);

    private static PgArchiveReader Open(byte[] bytes) => PgArchiveReader.Open(new MemoryStream(bytes));

    private static string GoldenPath(string name) => Repository.PathOf("formats", "golden", "pg", name);
}
