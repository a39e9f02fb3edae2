using System.Globalization;
using System.IO.Compression;
using PureDump.Formats.Errors;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace PureDump.Formats.Codec;

/// <summary>The methods that compress a whole stream, as pg_dump knows them.</summary>
internal enum StreamMethod
{
    None,
    Gzip,
    Lz4,
    Zstd,
}

/// <summary>
/// How a stream is compressed, as pg_dump's <c>-Z METHOD[:DETAIL]</c> says it (common/compression.c, whose messages these are).
/// </summary>
/// <param name="Method">The method.</param>
/// <param name="Level">gzip: 1 to 9, or -1; lz4: 0 to 12; zstd: -131072 to 22; none: 0.</param>
/// <param name="LongDistance">zstd looks for repetitions far back.</param>
internal readonly record struct StreamCompression(StreamMethod Method, int Level, bool LongDistance)
{
    // Name, least and greatest level, and the one that is taken where none is given, which may lie outside.
    private static readonly (StreamMethod Method, string Name, int Min, int Max, int Default)[] s_methods =
    [
        (StreamMethod.None, "none", 0, 0, 0),
        (StreamMethod.Gzip, "gzip", 1, 9, -1),
        (StreamMethod.Lz4, "lz4", 1, 12, 0),
        (StreamMethod.Zstd, "zstd", -131072, 22, 3),
    ];

    /// <summary>Reads a method with its detail, or a bare level (0 = none, else gzip).</summary>
    /// <param name="text">The value of the option.</param>
    /// <param name="warn">Told of what is accepted and not used.</param>
    /// <exception cref="PureDumpException">It is none (<see cref="ErrorKind.Usage"/>).</exception>
    public static StreamCompression Parse(string text, Action<string> warn)
    {
        if (text.Length == 0)
        {
            return default;
        }

        if (TryParse(text, out int bareLevel))
        {
            return bareLevel == 0 ? default : Parse($"gzip:{text}", warn);
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? text : text[..colon];
        int index = Array.FindIndex(s_methods, known => known.Name == name);
        if (index < 0)
        {
            throw new PureDumpException(ErrorKind.Usage, $"unrecognized compression algorithm: \"{name}\"");
        }

        (StreamMethod method, _, int min, int max, int usual) = s_methods[index];
        Detail detail = colon < 0 ? new Detail() : ReadDetail(text[(colon + 1)..]);
        if (detail.Level is not null && method == StreamMethod.None)
        {
            throw Invalid($"compression algorithm \"{name}\" does not accept a compression level");
        }

        int level = detail.Level ?? usual;
        if (method != StreamMethod.None && (level < min || level > max) && level != usual)
        {
            throw Invalid($"compression algorithm \"{name}\" expects a compression level between {min} and {max} (default at {usual})");
        }

        if (detail.HasWorkers && method != StreamMethod.Zstd)
        {
            throw Invalid($"compression algorithm \"{name}\" does not accept a worker count");
        }

        if (detail.Long is not null && method != StreamMethod.Zstd)
        {
            throw Invalid($"compression algorithm \"{name}\" does not support long-distance mode");
        }

        if (detail.HasWorkers)
        {
            warn("compression option \"workers\" is not currently supported by pg_dump");
        }

        return new StreamCompression(method, level, detail.Long ?? false);
    }

    /// <summary>A stream that writes to <paramref name="output"/>, which it leaves open; null where nothing is compressed.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="isZlib">gzip means the format of RFC 1950, not that of RFC 1952.</param>
    public Stream? Into(Stream output, bool isZlib = false)
    {
        switch (Method)
        {
            case StreamMethod.None:
                return null;
            case StreamMethod.Gzip when isZlib:
                return new ZLibStream(output, new ZLibCompressionOptions { CompressionLevel = Level }, leaveOpen: true);
            case StreamMethod.Gzip:
                return new GZipStream(output, new ZLibCompressionOptions { CompressionLevel = Level }, leaveOpen: true);
            case StreamMethod.Zstd:
                var stream = new CompressionStream(output, Level, leaveOpen: true);
                stream.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
                stream.SetParameter(ZSTD_cParameter.ZSTD_c_enableLongDistanceMatching, LongDistance ? 1 : 0);
                return stream;
            default:
                return new Lz4FrameWriter(output, Level);
        }
    }

    /// <summary>
    /// What a stream of <see cref="Into"/> leaves out where nothing was written: gzip's writes nothing at all then, which readers do not
    /// take.
    /// </summary>
    public ReadOnlySpan<byte> OfNothing(bool isZlib) =>
        Method != StreamMethod.Gzip ? []
        : isZlib ? [0x78, 0x9c, 3, 0, 0, 0, 0, 1]
        : [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>A stream of the plain bytes of <paramref name="stored"/>, which it leaves open; null where nothing is compressed.</summary>
    /// <param name="stored">Compressed bytes. Read in large parts, so that what follows their end may be lost.</param>
    /// <param name="method">How.</param>
    /// <param name="isZlib">gzip means the format of RFC 1950, not that of RFC 1952.</param>
    public static Stream? OutOf(Stream stored, StreamMethod method, bool isZlib) => method switch
    {
        StreamMethod.None => null,
        StreamMethod.Gzip => isZlib ? new DeflateReader(stored) : new GzipReader(stored),
        StreamMethod.Zstd => new DecompressionStream(stored, leaveOpen: true),
        _ => new Lz4FrameReader(stored),
    };

    /// <summary>True for what a stream of <see cref="OutOf"/> throws where the compressed bytes are wrong or end too early.</summary>
    public static bool IsDamage(Exception exception) => exception is InvalidDataException or EndOfStreamException or ZstdException;

    private static Detail ReadDetail(string text)
    {
        if (TryParse(text, out int bareLevel))
        {
            return new Detail { Level = bareLevel };
        }

        var detail = new Detail();
        foreach (string part in text.Split(','))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string keyword = equals < 0 ? part : part[..equals];
            string? value = equals < 0 ? null : part[(equals + 1)..];
            switch (keyword)
            {
                case "":
                    throw Invalid("found empty string where a compression option was expected");
                case "level":
                    detail = detail with { Level = Integer(keyword, value) };
                    break;
                case "workers":
                    _ = Integer(keyword, value);
                    detail = detail with { HasWorkers = true };
                    break;
                case "long":
                    detail = detail with { Long = Boolean(keyword, value) };
                    break;
                default:
                    throw Invalid($"unrecognized compression option: \"{keyword}\"");
            }
        }

        return detail;
    }

    private static int Integer(string keyword, string? value) =>
        value is null ? throw Invalid($"compression option \"{keyword}\" requires a value")
        : TryParse(value, out int number) ? number
        : throw Invalid($"value for compression option \"{keyword}\" must be an integer");

    private static bool Boolean(string keyword, string? value) => value?.ToLowerInvariant() switch
    {
        null or "yes" or "on" or "1" => true,
        "no" or "off" or "0" => false,
        _ => throw Invalid($"value for compression option \"{keyword}\" must be a Boolean value"),
    };

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out number);

    private static PureDumpException Invalid(string what) => new(ErrorKind.Usage, $"invalid compression specification: {what}");

    private readonly record struct Detail(int? Level, bool HasWorkers, bool? Long);
}
