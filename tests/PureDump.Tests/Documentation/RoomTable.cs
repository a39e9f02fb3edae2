using System.Text.RegularExpressions;
using PureDump.TestSupport;

namespace PureDump.Tests.Documentation;

/// <summary>
/// The rooms of ARCHITECTURE.md: a room is a folder of a project and its namespace, with the subfolders that its row names; it may use the
/// rooms of its project that its row names.
/// </summary>
internal sealed partial class RoomTable
{
    /// <summary>What every namespace of ours begins with.</summary>
    public const string Prefix = "PureDump.";

    /// <summary>The namespace of the library's face.</summary>
    public const string LibraryNamespace = "PureDump";

    /// <summary>Its project, without <see cref="Prefix"/>.</summary>
    public const string Library = "Library";

    private readonly Dictionary<string, string> _roomOfFolder = [];

    private RoomTable(IEnumerable<string> rows)
    {
        foreach (string row in rows)
        {
            string[] cells = row.Split('|', StringSplitOptions.TrimEntries);
            string[] folders = [.. Words(cells[1])];
            string room = folders[0];
            _roomOfFolder.Add(room, room);
            foreach (string folder in folders[1..])
            {
                _roomOfFolder.Add($"{room}/{folder}", room);
            }

            string project = room.Split('/')[0];
            Edges.UnionWith(Words(cells[2]).Select(used => (room, used == project ? used : $"{project}/{used}")));
        }
    }

    /// <summary>Which room may use which.</summary>
    public HashSet<(string User, string Used)> Edges { get; } = [];

    /// <summary>The folders under <c>src</c> that belong to a room, without <c>PureDump.</c>.</summary>
    public IReadOnlyCollection<string> Folders => _roomOfFolder.Keys;

    /// <summary>The table as it stands.</summary>
    public static RoomTable Read() =>
        new(
            Repository.Text("ARCHITECTURE.md")
                .Split('\n')
                .SkipWhile(static line => line != "## The rooms")
                .Skip(1)
                .TakeWhile(static line => !line.StartsWith("## ", StringComparison.Ordinal))
                .Where(static line => line.StartsWith("| `", StringComparison.Ordinal)));

    /// <summary>The room of a namespace; null where it has none. What users of the library name is in the namespace of the
    /// product.</summary>
    public string? RoomOf(string @namespace) =>
        @namespace == LibraryNamespace ? Library
        : @namespace.StartsWith(Prefix, StringComparison.Ordinal)
            ? _roomOfFolder.GetValueOrDefault(@namespace[Prefix.Length..].Replace('.', '/'))
            : null;

    private static IEnumerable<string> Words(string cell) => Word().Matches(cell).Select(static match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Word();
}
