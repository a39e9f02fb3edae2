namespace PureDump.Formats.Archive;

/// <summary>How rows lie in a record: formats/pdump.md, section 3.</summary>
internal enum RowLayout : byte
{
    /// <summary>Row after row, as COPY has them.</summary>
    Rows = 0,

    /// <summary>Column after column: section 4.4.</summary>
    Columns = 1,
}
