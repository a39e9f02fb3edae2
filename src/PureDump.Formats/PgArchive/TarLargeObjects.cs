using PureDump.Formats.Codec;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;

namespace PureDump.Formats.PgArchive;

/// <summary>The large objects of an entry as they go by in a tar: their members, and then the list that ends them.</summary>
/// <param name="members">The next is the first of them.</param>
/// <param name="listName">Of the list.</param>
/// <param name="name">For messages: whose objects.</param>
internal sealed class TarLargeObjects(TarMembers members, string listName, string name) : LargeObjectReader
{
    private bool _isAtEnd;

    /// <summary>Passes over what was not read.</summary>
    public void Drain()
    {
        while (Next(out _) is not null)
        {
            // Going to the next passes over the one before.
        }
    }

    private protected override Stream? Next(out uint oid)
    {
        oid = 0;
        if (_isAtEnd)
        {
            return null;
        }

        TarHeader member =
            members.Take()
            ?? throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"the archive is truncated: {listName}, which ends {name}, is missing");
        oid = ArchiveFileNames.LargeObjectOf(member.Name);
        if (oid != 0)
        {
            return new DecompressedStream(members.Content, StreamMethod.None, isZlib: false, $"large object {oid} of {name}");
        }

        _isAtEnd = member.Name == listName;
        return _isAtEnd
            ? null
            : throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{name} ends with the member {SqlText.OneLine(member.Name)}, it should end with {listName}");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        // The members belong to the archive.
    }
}
