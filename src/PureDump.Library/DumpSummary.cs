namespace PureDump;

/// <summary>What a dump came to.</summary>
/// <param name="EntryCount">Entries in the archive.</param>
/// <param name="RowCount">Rows in it.</param>
/// <param name="RawBytes">Bytes of rows before compression.</param>
/// <param name="Length">Bytes of the archive.</param>
public sealed record DumpSummary(int EntryCount, long RowCount, long RawBytes, long Length);
