using System.Text;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;

namespace PureDump.TestSupport;

/// <summary>Archives that no pg_dump at hand makes: of old versions, and wrong ones.</summary>
internal static class BuiltArchive
{
    public static PgTocEntry EncodingEntry { get; } = new()
    {
        DumpId = 1,
        Tag = "ENCODING",
        Kind = EntryKind.Encoding,
        Section = Section.PreData,
        Definition = "SET client_encoding = 'UTF8';\n",
        OffsetState = PgOffsetState.NoData,
    };

    public static PgTocEntry Entry(int id, string kind, string tag, string? schema = null) => new()
    {
        DumpId = id,
        Tag = tag,
        Kind = kind,
        Schema = schema,
        Section = Section.PreData,
        OffsetState = PgOffsetState.NoData,
    };

    public static PgTocEntry Data(int id, string kind, string tag, string? schema, string? copy) =>
        Entry(id, kind, tag, schema) with
        {
            Section = Section.Data,
            HasData = true,
            CopyStatement = copy,
            OffsetState = PgOffsetState.NotSet,
        };

    public static byte[] Custom(int minor, IReadOnlyList<PgTocEntry> entries, Action<PgArchiveOutput>? blocks = null) =>
        Bytes(PgArchiveFormat.Custom, minor, entries, blocks);

    public static byte[] DirectoryToc(IReadOnlyList<PgTocEntry> entries) => Bytes(PgArchiveFormat.Directory, 16, entries, null);

    public static void Block(PgArchiveOutput output, byte type, int id, Action<PgArchiveOutput> write)
    {
        output.Byte(type);
        output.Int(id);
        write(output);
    }

    public static void Chunk(PgArchiveOutput output, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        output.Int(bytes.Length);
        output.Write(bytes);
        output.Int(0);
    }

    /// <summary>A member of a tar.</summary>
    /// <param name="name">Of it.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="type">As the header says it.</param>
    /// <param name="length">What its header says of its length; null: the truth.</param>
    public static byte[] Member(string name, byte[] content, byte type = (byte)'0', long? length = null)
    {
        byte[] block = new byte[TarHeader.Size];
        new TarHeader(name, length ?? content.Length, type).Write(block, time: 0);
        block[TarHeader.TypeOffset] = type;
        int sum =
            block.Sum(static one => one)
            - block.AsSpan(TarHeader.ChecksumOffset, TarHeader.ChecksumSize).ToArray().Sum(static one => one)
            + (TarHeader.ChecksumSize * ' ');
        Encoding.ASCII.GetBytes($"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ", block.AsSpan(TarHeader.ChecksumOffset));
        return [.. block, .. content, .. new byte[TarHeader.PaddingOf(content.Length)]];
    }

    private static byte[] Bytes(PgArchiveFormat format, int minor, IReadOnlyList<PgTocEntry> entries, Action<PgArchiveOutput>? blocks)
    {
        var header = new PgArchiveHeader
        {
            Version = new PgArchiveVersion(1, (byte)minor, 0),
            Format = format,
            Compression = StreamMethod.None,
            Created = new DateTime(2012, 2, 29, 12, 0, 0, DateTimeKind.Unspecified),
            Database = "old",
            ServerVersion = "9.6.24",
            ProducerVersion = "9.6.24",
        };
        using var stream = new MemoryStream();
        var output = new PgArchiveOutput(stream, "the archive");
        new PgToc(header, entries, "UTF8").Write(output);
        blocks?.Invoke(output);
        output.Flush();
        return stream.ToArray();
    }
}
