using System.Buffers.Binary;
using System.Text;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;

namespace PureDump.TestSupport;

/// <summary>An archive that somebody made to do harm, and what the program must say of it.</summary>
/// <param name="Name">What is wrong, as a name for its file or directory.</param>
/// <param name="Make">Makes it at a path.</param>
/// <param name="TocError">Of the error where only the table of contents is read; null: that is whole.</param>
/// <param name="DataError">Of the error where data are read.</param>
internal sealed record HostileArchive(string Name, Action<string> Make, string? TocError, string DataError)
{
    /// <summary>The table of contents of all of them: a table with a column, its rows, large objects.</summary>
    private static PgTocEntry[] Entries { get; } =
    [
        BuiltArchive.EncodingEntry,
        BuiltArchive.Entry(2, EntryKind.Table, "t", "public") with
        {
            Definition = "CREATE TABLE public.t (a text);\n",
            DropStatement = "DROP TABLE public.t;\n",
        },
        BuiltArchive.Data(3, EntryKind.TableData, "t", "public", "COPY public.t (a) FROM stdin;\n") with
        {
            FileName = "3.dat",
            Dependencies = [2],
        },
    ];

    private static PgTocEntry Objects { get; } =
        BuiltArchive.Data(4, EntryKind.LargeObjects, "BLOBS", null, null) with
        {
            FileName = "blobs_4.toc",
        };

    private static PgTocEntry Table => Entries[1];

    private static PgTocEntry Rows => Entries[2];

    private const string RowText = "x\n\\.\n\n\n";

    /// <summary>All of them. Each fails with <see cref="ErrorKind.ArchiveDamaged"/>.</summary>
    public static IReadOnlyList<HostileArchive> All { get; } = [.. Directories(), .. Tars(), .. Customs()];

    /// <summary>A directory archive of a table with rows.</summary>
    /// <param name="path">Of the directory, which is made.</param>
    /// <param name="entries">Null: the usual ones.</param>
    public static void MakeDirectory(string path, IReadOnlyList<PgTocEntry>? entries = null)
    {
        Directory.CreateDirectory(path);
        File.WriteAllBytes(Path.Combine(path, "toc.dat"), BuiltArchive.DirectoryToc(entries ?? Entries));
        File.WriteAllText(Path.Combine(path, "3.dat"), RowText);
    }

    /// <summary>
    /// An archive that is whole, and whose every name tries to leave the comment or statement it stands in.
    /// </summary>
    /// <param name="path">Of the file.</param>
    /// <param name="made">A file that exists where any of it was run.</param>
    public static void MakeNames(string path, string made)
    {
        string escape = $"x\n\\! touch {made}\n\\o |touch {made}\n`touch {made}`\r\\copy t to '{made}'\n-- '\"$$ */";
        PgTocEntry[] entries =
        [
            BuiltArchive.EncodingEntry,
            BuiltArchive.Entry(2, EntryKind.Comment, escape, escape) with
            {
                Section = Section.None,
                Owner = escape,
                Definition = "SELECT 1;\n",
                Tablespace = escape,
            },
            BuiltArchive.Entry(3, EntryKind.Schema, escape) with
            {
                Owner = escape,
                Definition = "SELECT 2;\n",
                DropStatement = "SELECT 3;\n",
                Dependencies = [4],
            },
            BuiltArchive.Entry(4, EntryKind.Table, escape, escape) with
            {
                TableAccessMethod = escape,
                Definition = "SELECT 4;\n",
                DropStatement = "SELECT 5;\n",
                Dependencies = [3],
            },
            BuiltArchive.Entry(5, escape, "kind") with
            {
                Definition = $"\\! touch {made}\n",
                DropStatement = $"\\! touch {made}\n",
            },
        ];
        File.WriteAllBytes(path, BuiltArchive.Custom(16, entries));
    }

    /// <summary>A directory archive of a table with a row of a GiB in a file of a MiB.</summary>
    public static void MakeLongRow(string path)
    {
        MakeDirectory(path);
        File.Delete(Path.Combine(path, "3.dat"));
        using FileStream file = File.Create(Path.Combine(path, "3.dat.gz"));
        using Stream rows = new StreamCompression(StreamMethod.Gzip, 1, false).Into(file, isZlib: false)!;
        byte[] part = new byte[1 << 20];
        part.AsSpan().Fill((byte)'x');
        for (int i = 0; i < 1024; i++)
        {
            rows.Write(part);
        }

        rows.Write("\n\\.\n\n\n"u8);
    }

    /// <summary>A directory archive whose compressed table of contents has a text longer than any may be.</summary>
    public static void MakeLongText(string path)
    {
        MakeDirectory(path);
        byte[] toc = File.ReadAllBytes(Path.Combine(path, "toc.dat"));
        File.Delete(Path.Combine(path, "toc.dat"));
        int at = toc.AsSpan().IndexOf("CREATE TABLE"u8);
        using FileStream file = File.Create(Path.Combine(path, "toc.dat.gz"));
        using Stream plain = new StreamCompression(StreamMethod.Gzip, 1, false).Into(file, isZlib: false)!;
        BinaryPrimitives.WriteInt32LittleEndian(toc.AsSpan(at - sizeof(int)), 1 << 30);
        plain.Write(toc.AsSpan(0, at));
        for (int i = 0; i < 1024; i++)
        {
            plain.Write(new byte[1 << 20]);
        }
    }

    private static IEnumerable<HostileArchive> Directories()
    {
        foreach (
            (string name, string fileName) in ((string, string)[])
                [("parent", "../secret"), ("absolute", "/etc/passwd"), ("below", "sub/3.dat"), ("newline", "3.dat\n"), ("dots", "..")])
        {
            yield return new(
                $"directory-{name}",
                path => MakeDirectory(path, [.. Entries[..2], Rows with { FileName = fileName }]),
                null,
                "is no name of a file of an archive");
        }

        yield return WithObjects("directory-object-parent", "5 ../secret\n", "is no name of a file of an archive");
        yield return WithObjects("directory-object-absolute", "5 /etc/passwd\n", "is no name of a file of an archive");
        yield return WithObjects(
            "directory-object-zero",
            "0 blob_0.dat\n",
            "blobs_4.toc in \"{path}\" is damaged: it has a line that does not name a large object and its file");
        yield return WithObjects("directory-object-line", $"5 {new string('x', 5000)}\n", "a line is longer than 1024 bytes");
        yield return InPlaceOf(
            "directory-link",
            "3.dat",
            static path => File.CreateSymbolicLink(path, "../secret"),
            null,
            "3.dat\" is a symbolic link");
        yield return InPlaceOf(
            "directory-link-absolute",
            "3.dat",
            static path => File.CreateSymbolicLink(path, "/etc/passwd"),
            null,
            "3.dat\" is a symbolic link");
        yield return InPlaceOf(
            "directory-link-device",
            "3.dat",
            static path => File.CreateSymbolicLink(path, "/dev/zero"),
            null,
            "3.dat\" is a symbolic link");
        yield return InPlaceOf(
            "directory-link-toc",
            "toc.dat",
            static path => File.CreateSymbolicLink(path, "/dev/zero"),
            "toc.dat\" is a symbolic link",
            "toc.dat\" is a symbolic link");
        yield return InPlaceOf(
            "directory-link-nowhere",
            "3.dat",
            static path => File.CreateSymbolicLink(path, "nowhere"),
            null,
            "3.dat\" is a symbolic link");
        yield return InPlaceOf("directory-pipe", "3.dat", MakePipe, null, "3.dat\" is no regular file");
        yield return InPlaceOf("directory-pipe-toc", "toc.dat", MakePipe, "toc.dat\" is no regular file", "toc.dat\" is no regular file");
        yield return InPlaceOf(
            "directory-directory",
            "3.dat",
            static path => Directory.CreateDirectory(path),
            null,
            "there is no file 3.dat for TABLE DATA public.t");
        yield return InPlaceOf("directory-no-rows", "3.dat", static _ => { }, null, "there is no file 3.dat for TABLE DATA public.t");
        yield return InPlaceOf("directory-no-toc", "toc.dat", static _ => { }, "it has no toc.dat", "it has no toc.dat");
        yield return InPlaceOf(
            "directory-no-gzip",
            "3.dat",
            static path => File.WriteAllText($"{path}.gz", RowText),
            null,
            "the data of TABLE DATA public.t");
        yield return InPlaceOf(
            "directory-no-zstd",
            "3.dat",
            static path => File.WriteAllText($"{path}.zst", RowText),
            null,
            "the data of TABLE DATA public.t");

        static HostileArchive WithObjects(string name, string list, string error) =>
            new(
                name,
                path =>
                {
                    MakeDirectory(path, [.. Entries, Objects]);
                    File.WriteAllText(Path.Combine(path, "blobs_4.toc"), list);
                },
                null,
                error);

        static HostileArchive InPlaceOf(string name, string file, Action<string> make, string? tocError, string dataError) =>
            new(
                name,
                path =>
                {
                    MakeDirectory(path);
                    File.Delete(Path.Combine(path, file));
                    make(Path.Combine(path, file));
                },
                tocError,
                dataError);
    }

    private static IEnumerable<HostileArchive> Tars()
    {
        byte[] toc = BuiltArchive.DirectoryToc(Entries);
        byte[] rows = Encoding.ASCII.GetBytes(RowText);
        yield return Tar(
            "tar-parent",
            "\"../3.dat\" is no name of a file of an archive",
            BuiltArchive.Member("toc.dat", TocNaming("../3.dat")),
            BuiltArchive.Member("../3.dat", rows));
        yield return Tar(
            "tar-absolute",
            "\"/tmp/3.dat\" is no name of a file of an archive",
            BuiltArchive.Member("toc.dat", TocNaming("/tmp/3.dat")),
            BuiltArchive.Member("/tmp/3.dat", rows));
        yield return Tar("tar-link", "is no file", BuiltArchive.Member("toc.dat", toc), BuiltArchive.Member("3.dat", [], type: (byte)'2'));
        yield return Tar(
            "tar-hard-link",
            "is no file",
            BuiltArchive.Member("toc.dat", toc),
            BuiltArchive.Member("3.dat", [], type: (byte)'1'));
        yield return Tar(
            "tar-device",
            "is no file",
            BuiltArchive.Member("toc.dat", toc),
            BuiltArchive.Member("3.dat", [], type: (byte)'3'));
        yield return Tar(
            "tar-first",
            "it does not begin with the member toc.dat",
            BuiltArchive.Member("3.dat", rows),
            BuiltArchive.Member("toc.dat", toc));
        yield return Tar("tar-toc-length", "is truncated", BuiltArchive.Member("toc.dat", toc, length: 1L << 40));
        yield return Tar(
            "tar-checksum",
            "there is no header of a member",
            BuiltArchive.Member("toc.dat", toc),
            [.. "3.dat"u8, .. new byte[1019]]);
        yield return TarData(
            "tar-twice",
            "two members with the name",
            "two members with the name",
            BuiltArchive.Member("toc.dat", toc),
            BuiltArchive.Member("3.dat", rows),
            BuiltArchive.Member("3.dat", rows));
        yield return TarData(
            "tar-length",
            "is truncated",
            "is truncated",
            BuiltArchive.Member("toc.dat", toc),
            BuiltArchive.Member("3.dat", rows, length: 1L << 50));
        yield return new(
            "tar-no-rows",
            path => File.WriteAllBytes(path, [.. BuiltArchive.Member("toc.dat", toc), .. new byte[1024]]),
            null,
            "TABLE DATA public.t");

        static byte[] TocNaming(string fileName) => BuiltArchive.DirectoryToc([.. Entries[..2], Rows with { FileName = fileName }]);

        static HostileArchive Tar(string name, string error, params byte[][] members) => TarData(name, error, error, members);

        static HostileArchive TarData(string name, string tocError, string dataError, params byte[][] members) =>
            new(
                name,
                path => File.WriteAllBytes(path, [.. members.SelectMany(static member => member), .. new byte[1024]]),
                tocError,
                dataError);
    }

    private static IEnumerable<HostileArchive> Customs()
    {
        yield return Toc("custom-twice", "two entries of the table of contents have the id 2", Table, Table);
        yield return Toc("custom-null-name", "entry 2 has no name", Table with { Tag = null! });
        yield return Toc("custom-null-kind", "entry 2 has no kind", Table with { Kind = null! });
        yield return Toc("custom-section", "entry 2 is in the unknown section 9", Table with { Section = (Section)9 });
        yield return Toc(
            "custom-encoding-unknown",
            "entry 1 names no encoding that PostgreSQL has",
            BuiltArchive.EncodingEntry with
            {
                Definition = "SET client_encoding = 'KLINGON';\n",
            }
        );
        yield return Toc(
            "custom-encoding",
            "entry 1 names no encoding",
            BuiltArchive.EncodingEntry with
            {
                Definition = "\\! touch made\n",
            }
        );
        yield return Toc(
            "custom-program",
            "has a COPY statement that cannot be read",
            Table,
            Rows with
            {
                CopyStatement = "COPY public.t FROM PROGRAM 'touch made';",
            }
        );
        yield return Toc(
            "custom-file",
            "has a COPY statement that cannot be read",
            Table,
            Rows with
            {
                CopyStatement = "COPY public.t (a) FROM '/etc/passwd';",
            }
        );
        yield return Toc(
            "custom-two-statements",
            "has a COPY statement that cannot be read",
            Table,
            Rows with
            {
                CopyStatement = "COPY public.t (a) FROM stdin; DROP TABLE t;",
            }
        );
        yield return Blocks("custom-no-rows", "TABLE DATA public.t", static _ => { });
        yield return Blocks(
            "custom-stranger",
            "77",
            static output => BuiltArchive.Block(output, CustomArchive.DataBlock, 77, static o => BuiltArchive.Chunk(o, RowText)));
        yield return Blocks(
            "custom-block-type",
            "9",
            static output => BuiltArchive.Block(output, 9, 3, static o => BuiltArchive.Chunk(o, RowText)));
        yield return Blocks(
            "custom-chunk-length",
            "is truncated",
            static output => BuiltArchive.Block(output, CustomArchive.DataBlock, 3, static o => o.Int(int.MaxValue)));
        yield return Blocks(
            "custom-chunk-negative",
            "is damaged",
            static output => BuiltArchive.Block(output, CustomArchive.DataBlock, 3, static o => o.Int(-5)));

        static HostileArchive Toc(string name, string error, params PgTocEntry[] entries) =>
            new(
                name,
                path => File.WriteAllBytes(path, BuiltArchive.Custom(16, [.. entries[0].DumpId == 1 ? [] : Entries[..1], .. entries])),
                error,
                error);

        static HostileArchive Blocks(string name, string error, Action<PgArchiveOutput> blocks) =>
            new(name, path => File.WriteAllBytes(path, BuiltArchive.Custom(16, Entries, blocks)), null, error);
    }

    private static void MakePipe(string path) => Command.Run("mkfifo", [path]).Succeeded();
}
