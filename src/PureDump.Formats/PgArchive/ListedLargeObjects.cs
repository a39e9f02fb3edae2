namespace PureDump.Formats.PgArchive;

/// <summary>The large objects of an entry, by the list of a directory or tar.</summary>
/// <param name="list">Owned.</param>
/// <param name="open">Opens the file of a large object.</param>
internal sealed class ListedLargeObjects(LargeObjectListReader list, Func<uint, string, Stream> open) : LargeObjectReader
{
    private protected override Stream? Next(out uint oid) => list.Read(out oid, out string fileName) ? open(oid, fileName) : null;

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing) => list.Dispose();
}
