using System.Buffers.Binary;
using PureDump.Formats.Rows;

namespace PureDump.Formats.Columns;

/// <summary>
/// The two parts of a column image while they are written: <see cref="Coded"/> goes through the codec, <see cref="Plain"/> does not.
/// </summary>
internal sealed class ImageOutput
{
    // No encoding takes more than the rows do but for what stands once in a column: the descriptions of its series and areas. Words that
    // stand for text save more than they take, but are there before.
    private const int Capacity = RowBlock.Capacity + RowLimits.ColumnCountMax * 64
        + ColumnLimits.SymbolCountMax * (ColumnLimits.SymbolLengthMax + 1) + 256 + Slack;

    // Copies and packed numbers are written in words and may reach beyond their end.
    public const int Slack = 64;

    private readonly byte[] _coded = GC.AllocateUninitializedArray<byte>(Capacity);
    private readonly byte[] _plain = GC.AllocateUninitializedArray<byte>(Capacity);
    private int _codedLength;
    private int _plainLength;

    public ReadOnlySpan<byte> Coded => _coded.AsSpan(0, _codedLength);

    public ReadOnlySpan<byte> Plain => _plain.AsSpan(0, _plainLength);

    public void Clear()
    {
        _codedLength = 0;
        _plainLength = 0;
    }

    /// <summary>Room for bytes at the end of a part; <see cref="Slack"/> more may be written, which do not count.</summary>
    public Span<byte> Take(bool isPlain, int count)
    {
        byte[] part = isPlain ? _plain : _coded;
        int start = isPlain ? _plainLength : _codedLength;
        Span<byte> room = part.AsSpan(start, count + Slack);
        if (isPlain)
        {
            _plainLength += count;
        }
        else
        {
            _codedLength += count;
        }

        return room;
    }

    /// <summary>Room at the end of a part that does not count yet.</summary>
    public Span<byte> Peek(bool isPlain, int count) =>
        isPlain ? _plain.AsSpan(_plainLength, count) : _coded.AsSpan(_codedLength, count);

    public void Write(byte value)
    {
        _coded[_codedLength++] = value;
    }

    public void Write(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_coded.AsSpan(_codedLength), value);
        _codedLength += sizeof(ushort);
    }

    public void Write(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_coded.AsSpan(_codedLength), value);
        _codedLength += sizeof(uint);
    }

    public void Write(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_coded.AsSpan(_codedLength), value);
        _codedLength += sizeof(ulong);
    }
}
