namespace PureDump.Formats.Columns;

/// <summary>How the values of a column are written: formats/pdump.md, section 4.4.</summary>
internal enum ColumnEncoding : byte
{
    /// <summary>Lengths, then the values one behind the other.</summary>
    Bytes = 0,

    /// <summary>Big-endian integers of 1, 2, 4 or 8 bytes.</summary>
    Numbers = 1,

    /// <summary>The server's numeric with one display scale, as scaled integers.</summary>
    Decimals = 2,

    /// <summary>At most 256 different values, and which of them each row has.</summary>
    Dictionary = 3,

    /// <summary>Values of one width, byte by byte.</summary>
    Planes = 4,

    /// <summary>Integers as the differences to those of an earlier column.</summary>
    Difference = 5,

    /// <summary>Text in which single bytes stand for the words that it is made of.</summary>
    Symbols = 6,
}

/// <summary>Which rows have a value: formats/pdump.md, section 4.4.</summary>
internal enum ColumnNulls : byte
{
    None = 0,
    All = 1,
    Bitmap = 2,
}

/// <summary>Where the bytes of an area stand: formats/pdump.md, section 4.4.</summary>
internal enum AreaPlace : byte
{
    Coded = 0,
    Plain = 1,
    Nibbles = 2,
}

/// <summary>The numbers of formats/pdump.md, section 4.4.</summary>
internal static class ColumnLimits
{
    public const int HeaderSize = 8;
    public const int WordCountMax = 256;
    public const int PlaneWidthMax = 32;
    public const int PackedBitsMax = 56;
    public const int AlphabetSize = 16;
    public const int SymbolCountMax = 4096;
    public const int SymbolLengthMax = 16;
}
