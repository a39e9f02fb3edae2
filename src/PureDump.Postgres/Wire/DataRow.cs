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
        int count = Count(ref body);
        if (count > body.Length / 4)
        {
            throw Malformed("DataRow");
        }

        var fields = new string?[count];
        for (int i = 0; i < count; i++)
        {
            fields[i] = Next(ref body, out ReadOnlySpan<byte> value) ? Text(value, encoding) : null;
        }

        return fields;
    }

    /// <summary>A value in the encoding of the session.</summary>
    /// <exception cref="PureDumpException">It is not in it (<see cref="ErrorKind.Protocol"/>).</exception>
    public static string Text(ReadOnlySpan<byte> value, Encoding encoding)
    {
        try
        {
            return encoding.GetString(value);
        }
        catch (DecoderFallbackException e)
        {
            throw new PureDumpException(
                ErrorKind.Protocol,
                $"the server sent text that is not in the encoding of the session: {e.Message}",
                null,
                e);
        }
    }

    /// <summary>The columns of a RowDescription.</summary>
    /// <exception cref="PureDumpException">It reaches out of the message (<see cref="ErrorKind.Protocol"/>).</exception>
    public static IReadOnlyList<QueryColumn> Columns(ReadOnlySpan<byte> body)
    {
        // Behind each name: table, column number, type, length, modifier, format.
        const int restSize = 18;
        const int typeAt = 6;
        int count = body.Length < 2 ? throw Malformed("RowDescription") : BinaryPrimitives.ReadUInt16BigEndian(body);
        body = body[2..];
        if (count > body.Length / (restSize + 1))
        {
            throw Malformed("RowDescription");
        }

        var columns = new QueryColumn[count];
        for (int i = 0; i < count; i++)
        {
            int length = body.IndexOf((byte)0);
            if (length < 0 || body.Length - length - 1 < restSize)
            {
                throw Malformed("RowDescription");
            }

            columns[i] = new QueryColumn(body[..length].ToArray(), BinaryPrimitives.ReadUInt32BigEndian(body[(length + 1 + typeAt)..]));
            body = body[(length + 1 + restSize)..];
        }

        return columns;
    }

    /// <summary>Takes the number of fields off a DataRow.</summary>
    /// <exception cref="PureDumpException">There is none (<see cref="ErrorKind.Protocol"/>).</exception>
    public static int Count(scoped ref ReadOnlySpan<byte> body)
    {
        if (body.Length < 2)
        {
            throw Malformed("DataRow");
        }

        int count = BinaryPrimitives.ReadUInt16BigEndian(body);
        body = body[2..];
        return count;
    }

    /// <summary>Takes one field off a DataRow.</summary>
    /// <param name="body">What is left of it.</param>
    /// <param name="value">The value, undecoded.</param>
    /// <returns>False for NULL.</returns>
    /// <exception cref="PureDumpException">Its length reaches out of the message (<see cref="ErrorKind.Protocol"/>).</exception>
    public static bool Next(scoped ref ReadOnlySpan<byte> body, out ReadOnlySpan<byte> value)
    {
        value = [];
        if (body.Length < 4)
        {
            throw Malformed("DataRow");
        }

        int length = BinaryPrimitives.ReadInt32BigEndian(body);
        body = body[4..];
        if (length == -1)
        {
            return false;
        }

        if (length < 0 || length > body.Length)
        {
            throw Malformed("DataRow");
        }

        value = body[..length];
        body = body[length..];
        return true;
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
