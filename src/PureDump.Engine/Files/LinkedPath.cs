using PureDump.Formats.Errors;

namespace PureDump.Engine.Files;

/// <summary>Where a path leads when all links on it are followed, as the kernel does (path_resolution(7)).</summary>
internal static class LinkedPath
{
    // As many as Linux follows (MAXSYMLINKS).
    private const int LinkCountMax = 40;

    /// <summary>The absolute path of what stands at a path, or would: its last names need not be there, nor what a link points to.</summary>
    /// <param name="path">Absolute, or seen from the working directory.</param>
    /// <exception cref="PureDumpException">Links lead in a circle (<see cref="ErrorKind.File"/>).</exception>
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

            if (++linkCount > LinkCountMax)
            {
                throw new PureDumpException(ErrorKind.File, $"could not follow \"{path}\": more than {LinkCountMax} symbolic links");
            }

            reached = Path.IsPathRooted(target) ? "/" : reached;
            Push(rest, target);
        }

        return reached;
    }

    private static void Push(Stack<string> rest, string path)
    {
        foreach (string name in path.Split('/').Where(static name => name is not ("" or ".")).Reverse())
        {
            rest.Push(name);
        }
    }
}
