using System.Text;
using PureDump.Formats;
using PureDump.Formats.Codec;
using PureDump.Formats.PgArchive;

namespace PureDump.Tests.PgArchive;

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
        Entry(id, kind, tag, schema) with { Section = Section.Data, HasData = true, CopyStatement = copy, OffsetState = PgOffsetState.NotSet };

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
