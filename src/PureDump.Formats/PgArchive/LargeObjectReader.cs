using System.Diagnostics.CodeAnalysis;

namespace PureDump.Formats.PgArchive;

/// <summary>The large objects of a BLOBS entry, one after the other.</summary>
internal abstract class LargeObjectReader : IDisposable
{
    private Stream? _content;

    /// <summary>Goes to the next large object; what is left of the one before is passed over.</summary>
    /// <param name="oid">Its OID.</param>
    /// <param name="content">Its bytes, good until the next call; empty for an empty object.</param>
    /// <returns>False where there is no other.</returns>
    /// <exception cref="Errors.PureDumpException">The archive is damaged there.</exception>
    public bool Read(out uint oid, [NotNullWhen(true)] out Stream? content)
    {
        _content?.Dispose();
        _content = content = Next(out oid);
        return content is not null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _content?.Dispose();
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The next object, or null; the content of the one before is disposed of.</summary>
    private protected abstract Stream? Next(out uint oid);

    /// <summary>Gives back what the reader holds.</summary>
    protected abstract void Dispose(bool isDisposing);
}
