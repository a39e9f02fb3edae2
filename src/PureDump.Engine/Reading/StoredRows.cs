namespace PureDump.Engine.Reading;

/// <summary>The rows of one entry in an archive.</summary>
/// <param name="BlockCount">Blocks.</param>
/// <param name="RowCount">Rows.</param>
/// <param name="RawBytes">As read, in bytes.</param>
/// <param name="StoredBytes">As stored, in bytes.</param>
internal readonly record struct StoredRows(long BlockCount, long RowCount, long RawBytes, long StoredBytes)
{
    /// <summary>These and one more block.</summary>
    public StoredRows Plus(int rowCount, int rawLength, int storedLength) =>
        new(BlockCount + 1, RowCount + rowCount, RawBytes + rawLength, StoredBytes + storedLength);
}
