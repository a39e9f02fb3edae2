using System.Buffers.Binary;
using System.Globalization;

namespace PureDump.Formats.Values;

/// <summary>Network addresses (network.c, network_send; port/inet_net_ntop.c; mac.c; uuid.c).</summary>
internal static class AddressText
{
    private const byte Version4 = 2;
    private const byte Version6 = 3;
    private const int WordCount = 8;

    /// <summary>Adds an inet or a cidr.</summary>
    public static void Add(ref ValueReader reader, TextBuffer target)
    {
        byte family = reader.Byte();
        byte bits = reader.Byte();
        bool isNetwork = reader.Byte() != 0;
        int size = reader.Byte();
        if (!(family == Version4 && size == 4 && bits <= 32) && !(family == Version6 && size == 16 && bits <= 128))
        {
            throw reader.Malformed($"there is no address of family {family} with {size} bytes and {bits} bits");
        }

        ReadOnlySpan<byte> address = reader.Take(size);
        if (family == Version4)
        {
            AddVersion4(address, target);
        }
        else
        {
            AddVersion6(address, target);
        }

        if (isNetwork || bits != size * 8)
        {
            target.Add((byte)'/');
            target.Add((long)bits);
        }
    }

    /// <summary>Adds bytes as pairs of hexadecimal digits with colons between them.</summary>
    public static void AddHardware(ReadOnlySpan<byte> address, TextBuffer target)
    {
        for (int i = 0; i < address.Length; i++)
        {
            if (i > 0)
            {
                target.Add((byte)':');
            }

            AddHex(address.Slice(i, 1), target);
        }
    }

    /// <summary>Adds a UUID.</summary>
    public static void AddUuid(ReadOnlySpan<byte> value, TextBuffer target)
    {
        new Guid(value, bigEndian: true).TryFormat(target.Room(36), out int length, "D");
        target.Advance(length);
    }

    /// <summary>Adds bytes in hexadecimal, lower case.</summary>
    public static void AddHex(ReadOnlySpan<byte> bytes, TextBuffer target)
    {
        Convert.TryToHexStringLower(bytes, target.Room(2 * bytes.Length), out int length);
        target.Advance(length);
    }

    private static void AddVersion4(ReadOnlySpan<byte> address, TextBuffer target)
    {
        for (int i = 0; i < address.Length; i++)
        {
            if (i > 0)
            {
                target.Add((byte)'.');
            }

            target.Add((long)address[i]);
        }
    }

    // The longest run of two zero words and more becomes two colons, the first one of those that are equally long; what
    // stands for an address of version 4 ends like one.
    private static void AddVersion6(ReadOnlySpan<byte> address, TextBuffer target)
    {
        Span<ushort> words = stackalloc ushort[WordCount];
        (int start, int length) = (-1, 1);
        int run = 0;
        for (int i = 0; i < WordCount; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt16BigEndian(address[(2 * i)..]);
            run = words[i] == 0 ? run + 1 : 0;
            if (run > length)
            {
                (start, length) = (i - run + 1, run);
            }
        }

        bool endsLike4 = start == 0 && (length == 6 || (length == 5 && words[5] == 0xffff));
        for (int i = 0; i < WordCount; i++)
        {
            if (start >= 0 && i >= start && i < start + length)
            {
                target.Add(i == start ? ":"u8 : ""u8);
                continue;
            }

            target.Add(i > 0 ? ":"u8 : ""u8);
            if (i == 6 && endsLike4)
            {
                AddVersion4(address[12..], target);
                return;
            }

            words[i].TryFormat(target.Room(4), out int digits, "x", CultureInfo.InvariantCulture);
            target.Advance(digits);
        }

        target.Add(start >= 0 && start + length == WordCount ? ":"u8 : ""u8);
    }
}
