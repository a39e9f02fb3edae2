using System.Text;

namespace PureDump;

/// <summary>A row out of an archive: the text of each value, as the server would write it with the settings of a dump.</summary>
public sealed class ArchiveRow
{
    private readonly byte[] _bytes;
    private readonly Range?[] _values;
    private readonly Encoding _encoding;

    internal ArchiveRow(byte[] bytes, Range?[] values, Encoding encoding)
    {
        _bytes = bytes;
        _values = values;
        _encoding = encoding;
    }

    /// <summary>How many values it has: as many as the entry has columns.</summary>
    public int Count => _values.Length;

    /// <summary>A value as text; null for NULL. Of a dump in another encoding than UTF-8 a byte is a
    /// character of its own: there <see cref="GetBytes"/> gives what can be decoded.</summary>
    /// <param name="index">From 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    public string? GetText(int index) => _values[index] is { } range ? _encoding.GetString(_bytes.AsSpan(range)) : null;

    /// <summary>A value as the bytes of its text, in the encoding of the dump; null for NULL.</summary>
    /// <param name="index">From 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    public ReadOnlyMemory<byte>? GetBytes(int index) => _values[index] is { } range ? _bytes.AsMemory(range) : null;
}
