namespace PureDump.Formats.Codec;

/// <summary>How a payload is compressed. The values are those of formats/pdump.md, section 5.</summary>
internal enum PayloadCodec : byte
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>One LZ4 block.</summary>
    Lz4 = 1,

    /// <summary>One Zstandard frame.</summary>
    Zstd = 2,
}
