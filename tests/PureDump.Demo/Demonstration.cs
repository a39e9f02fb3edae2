using System.Globalization;
using PureDump.TestSupport;

namespace PureDump.Demo;

/// <summary>
/// Builds the executable, finds a server, and takes each sample through dump, list, verify and restore; then compares
/// what came out with what went in, on the server.
/// </summary>
internal static class Demonstration
{
    /// <summary>Runs it all; true where every table, sequence and large object came back the same.</summary>
    public static bool Run(Narration narration)
    {
        Narration.Chapter("preparations");
        Toolchain.Ensure(narration);
        narration.Step(
            "build",
            "dotnet publish src/PureDump.Cli -c Release",
            Build,
            length => $"{PublishedExecutable.Path}, {Narration.Bytes(length)}");
        using PostgresServer server = narration.Step(
            "server",
            "one given by PG* variables, else one installed, else one from npm, else a container",
            PostgresServer.StartAny,
            started => $"PostgreSQL {started.Major} {started.Origin}");
        DirectoryInfo directory = Directory.CreateTempSubdirectory("puredump-demo-");
        try
        {
            bool isEqual = true;
            foreach (Sample sample in Sample.All)
            {
                Narration.Chapter($"{sample.Name}, {sample.Description}");
                isEqual &= Show(sample, server, directory.FullName, narration);
            }

            Console.WriteLine(isEqual ? "\nall databases came back equal" : "\nNOT all databases came back equal");
            return isEqual;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static long Build()
    {
        PublishedExecutable.Publish();
        return new FileInfo(PublishedExecutable.Path).Length;
    }

    private static bool Show(Sample sample, PostgresServer server, string directory, Narration narration)
    {
        string source = server.CreateDatabase($"puredump_demo_{sample.Name}_{Environment.ProcessId}");
        string target = server.CreateDatabase($"{source}_restored");
        string file = Path.Combine(directory, $"{sample.Name}.pdump");
        var client = new Client(server, narration);
        string[] connection = ["-h", server.Host, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", server.User, "-d"];

        narration.Step(
            "load",
            $"tests/samples into database {source}",
            () => Load(sample, server, source),
            size => $"{Narration.Bytes(size)} on the server");
        client.Run("dump", [.. connection, source, "-j", "2", "-f", file]);
        client.Run("list", file);
        client.Run("verify", file);
        client.Run("restore", [file, .. connection, target, "-j", "2"]);
        return Compare(server, source, target, narration);
    }

    private static long Load(Sample sample, PostgresServer server, string database)
    {
        sample.Load(server, database);
        return long.Parse(server.Scalar(database, "SELECT pg_database_size(current_database())")!, CultureInfo.InvariantCulture);
    }

    private static bool Compare(PostgresServer server, string source, string target, Narration narration)
    {
        TableHashes before = TableHashes.Of(server, source);
        IReadOnlyList<string> differences = narration.Step(
            "compare",
            "row counts and content hashes, taken on the server",
            () => before.Differences(TableHashes.Of(server, target)),
            found =>
                found.Count == 0 ? $"{before.ByObject.Count} of {before.ByObject.Count} objects are equal" : $"{found.Count} objects DIFFER"
        );
        foreach ((string name, string content) in before.ByObject)
        {
            bool isDifferent = differences.Any(line => line.StartsWith(name + ":", StringComparison.Ordinal));
            Narration.Detail($"{(isDifferent ? "DIFFERS" : "equal  ")} {name}: {content}");
        }

        foreach (string difference in differences)
        {
            Narration.Detail(difference);
        }

        return differences.Count == 0;
    }
}
