using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Sinks;

/// <summary>
/// The contents of large objects one object after the other, out of pieces that come in order: objects without a piece are
/// empty, and are opened and closed too.
/// </summary>
/// <param name="entry">Whose objects; where it names none, whatever comes is taken.</param>
/// <param name="open">Begins an object.</param>
/// <param name="close">Ends it.</param>
internal sealed class LargeObjectSequence(TocEntry entry, Action<uint> open, Action close)
{
    private readonly Stack<uint> _toCome = new(entry.LargeObjectOids.Reverse());
    private uint _current;

    /// <summary>Makes the object of a piece the open one.</summary>
    /// <exception cref="PureDumpException">It does not belong to the entry, or not there (<see
    /// cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public void Select(LargeObjectPiece piece)
    {
        if (piece.Oid != _current)
        {
            CloseUpTo(piece.Oid);
        }
    }

    /// <summary>Ends the open object, and those that are empty.</summary>
    public void End() => CloseUpTo(null);

    private void CloseUpTo(uint? next)
    {
        Close();
        while (_toCome.TryPop(out uint oid))
        {
            Open(oid);
            if (oid == next)
            {
                return;
            }

            Close();
        }

        if (next is not { } unnamed)
        {
            return;
        }

        if (entry.LargeObjectOids.Count > 0)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"there are contents of the large object {unnamed}, which does not belong to {entry.Label}");
        }

        Open(unnamed);
    }

    private void Open(uint oid)
    {
        _current = oid;
        open(oid);
    }

    private void Close()
    {
        if (_current != 0)
        {
            _current = 0;
            close();
        }
    }
}
