using PureDump.Formats.Errors;

namespace PureDump.Storage.Local;

/// <summary>Where a path leads when all links on it are followed, as the kernel does (path_resolution(7)).</summary>
/// <remarks>
/// <para>Links on the name of an output are followed by <c>LinkedPath</c>, also to what is not there yet: .NET takes <c>..</c> in a link's
/// target by the name of the link: behind a linked directory, or from a bare name, the file came to stand elsewhere (tests); and whether
/// two names are one file must be known before either is written.</para>
/// <para>A link of another user in a sticky directory that everybody may write to is not followed: the kernel refuses to
/// (fs.protected_symlinks), but does not see links that <c>LinkedPath</c> follows.</para>
/// </remarks>
internal static class LinkedPath
{
    // As many as Linux follows (MAXSYMLINKS).
    private const int LinkCountMax = 40;

    /// <summary>The absolute path of what stands at a path, or would: its last names need not be there, nor what a link points
    /// to.</summary>
    /// <param name="path">Absolute, or seen from the working directory.</param>
    /// <exception cref="PureDumpException">Links lead in a circle, one may be a trap, or leads to a name
    /// that is not UTF-8 (<see cref="ErrorKind.File"/>).</exception>
    public static string Follow(string path)
    {
        // Name by name: behind a link to a directory, ".." is the parent of where it leads.
        var rest = new Stack<string>();
        Push(rest, Path.Combine(Environment.CurrentDirectory, path));
        string reached = "/";
        int linkCount = 0;
        while (rest.TryPop(out string? name))
        {
            if (name == "..")
            {
                reached = Path.GetDirectoryName(reached) ?? "/";
                continue;
            }

            string next = Path.Combine(reached, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                reached = next;
                continue;
            }

            FileName.CheckTarget(next, target);
            if (++linkCount > LinkCountMax)
            {
                throw new PureDumpException(ErrorKind.File, $"could not follow \"{path}\": more than {LinkCountMax} symbolic links");
            }

            if (IsTrap(reached, next))
            {
                throw new PureDumpException(
                    ErrorKind.File,
                    $"could not follow \"{path}\": \"{next}\" is a link of another user, in a directory that everybody may write to");
            }

            reached = Path.IsPathRooted(target) ? "/" : reached;
            Push(rest, target);
        }

        return reached;
    }

    // As the kernel with fs.protected_symlinks, which does not see a link that is followed by hand (proc(5)): anybody may put one into
    // a directory like /tmp, and wait for who writes there.
    private static bool IsTrap(string directory, string link) =>
        FileStatus.At(directory) is { } shared
        && shared.Mode.HasFlag(UnixFileMode.StickyBit | UnixFileMode.OtherWrite)
        && FileStatus.At(link) is { } status
        && status.Owner != FileStatus.User
        && status.Owner != shared.Owner;

    private static void Push(Stack<string> rest, string path)
    {
        foreach (string name in path.Split('/').Where(static name => name is not ("" or ".")).Reverse())
        {
            rest.Push(name);
        }
    }
}
