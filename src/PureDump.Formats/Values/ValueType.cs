namespace PureDump.Formats.Values;

/// <summary>A type whose values can become text.</summary>
/// <param name="Name">As it is called in messages.</param>
/// <param name="Kind">Its form.</param>
/// <param name="Parts">The element of an array, the subtype of a range, the range of a multirange, the columns of a composite.</param>
internal sealed record ValueType(string Name, ValueKind Kind, params ValueType[] Parts)
{
    /// <summary>The one part of an array, a range or a multirange.</summary>
    public ValueType Element => Parts[0];

    /// <summary>The values are the text, or nearly: they can be turned into it piece by piece, however long they are.</summary>
    public bool IsStreamed => Kind is ValueKind.Text or ValueKind.VersionedText or ValueKind.Bytes;

    /// <summary>The text never holds what must be escaped or quoted anywhere, and is never empty.</summary>
    public bool IsPlain =>
        Kind
            is ValueKind.Bool
                or ValueKind.Int2
                or ValueKind.Int4
                or ValueKind.Int8
                or ValueKind.UInt4
                or ValueKind.UInt8
                or ValueKind.Float4
                or ValueKind.Float8
                or ValueKind.Numeric
                or ValueKind.Time
                or ValueKind.TimeWithZone
                or ValueKind.Uuid
                or ValueKind.Address
                or ValueKind.HardwareAddress
                or ValueKind.LogPosition;

    /// <summary>The text never holds what COPY escapes.</summary>
    public bool NeedsNoEscape =>
        IsPlain
        || Kind
            is ValueKind.Date
                or ValueKind.Timestamp
                or ValueKind.TimestampWithZone
                or ValueKind.Interval
                or ValueKind.Bits
                or (>= ValueKind.Point and <= ValueKind.Snapshot)
                or ValueKind.Cube;

    /// <summary>What stands between the elements of an array of it: a semicolon for boxes alone (<c>pg_type.typdelim</c>).</summary>
    public byte Delimiter => Kind == ValueKind.Box ? (byte)';' : (byte)',';
}
