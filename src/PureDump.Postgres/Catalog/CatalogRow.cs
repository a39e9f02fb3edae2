using System.Buffers.Binary;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Wire;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// The current row of a catalog query, taken column after column in the order of the query's select list. A reader
/// that takes fewer or more columns than there are fails on the first row, so list and reader cannot drift apart.
/// </summary>
internal ref struct CatalogRow
{
    private readonly RepeatedValues _repeated;
    private readonly Encoding _encoding;
    private ReadOnlySpan<byte> _fields;
    private int _next;

    /// <summary>A row in binary.</summary>
    /// <param name="fields">As <see cref="SelectRows.Read"/> gives them.</param>
    /// <param name="encoding">Of its texts.</param>
    /// <param name="repeated">What earlier rows held.</param>
    public CatalogRow(ReadOnlySpan<byte> fields, Encoding encoding, RepeatedValues repeated)
    {
        _fields = fields;
        _encoding = encoding;
        _repeated = repeated;
    }

    /// <summary>How many columns were taken.</summary>
    public readonly int Taken => _next;

    public string Text() => TextOrNull() ?? throw IsNull();

    public string? TextOrNull()
    {
        _next++;
        return SelectRows.TakeField(ref _fields, out ReadOnlySpan<byte> value) ? _repeated.Text(value, _encoding) : null;
    }

    /// <summary>Two columns: a schema (or what else stands first) and a name; null where one of them is.</summary>
    public (string First, string Second)? PairOrNull()
    {
        string? first = TextOrNull();
        string? second = TextOrNull();
        return first is null || second is null ? null : (first, second);
    }

    public bool Bool() => Field(1)[0] != 0;

    public int Int32() => Int32OrNull() ?? throw IsNull();

    public int? Int32OrNull()
    {
        ReadOnlySpan<byte> value = FieldOrNull(4);
        return value.IsEmpty ? null : BinaryPrimitives.ReadInt32BigEndian(value);
    }

    public int Int16() => BinaryPrimitives.ReadInt16BigEndian(Field(2));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Field(8));

    public float Float() => BinaryPrimitives.ReadSingleBigEndian(Field(4));

    public Oid Oid() => new(BinaryPrimitives.ReadUInt32BigEndian(Field(4)));

    /// <summary>The OID, <see cref="Oid.None"/> for null.</summary>
    public Oid OidOrNone()
    {
        ReadOnlySpan<byte> value = FieldOrNull(4);
        return value.IsEmpty ? default : new(BinaryPrimitives.ReadUInt32BigEndian(value));
    }

    /// <summary>One character out of a <c>"char"</c> or one-letter text column; <c>'\0'</c> for null, empty or NUL.</summary>
    public char Char()
    {
        _next++;
        return SelectRows.TakeField(ref _fields, out ReadOnlySpan<byte> value) && !value.IsEmpty ? (char)value[0] : '\0';
    }

    /// <summary>An <c>oid[]</c>; empty for null.</summary>
    public uint[] Oids() => Vector(static (ref BinaryArray array) => BinaryPrimitives.ReadUInt32BigEndian(array.Next(4)));

    /// <summary>An <c>int2[]</c>; empty for null.</summary>
    public short[] Int16s() => Vector(static (ref BinaryArray array) => BinaryPrimitives.ReadInt16BigEndian(array.Next(2)));

    /// <summary>A <c>text[]</c> without null elements; null for null.</summary>
    public string[]? TextsOrNull() => NullableTextsOrNull()?.Select(static text => text ?? throw IsNull()).ToArray();

    /// <summary>
    /// The <c>name=value</c> options of a relation, column or tablespace, without the server's own: those that begin with <c>pg_</c>, which
    /// no statement may set. (PostgreSQL 15.20 and its siblings keep <c>pg_attver</c> with every column, and pg_dump of those
    /// releases passes over it.) Empty for null.
    /// </summary>
    public string[] Options()
    {
        _next++;
        if (!SelectRows.TakeField(ref _fields, out ReadOnlySpan<byte> value))
        {
            return [];
        }

        var array = new BinaryArray(value);
        List<string>? found = null;
        for (int i = 0; i < array.Count; i++)
        {
            // Not kept with what repeats: a number of each column never comes again.
            if (array.TryNext(out ReadOnlySpan<byte> option) && !option.StartsWith("pg_"u8))
            {
                (found ??= []).Add(_repeated.Text(option, _encoding));
            }
        }

        return found is null ? [] : [.. found];
    }

    /// <summary>A <c>text[]</c> whose elements may be null; empty for null.</summary>
    public string?[] NullableTexts() => NullableTextsOrNull() ?? [];

    private string?[]? NullableTextsOrNull()
    {
        _next++;
        if (!SelectRows.TakeField(ref _fields, out ReadOnlySpan<byte> value))
        {
            return null;
        }

        var array = new BinaryArray(value);
        var texts = new string?[array.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = array.TryNext(out ReadOnlySpan<byte> text) ? _repeated.Text(text, _encoding) : null;
        }

        return texts;
    }

    private T[] Vector<T>(ElementReader<T> read)
    {
        _next++;
        if (!SelectRows.TakeField(ref _fields, out ReadOnlySpan<byte> value))
        {
            return [];
        }

        if (_repeated.TryGetArray(value, out T[]? known))
        {
            return known;
        }

        var array = new BinaryArray(value);
        var elements = new T[array.Count];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = read(ref array);
        }

        _repeated.Keep(value, elements);
        return elements;
    }

    private ReadOnlySpan<byte> Field(int length)
    {
        ReadOnlySpan<byte> value = FieldOrNull(length);
        return value.IsEmpty ? throw IsNull() : value;
    }

    // Empty for NULL.
    private ReadOnlySpan<byte> FieldOrNull(int length)
    {
        _next++;
        bool isThere = SelectRows.TakeField(ref _fields, out ReadOnlySpan<byte> value);
        return isThere && value.Length != length
            ? throw new PureDumpException(
                ErrorKind.Protocol,
                $"column {_next} of a catalog query has {value.Length} bytes in place of {length}")
            : value;
    }

    private static PureDumpException IsNull() =>
        new(
            ErrorKind.Catalog,
            "the catalog gives no value where there must be one",
            "an object was dropped while the catalog was read; run the dump again");

    private delegate T ElementReader<out T>(ref BinaryArray array);
}

/// <summary>Makes an object of a row.</summary>
internal delegate T RowMap<out T>(ref CatalogRow row);

/// <summary>Takes a row.</summary>
internal delegate void RowVisit(ref CatalogRow row);
