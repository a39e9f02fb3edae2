using System.Globalization;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Codec;

/// <summary>A codec and its level, as <c>-Z METHOD[:LEVEL]</c> says it.</summary>
/// <param name="Codec">The method.</param>
/// <param name="Level">zstd: 1 to 22; lz4: 1 (fast) or 3 to 12 (high compression); none: 0.</param>
internal readonly record struct CodecSetting(PayloadCodec Codec, int Level)
{
    /// <summary>What is used where nothing is said: zstd at level 1 (bench/README.md has the reasons).</summary>
    public static CodecSetting Default => new(PayloadCodec.Zstd, 1);

    /// <summary>Reads <c>none</c>, <c>lz4[:L]</c>, <c>zstd[:L]</c>, or a bare level as pg_dump takes it (0 = none, else zstd).</summary>
    /// <exception cref="PureDumpException">Not one of these (<see cref="ErrorKind.Usage"/>).</exception>
    public static CodecSetting Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string method = colon < 0 ? text : text[..colon];
        string? detail = colon < 0 ? null : text[(colon + 1)..];
        if (detail is null && int.TryParse(method, NumberStyles.None, CultureInfo.InvariantCulture, out int bareLevel))
        {
            return bareLevel == 0 ? new(PayloadCodec.None, 0) : Checked(text, PayloadCodec.Zstd, bareLevel, 1, 22);
        }

        if (detail is not null && detail.StartsWith("level=", StringComparison.Ordinal))
        {
            detail = detail["level=".Length..];
        }

        int level = 1;
        if (detail is not null && !int.TryParse(detail, NumberStyles.None, CultureInfo.InvariantCulture, out level))
        {
            throw Unusable(text);
        }

        return method switch
        {
            "none" when detail is null => new(PayloadCodec.None, 0),
            "lz4" => Checked(text, PayloadCodec.Lz4, level, 1, 12),
            "zstd" => Checked(text, PayloadCodec.Zstd, level, 1, 22),
            _ => throw Unusable(text),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Codec switch
    {
        PayloadCodec.None => "none",
        PayloadCodec.Lz4 => $"lz4:{Level}",
        _ => $"zstd:{Level}",
    };

    private static CodecSetting Checked(string text, PayloadCodec codec, int level, int min, int max) =>
        level >= min && level <= max ? new CodecSetting(codec, level) : throw Unusable(text);

    private static PureDumpException Unusable(string text) => new(
        ErrorKind.Usage, $"unusable compression \"{text}\"", "write none, lz4, lz4:1 to lz4:12, zstd or zstd:1 to zstd:22");
}
