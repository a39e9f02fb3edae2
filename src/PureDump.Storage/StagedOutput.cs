using PureDump.Formats.Bytes;
using PureDump.Formats.Errors;

namespace PureDump.Storage;

/// <summary>Something that is written front to back and appears under its name when it is whole. Disposed of before that, it never
/// does.</summary>
internal abstract class StagedOutput : IDisposable
{
    /// <summary>Where to write, by one thread at a time.</summary>
    public abstract Stream Stream { get; }

    /// <summary>Makes what was written last and gives it its name.</summary>
    /// <param name="check">Reads back what is cheap to read back, and throws where it is not whole; disposes of what it reads.</param>
    /// <exception cref="PureDumpException">It is not whole, or cannot be stored; nothing has the name then but what had it
    /// before.</exception>
    public abstract void Commit(Action<IRangeReader> check);

    /// <summary>For <see cref="Commit"/>, where nothing is to be read back.</summary>
    public static void Unchecked(IRangeReader written) => written.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes what was written, where it has not got its name.</summary>
    protected abstract void Dispose(bool disposing);
}
