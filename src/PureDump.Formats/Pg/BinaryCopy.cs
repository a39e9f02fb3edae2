using System.Buffers.Binary;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Pg;

/// <summary>
/// The frame around rows in COPY's binary format: a signature, flags and an extension before, a -1 after
/// (PostgreSQL documentation, COPY, "Binary Format").
/// </summary>
internal static class BinaryCopy
{
    private const int SignatureSize = 11;
    private const int ExtensionSizeMax = 1 << 16;
    private const uint CriticalFlags = 0xffff0000;

    /// <summary>Signature, flags and the length of the extension: 19 bytes.</summary>
    public const int HeaderSize = SignatureSize + 4 + 4;

    /// <summary>The trailer: two bytes.</summary>
    public const int TrailerSize = 2;

    /// <summary>The header to send: the signature, no flags, no extension.</summary>
    public static ReadOnlySpan<byte> Header =>
        [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', 10, 0xff, 13, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>The trailer: a row with -1 fields.</summary>
    public static ReadOnlySpan<byte> Trailer => [0xff, 0xff];

    /// <summary>Checks a header.</summary>
    /// <param name="header">The first <see cref="HeaderSize"/> bytes of the stream.</param>
    /// <returns>The number of extension bytes that follow and are to be passed over.</returns>
    /// <exception cref="PureDumpException">It is not a header this reader knows (<see cref="ErrorKind.Protocol"/>).</exception>
    public static int ReadHeader(ReadOnlySpan<byte> header)
    {
        if (!header[..SignatureSize].SequenceEqual(Header[..SignatureSize]))
        {
            throw new PureDumpException(ErrorKind.Protocol, "a binary COPY does not begin with its signature");
        }

        uint flags = BinaryPrimitives.ReadUInt32BigEndian(header[SignatureSize..]);
        if ((flags & CriticalFlags) != 0)
        {
            throw new PureDumpException(ErrorKind.Protocol, $"a binary COPY has the unknown flags 0x{flags:x8}");
        }

        int extensionSize = BinaryPrimitives.ReadInt32BigEndian(header[(SignatureSize + 4)..]);
        return extensionSize is >= 0 and <= ExtensionSizeMax
            ? extensionSize
            : throw new PureDumpException(
                ErrorKind.Protocol, $"a binary COPY has a header extension of {extensionSize} bytes, allowed are 0 to {ExtensionSizeMax}");
    }
}
