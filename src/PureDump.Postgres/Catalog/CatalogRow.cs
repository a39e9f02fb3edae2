using Npgsql;
using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// The current row of a catalog query, taken column after column in the order of the query's select list. A reader
/// that takes fewer or more columns than there are fails on the first row, so list and reader cannot drift apart.
/// </summary>
internal ref struct CatalogRow(NpgsqlDataReader reader)
{
    private int _next;

    /// <summary>How many columns were taken.</summary>
    public readonly int Taken => _next;

    public string Text() => reader.GetString(_next++);

    public string? TextOrNull() => reader.IsDBNull(_next++) ? null : reader.GetString(_next - 1);

    /// <summary>Two columns: a schema (or what else stands first) and a name; null where one of them is.</summary>
    public (string First, string Second)? PairOrNull()
    {
        string? first = TextOrNull();
        string? second = TextOrNull();
        return first is null || second is null ? null : (first, second);
    }

    public bool Bool() => reader.GetBoolean(_next++);

    public int Int32() => reader.GetInt32(_next++);

    public int? Int32OrNull() => reader.IsDBNull(_next++) ? null : reader.GetInt32(_next - 1);

    public int Int16() => reader.GetInt16(_next++);

    public long Int64() => reader.GetInt64(_next++);

    public float Float() => reader.GetFloat(_next++);

    public Oid Oid() => new(reader.GetFieldValue<uint>(_next++));

    /// <summary>The OID, <see cref="Oid.None"/> for null.</summary>
    public Oid OidOrNone() => reader.IsDBNull(_next++) ? default : new(reader.GetFieldValue<uint>(_next - 1));

    /// <summary>One character out of a <c>"char"</c> or one-letter text column; <c>'\0'</c> for null, empty or NUL.</summary>
    public char Char()
    {
        int at = _next++;
        if (reader.IsDBNull(at))
        {
            return '\0';
        }

        string text = reader.GetString(at);
        return text.Length == 0 ? '\0' : text[0];
    }

    /// <summary>An <c>oid[]</c>; empty for null.</summary>
    public uint[] Oids() => reader.IsDBNull(_next++) ? [] : reader.GetFieldValue<uint[]>(_next - 1);

    /// <summary>An <c>int2[]</c>; empty for null.</summary>
    public short[] Int16s() => reader.IsDBNull(_next++) ? [] : reader.GetFieldValue<short[]>(_next - 1);

    /// <summary>A <c>text[]</c> without null elements; null for null.</summary>
    public string[]? TextsOrNull() => reader.IsDBNull(_next++) ? null : reader.GetFieldValue<string[]>(_next - 1);

    /// <summary>A <c>text[]</c> whose elements may be null; empty for null.</summary>
    public string?[] NullableTexts() => reader.IsDBNull(_next++) ? [] : reader.GetFieldValue<string?[]>(_next - 1);
}

/// <summary>Makes an object of a row.</summary>
internal delegate T RowMap<out T>(ref CatalogRow row);

/// <summary>Takes a row.</summary>
internal delegate void RowVisit(ref CatalogRow row);
