using System.Buffers.Binary;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Postgres.Wire;

/// <summary>
/// The messages of the start of a connection, as bytes (PostgreSQL documentation, "Message Formats"). Pure functions; the
/// reading and writing is done around them.
/// </summary>
internal static class StartupMessages
{
    /// <summary>The type byte and the length word that every message but the first begins with.</summary>
    public const int HeaderSize = 5;

    /// <summary>The longest message that is believed before the server is ready; real ones have a few hundred bytes.</summary>
    public const int LengthMax = 1 << 20;

    private const int LengthSize = 4;
    private const int ProtocolVersion = 3 << 16;
    private const int TlsRequestCode = (1234 << 16) | 5679;
    private const int CancelRequestCode = (1234 << 16) | 5678;

    /// <summary>Asks whether the server speaks TLS.</summary>
    public static byte[] TlsRequest()
    {
        byte[] message = new byte[2 * LengthSize];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(LengthSize), TlsRequestCode);
        return message;
    }

    /// <summary>Asks to cancel what a process of the server is doing.</summary>
    public static byte[] CancelRequest(int processId, ReadOnlySpan<byte> secret)
    {
        byte[] message = new byte[(3 * LengthSize) + secret.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(LengthSize), CancelRequestCode);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(2 * LengthSize), processId);
        secret.CopyTo(message.AsSpan(3 * LengthSize));
        return message;
    }

    /// <summary>The start-up message: protocol 3.0 and the parameters of the session.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.ConnectionOptions"/>: a parameter holds a NUL character.</exception>
    public static byte[] Startup(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var message = new MemoryStream();
        message.Write(stackalloc byte[LengthSize]);
        Span<byte> version = stackalloc byte[LengthSize];
        BinaryPrimitives.WriteInt32BigEndian(version, ProtocolVersion);
        message.Write(version);
        foreach ((string name, string value) in parameters)
        {
            if (name.Contains('\0') || value.Contains('\0'))
            {
                throw new PureDumpException(ErrorKind.ConnectionOptions, $"start-up parameter \"{name}\" holds a NUL character");
            }

            message.Write(TypedText.Encode(name));
            message.WriteByte(0);
            message.Write(TypedText.Encode(value));
            message.WriteByte(0);
        }

        message.WriteByte(0);
        byte[] bytes = message.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        return bytes;
    }

    /// <summary>A password, in the clear or hashed.</summary>
    public static byte[] Password(ReadOnlySpan<byte> password) => Message((byte)'p', [.. password, 0]);

    /// <summary>The choice of a SASL mechanism with the client's first message.</summary>
    public static byte[] SaslInitialResponse(string mechanism, string first)
    {
        byte[] name = Encoding.ASCII.GetBytes(mechanism);
        byte[] data = Encoding.ASCII.GetBytes(first);
        byte[] length = new byte[LengthSize];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        return Message((byte)'p', [.. name, 0, .. length, .. data]);
    }

    /// <summary>A later SASL message of the client.</summary>
    public static byte[] SaslResponse(string data) => Message((byte)'p', Encoding.ASCII.GetBytes(data));

    /// <summary>A simple query.</summary>
    public static byte[] Query(string sql) => Message((byte)'Q', [.. Encoding.UTF8.GetBytes(sql), 0]);

    /// <summary>Reads the length word of a message and gives the length of what follows it.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.Protocol"/>: less than 4 or more than <see cref="LengthMax"/>.</exception>
    public static int BodyLength(byte type, ReadOnlySpan<byte> lengthWord)
    {
        int length = BinaryPrimitives.ReadInt32BigEndian(lengthWord);
        return length is >= LengthSize and <= LengthMax
            ? length - LengthSize
            : throw new PureDumpException(
                ErrorKind.Protocol,
                $"message '{Show(type)}' of the server has length {length}, expected {LengthSize} to {LengthMax}");
    }

    /// <summary>Reads the body of an 'S' message.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.Protocol"/>: not two strings.</exception>
    public static (string Name, string Value) ParameterStatus(ReadOnlySpan<byte> body)
    {
        int nameEnd = body.IndexOf((byte)0);
        ReadOnlySpan<byte> value = nameEnd < 0 ? default : body[(nameEnd + 1)..];
        return nameEnd >= 0 && value.IndexOf((byte)0) == value.Length - 1 && !value.IsEmpty
            ? (Encoding.UTF8.GetString(body[..nameEnd]), Encoding.UTF8.GetString(value[..^1]))
            : throw new PureDumpException(ErrorKind.Protocol, "malformed parameter status of the server: not two strings");
    }

    /// <summary>Reads the body of a 'K' message of protocol 3.0.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.Protocol"/>: not eight bytes.</exception>
    public static (int ProcessId, byte[] Secret) BackendKey(ReadOnlySpan<byte> body) => body.Length == 2 * LengthSize
        ? (BinaryPrimitives.ReadInt32BigEndian(body), body[LengthSize..].ToArray())
        : throw new PureDumpException(ErrorKind.Protocol, $"backend key data of {body.Length} bytes, expected {2 * LengthSize}");

    /// <summary>The first column of a 'D' message as text; null where it is null or there is no column.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.Protocol"/>: the lengths do not add up.</exception>
    public static string? FirstColumn(ReadOnlySpan<byte> body)
    {
        const int countSize = 2;
        if (body.Length < countSize)
        {
            throw new PureDumpException(ErrorKind.Protocol, "data row without a column count");
        }

        int count = BinaryPrimitives.ReadInt16BigEndian(body);
        if (count == 0)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = body[countSize..];
        int length = rest.Length < LengthSize ? int.MaxValue : BinaryPrimitives.ReadInt32BigEndian(rest);
        if (length == -1)
        {
            return null;
        }

        return length >= 0 && length <= rest.Length - LengthSize
            ? Encoding.UTF8.GetString(rest.Slice(LengthSize, length))
            : throw new PureDumpException(ErrorKind.Protocol, "data row shorter than its columns");
    }

    /// <summary>A type byte for an error text.</summary>
    public static string Show(byte type) => type is > 0x20 and < 0x7F ? ((char)type).ToString() : $"\\x{type:x2}";

    private static byte[] Message(byte type, ReadOnlySpan<byte> body)
    {
        byte[] message = new byte[HeaderSize + body.Length];
        message[0] = type;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), LengthSize + body.Length);
        body.CopyTo(message.AsSpan(HeaderSize));
        return message;
    }
}
