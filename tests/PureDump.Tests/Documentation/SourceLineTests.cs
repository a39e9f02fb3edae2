using PureDump.TestSupport;

namespace PureDump.Tests.Documentation;

/// <summary>How the source is laid out.</summary>
public sealed class SourceLineTests
{
    private const int LengthMax = 140;

    [Fact]
    public void No_line_is_longer_than_140_columns()
    {
        string root = Repository.Root;
        IEnumerable<string> tooLong =
            from project in (string[])["src", "tests", "bench"]
            from file in Directory.EnumerateFiles(Path.Combine(root, project), "*.cs", SearchOption.AllDirectories)
            let relative = Path.GetRelativePath(root, file)
            where !relative.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj")
            from line in File.ReadLines(file).Index()
            where line.Item.Length > LengthMax
            select $"{relative}:{line.Index + 1}: {line.Item.Length} columns";
        Assert.Empty(tooLong);
    }
}
