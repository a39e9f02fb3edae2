using System.Buffers.Binary;

namespace PureDump.Formats.Codec;

/// <summary>
/// The frame around what Zstandard compressed (RFC 8878, section 3.1.1), looked at without decompressing: a decoder takes any number of
/// frames one behind the other, and frames that it passes over; a payload is exactly one.
/// </summary>
internal static class ZstdFrame
{
    private const uint Magic = 0xfd2fb528;
    private const int MagicSize = 4;
    private const int BlockHeaderSize = 3;
    private const int ChecksumSize = 4;
    private const int RleBlock = 1;
    private const int ReservedBlock = 3;

    /// <summary>Whether one frame stands there, from the first byte to the last, that names that content size and no dictionary.</summary>
    public static bool IsOne(ReadOnlySpan<byte> source, int contentSize)
    {
        if (source.Length <= MagicSize || BinaryPrimitives.ReadUInt32LittleEndian(source) != Magic)
        {
            return false;
        }

        byte descriptor = source[MagicSize];
        bool isSingleSegment = (descriptor & 0x20) != 0;
        bool hasChecksum = (descriptor & 0x04) != 0;
        bool hasDictionary = (descriptor & 0x03) != 0;
        int sizeSize = (descriptor >> 6) switch
        {
            0 => isSingleSegment ? 1 : 0,
            1 => sizeof(ushort),
            2 => sizeof(uint),
            _ => sizeof(ulong),
        };
        source = source[(MagicSize + 1)..];
        int windowSize = isSingleSegment ? 0 : 1;
        if (hasDictionary || sizeSize == 0 || source.Length < windowSize + sizeSize)
        {
            return false;
        }

        ReadOnlySpan<byte> size = source.Slice(windowSize, sizeSize);
        ulong named = sizeSize switch
        {
            1 => size[0],
            sizeof(ushort) => BinaryPrimitives.ReadUInt16LittleEndian(size) + 256UL,
            sizeof(uint) => BinaryPrimitives.ReadUInt32LittleEndian(size),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(size),
        };
        return named == (ulong)contentSize && EndsWithBlocks(source[(windowSize + sizeSize)..], hasChecksum);
    }

    private static bool EndsWithBlocks(ReadOnlySpan<byte> source, bool hasChecksum)
    {
        while (source.Length >= BlockHeaderSize)
        {
            int header = source[0] | (source[1] << 8) | (source[2] << 16);
            int type = (header >> 1) & 3;
            int length = BlockHeaderSize + (type == RleBlock ? 1 : header >> 3);
            if (type == ReservedBlock || length > source.Length)
            {
                return false;
            }

            source = source[length..];
            if ((header & 1) != 0)
            {
                return source.Length == (hasChecksum ? ChecksumSize : 0);
            }
        }

        return false;
    }
}
