namespace PureDump.Formats.Values;

/// <summary>The forms values take in COPY's binary format; each has one way to become text.</summary>
internal enum ValueKind : byte
{
    /// <summary>The text itself: text, varchar, json, xml, the label of an enum.</summary>
    Text,

    /// <summary>A byte 1, which is the version, and text: jsonb, jsonpath, ltree.</summary>
    VersionedText,

    /// <summary>bytea.</summary>
    Bytes,

    /// <summary>"char", the type of one byte.</summary>
    Char,
    Bool,
    Int2,
    Int4,
    Int8,

    /// <summary>oid, xid, cid.</summary>
    UInt4,

    /// <summary>xid8.</summary>
    UInt8,
    Float4,
    Float8,
    Numeric,
    Date,
    Time,
    TimeWithZone,
    Timestamp,
    TimestampWithZone,
    Interval,
    Uuid,

    /// <summary>inet, cidr.</summary>
    Address,

    /// <summary>macaddr, macaddr8.</summary>
    HardwareAddress,

    /// <summary>bit, varbit.</summary>
    Bits,
    Point,
    Segment,
    Box,
    Path,
    Polygon,
    Line,
    Circle,

    /// <summary>pg_lsn.</summary>
    LogPosition,

    /// <summary>tid.</summary>
    RowPosition,

    /// <summary>txid_snapshot, pg_snapshot.</summary>
    Snapshot,
    SearchVector,
    Hstore,
    Cube,
    Array,
    Range,
    Multirange,
    Composite,
}
