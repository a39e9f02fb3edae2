using System.Buffers.Binary;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>The rows of one statement in binary, read as they come. To be read to its end.</summary>
internal sealed class SelectRows(WireConnection connection)
{
    /// <summary>Waits for the next row.</summary>
    /// <param name="fieldCount">How many fields it has.</param>
    /// <param name="fields">Each a length (-1 for NULL) and so many bytes; valid until the next call.</param>
    /// <returns>False where there are no more; the connection is free then.</returns>
    /// <exception cref="PureDumpException">The server reported an error; the connection is usable again. Or a message that
    /// cannot be (<see cref="ErrorKind.Protocol"/>).</exception>
    public bool Read(out int fieldCount, out ReadOnlySpan<byte> fields)
    {
        if (!connection.ReadSelected(out ReadOnlySpan<byte> body))
        {
            fieldCount = 0;
            fields = [];
            return false;
        }

        if (body.Length < 2)
        {
            throw new PureDumpException(ErrorKind.Protocol, $"the server sent a row of {body.Length} bytes");
        }

        fieldCount = BinaryPrimitives.ReadUInt16BigEndian(body);
        fields = body[2..];
        return true;
    }

    /// <summary>Takes a field off the front of a row's fields.</summary>
    /// <param name="fields">What is left of the row.</param>
    /// <param name="value">The field's bytes; empty for NULL.</param>
    /// <returns>False for NULL.</returns>
    /// <exception cref="PureDumpException">A length reaches out of the row (<see cref="ErrorKind.Protocol"/>).</exception>
    public static bool TakeField(scoped ref ReadOnlySpan<byte> fields, out ReadOnlySpan<byte> value)
    {
        int length = fields.Length < 4 ? int.MinValue : BinaryPrimitives.ReadInt32BigEndian(fields);
        if (length < -1 || length > fields.Length - 4)
        {
            throw new PureDumpException(ErrorKind.Protocol, "the server sent a row in which a field reaches over the end");
        }

        value = fields.Slice(4, Math.Max(length, 0));
        fields = fields[(4 + value.Length)..];
        return length >= 0;
    }
}
