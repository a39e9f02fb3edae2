namespace PureDump.Storage.Local;

/// <summary>
/// A file that is written beside its target under a name nobody can foresee, for its owner alone, until it is whole. What runs that were
/// killed left of the same target goes when the next one begins.
/// </summary>
internal sealed class StagedFile : IDisposable, IStagedOutput
{
    /// <summary>Makes it.</summary>
    /// <param name="target">The path it is to get; its directory is there.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public StagedFile(string target)
    {
        (string directory, string name) = (System.IO.Path.GetDirectoryName(target) ?? "/", System.IO.Path.GetFileName(target));
        LeftOutputs.Remove(directory, name);
        do
        {
            Path = System.IO.Path.Combine(directory, StagedName.Of(name));
            Stream = FileLock.Make(Path)!;
        }
        while (Stream is null);
        StagedOutputs.Add(this);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Where to write. As long as it is open no other run takes the file for a left one.</summary>
    public FileStream Stream { get; }

    /// <summary>Gives it its name, in place of what has it.</summary>
    public void MoveTo(string path)
    {
        StagedOutputs.Complete(this, () => File.Move(Path, path, overwrite: true));
        Stream.Dispose();
    }

    /// <summary>Gives it its name, where that can be. The stream stays open.</summary>
    /// <param name="path">The name.</param>
    /// <param name="move">Moves from the first path to the second one; false where it may not.</param>
    public bool TryMoveTo(string path, Func<string, string, bool> move)
    {
        bool isMoved = false;
        StagedOutputs.Complete(this, () => isMoved = move(Path, path));
        if (!isMoved)
        {
            Remove();
        }

        return isMoved;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        StagedOutputs.Discard(this);
        Stream.Dispose();
    }

    /// <inheritdoc/>
    public void Remove() => File.Delete(Path);
}
