using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using PureDump.TestSupport;
using Architecture = ArchUnitNET.Domain.Architecture;
using Assembly = System.Reflection.Assembly;

namespace PureDump.Tests.Documentation;

/// <summary>
/// That the source keeps to the rooms of ARCHITECTURE.md. Which room uses which is read out of the compiled assemblies, and out of what
/// stands behind <c>using</c> in the source: a constant leaves no trace in an assembly.
/// </summary>
public sealed partial class RoomTests
{
    private static readonly string s_source = Repository.PathOf("src");

    private static readonly Lazy<Architecture> s_compiled = new(static () => new ArchLoader().LoadAssemblies([.. Assemblies()]).Build());

    private static readonly RoomTable s_table = RoomTable.Read();

    private static readonly Lazy<Dictionary<string, string>> s_publicElsewhere = new(static () =>
    (
        from file in SourceFiles()
        let folder = FolderOf(file)
        where folder != RoomTable.Prefix + RoomTable.Library && PublicType().IsMatch(File.ReadAllText(Path.Combine(s_source, file)))
        select ($"{RoomTable.LibraryNamespace}.{Path.GetFileNameWithoutExtension(file)}", s_table.RoomOf(folder.Replace('/', '.'))!)
    ).ToDictionary());

    [Fact]
    public void A_namespace_is_its_folder_and_that_of_what_is_public_the_name_of_the_product()
    {
        IEnumerable<string> elsewhere =
            from file in SourceFiles()
            let folder = FolderOf(file).Replace('/', '.')
            let text = File.ReadAllText(Path.Combine(s_source, file))
            let isFace = folder == RoomTable.Prefix + RoomTable.Library || PublicType().IsMatch(text)
            let due = isFace ? RoomTable.LibraryNamespace : folder
            let stated = Namespace().Match(text).Groups[1].Value
            where stated != due
            select $"{file}: namespace {stated}";
        AssertNone(elsewhere);
    }

    [Fact]
    public void Every_folder_of_the_source_has_a_room_and_every_room_a_folder() =>
        Assert.Equal(
            s_table.Folders.Select(static folder => RoomTable.Prefix + folder).Order(StringComparer.Ordinal),
            SourceFiles().Select(FolderOf).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void A_room_uses_those_that_its_row_names_and_no_others()
    {
        Dictionary<(string User, string Used), string> uses = [];
        foreach ((string user, string used, string example) in CompiledUses().Concat(StatedUses()))
        {
            uses.TryAdd((user, used), example);
        }

        AssertNone(
            [
                .. uses.Where(static use => !s_table.Edges.Contains(use.Key))
                    .Select(static use => $"{use.Key.User} may not use {use.Key.Used}: {use.Value}"),
                .. s_table.Edges.Except(uses.Keys).Select(static edge => $"{edge.User} does not use {edge.Used} any more"),
            ]);
    }

    [Fact]
    public void No_two_rooms_use_each_other_by_however_many_in_between()
    {
        // What uses nothing that is left goes, again and again; only circles stay, and what leads to them.
        (string User, string Used)[] left = [.. s_table.Edges];
        int before;
        do
        {
            before = left.Length;
            left = [.. left.Where(edge => left.Any(other => other.User == edge.Used))];
        }
        while (left.Length < before);

        AssertNone(left.Select(static edge => $"{edge.User} uses {edge.Used}, on a way that leads to a circle"));
    }

    [Fact]
    public void No_two_types_have_one_name() =>
        AssertNone(
            s_compiled.Value.Types
                .Where(static type => OwnNamespaceOf(type) is not null && !type.FullName.Contains('+', StringComparison.Ordinal))
                .GroupBy(static type => type.FullName[(type.FullName.LastIndexOf('.') + 1)..].Split('`')[0])
                .Where(static types => types.Count() > 1)
                .Select(static types => string.Join(", ", types.Select(static type => type.FullName))));

    // A type in another, written there or made by the compiler, belongs to the room of the outermost.
    private static IEnumerable<(string User, string Used, string Example)> CompiledUses() =>
        from type in s_compiled.Value.Types
        let user = RoomOf(type)
        where user is not null
        from target in type.Dependencies.Select(static dependency => dependency.Target).Distinct()
        let used = RoomOf(target)
        where IsEdge(user, used)
        select (user, used, $"{type.FullName} uses {target.FullName}");

    private static IEnumerable<(string User, string Used, string Example)> StatedUses() =>
        from file in SourceFiles()
        let user = s_table.RoomOf(FolderOf(file).Replace('/', '.'))
        from stated in Using().Matches(File.ReadAllText(Path.Combine(s_source, file)))
        let used = s_table.RoomOf(stated.Groups[1].Value)
        where IsEdge(user, used)
        select (user, used, $"{file} has using {stated.Groups[1].Value}");

    // Inside a project: what one may use of another, the compiler knows.
    private static bool IsEdge(string? user, string? used) =>
        user is not null && used is not null && user != used && user.Split('/')[0] == used.Split('/')[0];

    // What users of the library name has its namespace wherever it lies: there the folder of its file is asked.
    private static string? RoomOf(IType type) =>
        OwnNamespaceOf(type) is not { } name ? null
        : name == RoomTable.LibraryNamespace && s_publicElsewhere.Value.TryGetValue(OutermostOf(type), out string? room) ? room
        : s_table.RoomOf(name);

    private static string? OwnNamespaceOf(IType type)
    {
        string outermost = OutermostOf(type);
        int end = outermost.Split('`')[0].LastIndexOf('.');
        return end > 0 && outermost[..end] == RoomTable.LibraryNamespace ? RoomTable.LibraryNamespace
            : end > 0 && outermost.StartsWith(RoomTable.Prefix, StringComparison.Ordinal) ? outermost[..end] : null;
    }

    private static string OutermostOf(IType type) => type.FullName.Split('+')[0];

    private static IEnumerable<Assembly> Assemblies() =>
        from path in Directory.GetDirectories(s_source)
        let project = Path.GetFileName(path)
        select Assembly.Load(project == "PureDump.Cli" ? "puredump" : project);

    private static void AssertNone(IEnumerable<string> faults)
    {
        string[] all = [.. faults];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    private static string FolderOf(string file) => Path.GetDirectoryName(file)!.Replace('\\', '/');

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(s_source, "*.cs", SearchOption.AllDirectories)
            .Select(static path => Path.GetRelativePath(s_source, path))
            .Where(static path => !path.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"));

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^public ", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
