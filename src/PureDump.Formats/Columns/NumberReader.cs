using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PureDump.Formats.Columns;

/// <summary>Reads values of one width as signed integers.</summary>
internal static class NumberReader
{
    /// <summary>Whether values of that many bytes are taken for integers.</summary>
    public static bool IsWidth(int width) => width is 1 or 2 or 4 or 8;

    /// <summary>Reads all values of a column.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="starts">Where its values begin in them, as <see cref="ColumnRows"/> found them.</param>
    /// <param name="width">The length of every one of them: 1, 2, 4 or 8.</param>
    /// <param name="numbers">At least as many as there are values.</param>
    public static void Read(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, int width, Span<ulong> numbers)
    {
        numbers = numbers[..starts.Length];
        ref byte origin = ref MemoryMarshal.GetReference(rows);
        switch (width)
        {
            case 1:
                Read<sbyte>(ref origin, starts, numbers);
                break;
            case 2:
                Read<short>(ref origin, starts, numbers);
                break;
            case 4:
                Read<int>(ref origin, starts, numbers);
                break;
            default:
                Read<long>(ref origin, starts, numbers);
                break;
        }
    }

    private static void Read<T>(ref byte origin, ReadOnlySpan<int> starts, Span<ulong> numbers)
        where T : unmanaged
    {
        for (int i = 0; i < starts.Length && i < numbers.Length; i++)
        {
            numbers[i] = (ulong)ReadBigEndian<T>(ref Unsafe.Add(ref origin, starts[i]));
        }
    }

    // Each instance is compiled for its type: one load and one swap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long ReadBigEndian<T>(ref byte source)
        where T : unmanaged => Unsafe.SizeOf<T>() switch
        {
            1 => (sbyte)source,
            2 => BinaryPrimitives.ReadInt16BigEndian(MemoryMarshal.CreateReadOnlySpan(ref source, sizeof(short))),
            4 => BinaryPrimitives.ReadInt32BigEndian(MemoryMarshal.CreateReadOnlySpan(ref source, sizeof(int))),
            _ => BinaryPrimitives.ReadInt64BigEndian(MemoryMarshal.CreateReadOnlySpan(ref source, sizeof(long))),
        };
}
