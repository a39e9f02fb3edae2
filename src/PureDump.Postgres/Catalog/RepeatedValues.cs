using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// Gives the same string or array again for bytes it has seen lately: in a large catalog most texts and vectors are one of a
/// few (type names, owners, operator classes), and all of them stay in memory.
/// </summary>
internal sealed class RepeatedValues
{
    private const int SlotCount = 1024;
    private const int LengthMax = 48;

    private readonly string?[] _texts = new string?[SlotCount];
    private readonly (byte[] Bytes, Array Values)?[] _arrays = new (byte[], Array)?[SlotCount];

    /// <summary>The text of bytes in an encoding that keeps ASCII.</summary>
    public string Text(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        if (bytes.IsEmpty)
        {
            return "";
        }

        if (bytes.Length > LengthMax)
        {
            return encoding.GetString(bytes);
        }

        ref string? slot = ref _texts[SlotOf(bytes)];
        // Only equal where all of it is ASCII.
        if (slot is null || !Ascii.Equals(bytes, slot))
        {
            slot = encoding.GetString(bytes);
        }

        return slot;
    }

    /// <summary>The array that was made of the same bytes before.</summary>
    public bool TryGetArray<T>(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out T[]? values)
    {
        values =
            bytes.Length <= LengthMax && _arrays[SlotOf(bytes)] is { } slot && bytes.SequenceEqual(slot.Bytes) ? slot.Values as T[] : null;
        return values is not null;
    }

    /// <summary>Keeps an array for <see cref="TryGetArray"/>.</summary>
    public void Keep(ReadOnlySpan<byte> bytes, Array values)
    {
        if (bytes.Length <= LengthMax)
        {
            _arrays[SlotOf(bytes)] = (bytes.ToArray(), values);
        }
    }

    private static int SlotOf(ReadOnlySpan<byte> bytes)
    {
        uint hash = (uint)bytes.Length;
        foreach (byte b in bytes)
        {
            hash = (hash ^ b) * 16777619;
        }

        return (int)((hash ^ (hash >> 15)) % SlotCount);
    }
}
