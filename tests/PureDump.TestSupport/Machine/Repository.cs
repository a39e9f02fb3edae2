namespace PureDump.TestSupport;

/// <summary>Where the checkout that these tests were built from lies.</summary>
public static class Repository
{
    /// <summary>The directory of PureDump.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path under the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The text of a file under the root.</summary>
    public static string Text(params string[] parts) => File.ReadAllText(PathOf(parts));

    private static string FindRoot()
    {
        for (var directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(Path.Combine(directory, "PureDump.sln")))
            {
                return directory;
            }
        }

        throw new InvalidOperationException($"no PureDump.sln above {AppContext.BaseDirectory}: run the tests from a checkout");
    }
}
