using System.Buffers.Binary;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>The elements of an array of one dimension in binary, one after the other (arrayfuncs.c, array_send).</summary>
internal ref struct BinaryArray
{
    private const int HeaderSize = 12;
    private const int DimensionSize = 8;

    private ReadOnlySpan<byte> _elements;

    /// <summary>An array's bytes.</summary>
    /// <exception cref="PureDumpException">Not an array of one dimension, or a count that cannot be (<see
    /// cref="ErrorKind.Protocol"/>).</exception>
    public BinaryArray(ReadOnlySpan<byte> bytes)
    {
        int dimensionCount = bytes.Length < HeaderSize ? -1 : BinaryPrimitives.ReadInt32BigEndian(bytes);
        _elements = bytes[Math.Min(bytes.Length, HeaderSize)..];
        if (dimensionCount == 1 && _elements.Length >= DimensionSize)
        {
            Count = BinaryPrimitives.ReadInt32BigEndian(_elements);
            _elements = _elements[DimensionSize..];
        }
        else if (dimensionCount != 0)
        {
            throw Malformed();
        }

        // Each takes four bytes at least.
        if (Count < 0 || Count > _elements.Length / 4)
        {
            throw Malformed();
        }
    }

    /// <summary>How many elements it has in all.</summary>
    public int Count { get; }

    /// <summary>The next element. False where it is NULL.</summary>
    public bool TryNext(out ReadOnlySpan<byte> value) => SelectRows.TakeField(ref _elements, out value);

    /// <summary>The next element, which has so many bytes.</summary>
    public ReadOnlySpan<byte> Next(int length) =>
        TryNext(out ReadOnlySpan<byte> value) && value.Length == length ? value : throw Malformed();

    private static PureDumpException Malformed() => new(ErrorKind.Protocol, "the server sent an array that is malformed");
}
