using System.IO.Hashing;

namespace PureDump.Formats.Codec;

/// <summary>The LZ4 frame format, version 1 (LZ4 project, lz4_Frame_format.md).</summary>
internal static class Lz4Frame
{
    public const uint Magic = 0x184d2204;
    public const uint SkippableMagic = 0x184d2a50;
    public const uint SkippableMask = 0xfffffff0;
    public const uint StoredBlock = 0x80000000;

    /// <summary>How far back a block may refer to those before it.</summary>
    public const int WindowSize = 1 << 16;

    public const byte VersionMask = 0xc0;
    public const byte Version = 0x40;
    public const byte IndependentBlocks = 0x20;
    public const byte BlockChecksum = 0x10;
    public const byte ContentSize = 0x08;
    public const byte ContentChecksum = 0x04;
    public const byte DictionaryId = 0x01;
    public const byte ReservedFlag = 0x02;

    /// <summary>The largest block of the sizes 4 to 7: 64 KiB, 256 KiB, 1 MiB, 4 MiB.</summary>
    public static int BlockSizeMax(int code) => 1 << (8 + (2 * code));

    /// <summary>The byte that ends a frame's header.</summary>
    /// <param name="descriptor">What stands between the magic and it.</param>
    public static byte HeaderChecksum(ReadOnlySpan<byte> descriptor) => (byte)(XxHash32.HashToUInt32(descriptor) >> 8);
}
