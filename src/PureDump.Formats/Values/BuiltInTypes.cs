using System.Collections.Frozen;

namespace PureDump.Formats.Values;

/// <summary>The server's own types that travel in binary, and those of extensions, by their names in <c>pg_type</c>.</summary>
internal static class BuiltInTypes
{
    // Not among them: money, whose text depends on lc_monetary, which no dump tells.
    private static readonly FrozenDictionary<string, ValueType> s_base = Of(
        (ValueKind.Text, "text varchar bpchar name json xml refcursor"),
        (ValueKind.VersionedText, "jsonb jsonpath"),
        (ValueKind.Bytes, "bytea"),
        (ValueKind.Char, "char"),
        (ValueKind.Bool, "bool"),
        (ValueKind.Int2, "int2"),
        (ValueKind.Int4, "int4"),
        (ValueKind.Int8, "int8"),
        (ValueKind.UInt4, "oid xid cid"),
        (ValueKind.UInt8, "xid8"),
        (ValueKind.Float4, "float4"),
        (ValueKind.Float8, "float8"),
        (ValueKind.Numeric, "numeric"),
        (ValueKind.Date, "date"),
        (ValueKind.Time, "time"),
        (ValueKind.TimeWithZone, "timetz"),
        (ValueKind.Timestamp, "timestamp"),
        (ValueKind.TimestampWithZone, "timestamptz"),
        (ValueKind.Interval, "interval"),
        (ValueKind.Uuid, "uuid"),
        (ValueKind.Address, "inet cidr"),
        (ValueKind.HardwareAddress, "macaddr macaddr8"),
        (ValueKind.Bits, "bit varbit"),
        (ValueKind.Point, "point"),
        (ValueKind.Segment, "lseg"),
        (ValueKind.Box, "box"),
        (ValueKind.Path, "path"),
        (ValueKind.Polygon, "polygon"),
        (ValueKind.Line, "line"),
        (ValueKind.Circle, "circle"),
        (ValueKind.LogPosition, "pg_lsn"),
        (ValueKind.RowPosition, "tid"),
        (ValueKind.Snapshot, "txid_snapshot pg_snapshot"),
        (ValueKind.SearchVector, "tsvector"));

    private static readonly FrozenDictionary<string, ValueType> s_ranges = RangesOf(
        ("int4range", "int4multirange", "int4"),
        ("int8range", "int8multirange", "int8"),
        ("numrange", "nummultirange", "numeric"),
        ("daterange", "datemultirange", "date"),
        ("tsrange", "tsmultirange", "timestamp"),
        ("tstzrange", "tstzmultirange", "timestamptz"));

    // information_schema.sql: domains that come with every database.
    private static readonly FrozenDictionary<string, ValueType> s_informationSchema = new Dictionary<string, ValueType>
    {
        ["cardinal_number"] = s_base["int4"],
        ["character_data"] = s_base["varchar"],
        ["sql_identifier"] = s_base["name"],
        ["time_stamp"] = s_base["timestamptz"],
        ["yes_or_no"] = s_base["varchar"],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<(string Extension, string Type), ValueType> s_extensions = new Dictionary<
        (string, string),
        ValueType
    >
    {
        [("citext", "citext")] = new("citext", ValueKind.Text),
        [("cube", "cube")] = new("cube", ValueKind.Cube),
        [("hstore", "hstore")] = new("hstore", ValueKind.Hstore),
        [("ltree", "lquery")] = new("lquery", ValueKind.VersionedText),
        [("ltree", "ltree")] = new("ltree", ValueKind.VersionedText),
        [("ltree", "ltxtquery")] = new("ltxtquery", ValueKind.VersionedText),
    }.ToFrozenDictionary();

    /// <summary>A type of pg_catalog or information_schema, or null.</summary>
    public static ValueType? Find(string? schema, string name) => schema switch
    {
        null => s_base.GetValueOrDefault(name) ?? s_ranges.GetValueOrDefault(name),
        "information_schema" => s_informationSchema.GetValueOrDefault(name),
        _ => null,
    };

    /// <summary>A type of one of the extensions, or null.</summary>
    public static ValueType? FindOfExtension(IEnumerable<string> extensions, string name)
    {
        foreach (string extension in extensions)
        {
            if (s_extensions.TryGetValue((extension, name), out ValueType? type))
            {
                return type;
            }
        }

        return null;
    }

    private static FrozenDictionary<string, ValueType> Of(params ReadOnlySpan<(ValueKind Kind, string Names)> kinds)
    {
        var result = new Dictionary<string, ValueType>();
        foreach ((ValueKind kind, string names) in kinds)
        {
            foreach (string name in names.Split(' '))
            {
                result.Add(name, new ValueType(name, kind));
            }
        }

        return result.ToFrozenDictionary();
    }

    private static FrozenDictionary<string, ValueType> RangesOf(
        params ReadOnlySpan<(string Range, string Multirange, string Subtype)> names)
    {
        var result = new Dictionary<string, ValueType>();
        foreach ((string name, string multirange, string subtype) in names)
        {
            var range = new ValueType(name, ValueKind.Range, s_base[subtype]);
            result.Add(name, range);
            result.Add(multirange, new ValueType(multirange, ValueKind.Multirange, range));
        }

        return result.ToFrozenDictionary();
    }
}
