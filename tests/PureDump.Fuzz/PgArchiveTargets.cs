using System.Text;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;

namespace PureDump.Fuzz;

/// <summary>The readers of pg_dump's archives.</summary>
internal static class PgArchiveTargets
{
    // A few bytes can hold a great many: what comes out of a mutation is not read without end.
    private const int ReadLengthMax = 1 << 20;

    /// <summary>All targets.</summary>
    /// <param name="goldenFolder">The archives of formats/golden/pg.</param>
    public static IReadOnlyList<FuzzTarget> All(string goldenFolder)
    {
        byte[][] custom = Files(goldenFolder, "custom-*.dump");
        byte[][] tar = Files(goldenFolder, "tar-*.tar");
        byte[][] toc =
        [
            .. Directory.GetDirectories(goldenFolder).Order(StringComparer.Ordinal).SelectMany(static folder => Files(folder, "toc.dat")),
        ];
        byte[][] lz4 = Files(Path.Combine(goldenFolder, "directory-18-lz4"), "*.lz4");
        return
        [
            new("pg-custom-stream", custom, ReadStream),
            new("pg-custom-file", custom, ReadFile),
            new("pg-tar-stream", tar, ReadStream),
            new("pg-tar-file", tar, ReadFile),
            new("pg-toc", toc, ReadToc),
            new("lz4-frame", lz4, ReadFrame),
            new(
                "copy-statement",
                [
                    [.. "COPY \"a\"\"b\".c (d, \"e, (\") FROM stdin;\n"u8],
                    [.. "COPY a  FROM stdin;\n"u8],
                ],
                static bytes => CopyFromStatement.Parse(Encoding.Latin1.GetString(bytes))),
        ];
    }

    private static byte[][] Files(string folder, string pattern) =>
        [.. Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static void ReadStream(byte[] bytes)
    {
        using PgArchiveReader archive = PgArchiveReader.Open(new MemoryStream(bytes));
        while (archive.ReadNext(out PgArchiveItem? item))
        {
            if (item.Value.LargeObjects is { } objects)
            {
                Read(objects);
            }
            else
            {
                Read(item.Value.Data!);
            }
        }
    }

    private static void ReadFile(byte[] bytes)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            using PgArchiveReader archive = PgArchiveReader.Open(path);
            foreach (TocEntry entry in archive.Toc.Entries)
            {
                _ = archive.StoredLengthOf(entry);
                if (archive.DataKindOf(entry) == PgDataKind.LargeObjects)
                {
                    using LargeObjectReader objects = archive.OpenLargeObjects(entry);
                    Read(objects);
                }
                else if (archive.DataKindOf(entry) != PgDataKind.None)
                {
                    using Stream data = archive.OpenData(entry);
                    Read(data);
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void ReadToc(byte[] bytes)
    {
        using var input = new PgArchiveInput(new MemoryStream(bytes), "the input");
        PgToc.Read(input, PgArchiveFormat.Directory).ToModel("the input");
    }

    private static void ReadFrame(byte[] bytes)
    {
        try
        {
            Read(new Lz4FrameReader(new MemoryStream(bytes)));
        }
        catch (Exception e) when (StreamCompression.IsDamage(e))
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, e.Message, null, e);
        }
    }

    private static void Read(LargeObjectReader objects)
    {
        while (objects.Read(out _, out Stream? content))
        {
            Read(content);
        }
    }

    private static void Read(Stream data)
    {
        Span<byte> room = stackalloc byte[4096];
        for (int length = 0, part = 1; part > 0 && length < ReadLengthMax; length += part)
        {
            part = data.Read(room);
        }
    }
}
