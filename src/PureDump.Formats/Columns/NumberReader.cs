using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PureDump.Formats.Columns;

/// <summary>Reads values of one width as signed integers, and the lengths before them on the way.</summary>
internal static class NumberReader
{
    /// <summary>Whether values of that many bytes are taken for integers.</summary>
    public static bool IsWidth(int width) => width is 1 or 2 or 4 or 8;

    /// <summary>Reads all values of a column.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="starts">Where its values begin in them, as <see cref="ColumnRows"/> found them.</param>
    /// <param name="width">1, 2, 4 or 8.</param>
    /// <param name="numbers">At least as many as there are values.</param>
    /// <returns>False where a value has another length.</returns>
    public static bool TryRead(ReadOnlySpan<byte> rows, ReadOnlySpan<int> starts, int width, Span<ulong> numbers)
    {
        numbers = numbers[..starts.Length];
        return width switch
        {
            1 => TryRead<sbyte>(ref MemoryMarshal.GetReference(rows), starts, numbers),
            2 => TryRead<short>(ref MemoryMarshal.GetReference(rows), starts, numbers),
            4 => TryRead<int>(ref MemoryMarshal.GetReference(rows), starts, numbers),
            _ => TryRead<long>(ref MemoryMarshal.GetReference(rows), starts, numbers),
        };
    }

    // The length is looked at before the value: behind a shorter one the rows may end.
    private static bool TryRead<T>(ref byte origin, ReadOnlySpan<int> starts, Span<ulong> numbers)
        where T : unmanaged
    {
        for (int i = 0; i < starts.Length && i < numbers.Length; i++)
        {
            ref byte value = ref Unsafe.Add(ref origin, starts[i]);
            if (ReadBigEndian<int>(ref Unsafe.Subtract(ref value, sizeof(int))) != Unsafe.SizeOf<T>())
            {
                return false;
            }

            numbers[i] = (ulong)ReadBigEndian<T>(ref value);
        }

        return true;
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
