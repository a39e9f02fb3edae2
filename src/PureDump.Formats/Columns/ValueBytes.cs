using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PureDump.Formats.Columns;

/// <summary>Copies values, most of which are short.</summary>
internal static class ValueBytes
{
    /// <summary>Beyond the end of a value so many bytes may be written where there is room.</summary>
    public const int Slack = 2 * SizeOfVector;

    private const int SizeOfVector = 16;

    /// <summary>Copies a value: sixteen bytes at a time, beyond its end where both sides have room.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="start">Where the value begins in them.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="target">Takes it; what stands behind it there may be overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ReadOnlySpan<byte> rows, int start, int length, Span<byte> target)
    {
        if (length > Slack || start + Slack > rows.Length || target.Length < Slack)
        {
            rows.Slice(start, length).CopyTo(target);
            return;
        }

        ref byte from = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), start);
        ref byte to = ref MemoryMarshal.GetReference(target);
        Vector128.LoadUnsafe(ref from).StoreUnsafe(ref to);
        Vector128.LoadUnsafe(ref from, SizeOfVector).StoreUnsafe(ref to, SizeOfVector);
    }
}
