using PureDump.TestSupport;

namespace PureDump.Soak.Interruptions;

/// <summary>A file or directory of the name that -f gives, in a directory where nothing else is.</summary>
internal sealed class OutputTarget : TransferTarget
{
    private const string Before = "what was there before";

    private readonly Surroundings _surroundings;
    private readonly string _parent;
    private readonly bool _isDirectory;
    private readonly bool _isThere;

    /// <summary>A target.</summary>
    /// <param name="surroundings">Where it lies.</param>
    /// <param name="isDirectory">The archive is a directory.</param>
    /// <param name="isThere">There is one of that name already: a file, which stays until another takes its place; an empty
    /// directory.</param>
    public OutputTarget(Surroundings surroundings, bool isDirectory, bool isThere)
    {
        (_surroundings, _isDirectory, _isThere) = (surroundings, isDirectory, isThere);
        _parent = Directory.CreateDirectory(System.IO.Path.Combine(surroundings.Outputs, Guid.NewGuid().ToString("N"))).FullName;
        if (isThere && isDirectory)
        {
            Directory.CreateDirectory(Path);
        }
        else if (isThere)
        {
            File.WriteAllText(Path, Before);
        }
    }

    /// <summary>Its path.</summary>
    public string Path => System.IO.Path.Combine(_parent, "out");

    // Hidden ones too, but for what is in an archive's own directory.
    private IEnumerable<string> Others =>
        Directory.EnumerateFileSystemEntries(_parent)
            .Concat(_isDirectory && Directory.Exists(Path) ? Directory.EnumerateFileSystemEntries(Path, ".*") : [])
            .Where(path => path != Path)
            .Select(path => System.IO.Path.GetRelativePath(_parent, path));

    // As it was before the run.
    private bool IsUntouched =>
        !_isThere ? !System.IO.Path.Exists(Path)
        : _isDirectory ? Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).All(IsHidden)
        : File.Exists(Path) && File.ReadAllText(Path) == Before;

    public override IEnumerable<string> FaultsOfUnfinished(bool isKilled)
    {
        foreach (string other in Others.Where(other => !isKilled || !IsHidden(other)))
        {
            yield return $"left behind: {other}";
        }

        // Who is killed may have been at the very end.
        if (!IsUntouched && !(isKilled && Verified() is null))
        {
            yield return $"looks finished: {Path} ({Verified() ?? "and is whole, but the run says it is not"})";
        }
    }

    public override IEnumerable<string> FaultsOfFinished(bool isCompared)
    {
        foreach (string other in Others)
        {
            yield return $"left behind: {other}";
        }

        if (Verified() is { } damage)
        {
            yield return damage;
        }
        else if (isCompared)
        {
            using var copy = new DatabaseTarget(_surroundings);
            using PureDumpProcess restore = PureDumpProcess.Start(_surroundings.Server, "restore", "-d", copy.Name, Path);
            if (restore.WaitForExit() != 0)
            {
                yield return $"is not restored: {restore.Error}";
            }

            foreach (string difference in copy.FaultsOfFinished(isCompared))
            {
                yield return difference;
            }
        }
    }

    // A directory that is not empty is refused; a file is replaced.
    public override void MakeWay()
    {
        if (_isDirectory && !IsUntouched)
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    public override void Dispose() => Directory.Delete(_parent, recursive: true);

    private static bool IsHidden(string path) => System.IO.Path.GetFileName(path).StartsWith('.');

    private string? Verified()
    {
        using PureDumpProcess verify = PureDumpProcess.Start(["verify", Path]);
        return verify.WaitForExit() == 0 ? null : $"is damaged: {verify.Error}";
    }
}
