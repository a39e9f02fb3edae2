using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Replay;

/// <summary>A row of a result, walked field by field: text in the client encoding.</summary>
internal ref struct ReplayRow
{
    private ReadOnlySpan<byte> _rest;

    internal ReplayRow(ReadOnlySpan<byte> body)
    {
        Count = DataRow.Count(ref body);
        _rest = body;
    }

    /// <summary>A row of texts, as a server would send it.</summary>
    internal static byte[] Encode(params ReadOnlySpan<string> values)
    {
        var body = new ArrayBufferWriter<byte>();
        BinaryPrimitives.WriteInt16BigEndian(body.GetSpan(sizeof(short)), (short)values.Length);
        body.Advance(sizeof(short));
        foreach (string value in values)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(value);
            BinaryPrimitives.WriteInt32BigEndian(body.GetSpan(sizeof(int)), bytes.Length);
            body.Advance(sizeof(int));
            body.Write(bytes);
        }

        return body.WrittenSpan.ToArray();
    }

    /// <summary>How many fields it has.</summary>
    public int Count { get; }

    /// <summary>How long the values are altogether, and a little more.</summary>
    public readonly int Length => _rest.Length;

    /// <summary>Takes the next field.</summary>
    /// <param name="value">Its value.</param>
    /// <returns>False for NULL.</returns>
    /// <exception cref="PureDumpException">The server sent fewer (<see
    /// cref="ErrorKind.Protocol"/>).</exception>
    public bool Next(out ReadOnlySpan<byte> value) => DataRow.Next(ref _rest, out value);
}
