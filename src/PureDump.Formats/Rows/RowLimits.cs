namespace PureDump.Formats.Rows;

/// <summary>How much rows may be wherever they come from: formats/pdump.md, section 7.</summary>
internal static class RowLimits
{
    /// <summary>Columns of a table: a server has no more (MaxTupleAttributeNumber).</summary>
    public const int ColumnCountMax = 1664;

    /// <summary>Bytes of a large object in one row.</summary>
    public const int LargeObjectPieceMax = 1 << 18;
}
