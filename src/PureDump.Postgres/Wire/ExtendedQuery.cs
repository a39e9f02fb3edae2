using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using PureDump.Formats.Pg;

namespace PureDump.Postgres.Wire;

/// <summary>The messages that run one statement with parameters (protocol documentation, "Extended Query").</summary>
internal static class ExtendedQuery
{
    /// <summary>Parse, Bind, Execute and Sync of an unnamed statement: parameters as text, all results in binary.</summary>
    public static ReadOnlySpan<byte> Messages(string sql, IReadOnlyList<string> parameters, Encoding encoding)
    {
        var messages = new ArrayBufferWriter<byte>(sql.Length + 64 + parameters.Sum(static parameter => parameter.Length + 4));
        ReadOnlySpan<byte> unnamed = [0];
        ReadOnlySpan<byte> none = [0, 0];
        ReadOnlySpan<byte> binary = [0, 1, 0, 1];

        int parse = Begin(messages, 'P');
        messages.Write(unnamed);
        messages.Write(TypedText.Encode(sql, encoding));
        messages.Write(unnamed);
        messages.Write(none);
        int bind = Begin(messages, 'B');
        messages.Write(unnamed);
        messages.Write(unnamed);
        messages.Write(none);
        Span<byte> count = messages.GetSpan(2);
        BinaryPrimitives.WriteUInt16BigEndian(count, checked((ushort)parameters.Count));
        messages.Advance(2);
        foreach (string parameter in parameters)
        {
            byte[] value = TypedText.Encode(parameter, encoding);
            BinaryPrimitives.WriteInt32BigEndian(messages.GetSpan(4), value.Length);
            messages.Advance(4);
            messages.Write(value);
        }

        messages.Write(binary);
        int execute = Begin(messages, 'E');
        messages.Write(unnamed);
        messages.Write("\0\0\0\0"u8);
        int sync = Begin(messages, 'S');
        byte[] bytes = messages.WrittenSpan.ToArray();
        Close(bytes, parse, bind);
        Close(bytes, bind, execute);
        Close(bytes, execute, sync);
        Close(bytes, sync, bytes.Length);
        return bytes;
    }

    private static int Begin(ArrayBufferWriter<byte> messages, char type)
    {
        int start = messages.WrittenCount;
        ReadOnlySpan<byte> header = [(byte)type, 0, 0, 0, 0];
        messages.Write(header);
        return start;
    }

    // The length counts itself, but not the type.
    private static void Close(Span<byte> bytes, int start, int end) =>
        BinaryPrimitives.WriteInt32BigEndian(bytes[(start + 1)..], end - start - 1);
}
