using System.Buffers.Binary;
using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>The bodies of small server messages, parsed from spans.</summary>
internal static class DataRow
{
    /// <summary>The fields of a DataRow in text format; null for NULL.</summary>
    /// <exception cref="PureDumpException">A length reaches out of the message (<see cref="ErrorKind.Protocol"/>).</exception>
    public static string?[] Texts(ReadOnlySpan<byte> body, Encoding encoding)
    {
        if (body.Length < 2)
        {
            throw Malformed("DataRow");
        }

        int count = BinaryPrimitives.ReadUInt16BigEndian(body);
        body = body[2..];
        if (count > body.Length / 4)
        {
            throw Malformed("DataRow");
        }

        var fields = new string?[count];
        for (int i = 0; i < count; i++)
        {
            if (body.Length < 4)
            {
                throw Malformed("DataRow");
            }

            int length = BinaryPrimitives.ReadInt32BigEndian(body);
            body = body[4..];
            if (length == -1)
            {
                continue;
            }

            if (length < 0 || length > body.Length)
            {
                throw Malformed("DataRow");
            }

            fields[i] = encoding.GetString(body[..length]);
            body = body[length..];
        }

        return fields;
    }

    /// <summary>Name and value of a ParameterStatus.</summary>
    /// <exception cref="PureDumpException">It is not two terminated strings (<see cref="ErrorKind.Protocol"/>).</exception>
    public static (string Name, string Value) Parameter(ReadOnlySpan<byte> body)
    {
        int nameLength = body.IndexOf((byte)0);
        int valueLength = nameLength < 0 ? -1 : body[(nameLength + 1)..].IndexOf((byte)0);
        if (valueLength < 0)
        {
            throw Malformed("ParameterStatus");
        }

        return (Encoding.UTF8.GetString(body[..nameLength]), Encoding.UTF8.GetString(body.Slice(nameLength + 1, valueLength)));
    }

    private static PureDumpException Malformed(string message) =>
        new(ErrorKind.Protocol, $"the server sent a malformed {message} message");
}
