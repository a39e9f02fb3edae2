using System.Globalization;
using PureDump.ServerTests.Transfer;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Replay;

/// <summary>psql, PureDump's and PostgreSQL's own, run to the end.</summary>
internal static class Psql
{
    /// <summary>PureDump's.</summary>
    public static Command Run(PostgresServer server, string[] arguments, string input = "", string? directory = null) =>
        Command.Run(
            PureDumpProcess.Program[0],
            [.. PureDumpProcess.Program[1..], "psql", .. Connection(server), .. arguments],
            directory,
            Environment(server),
            input: input);

    /// <summary>PostgreSQL's.</summary>
    public static Command RunReal(int clientMajor, PostgresServer server, string[] arguments, string input = "", string? directory = null)
    {
        string program = Path.Combine(PgDumpOracle.Find(clientMajor).BinDirectory, "psql");
        return Command.Run(program, ["-X", .. Connection(server), .. arguments], directory, Environment(server), input: input);
    }

    /// <summary>Asserts that both print the same on both streams, and end alike.</summary>
    public static void AssertSame(int clientMajor, PostgresServer server, string[] arguments, string input = "", string? directory = null)
    {
        Command expected = RunReal(clientMajor, server, arguments, input, directory);
        Command actual = Run(server, arguments, input, directory);

        string what = $"psql {clientMajor} {string.Join(' ', arguments)}\n";
        Assert.Equal($"{what}{expected.Output}", $"{what}{actual.Output}");
        Assert.Equal($"{what}{expected.Error}", $"{what}{actual.Error}");
        Assert.Equal($"{what}{expected.ExitCode}", $"{what}{actual.ExitCode}");
    }

    private static string[] Connection(PostgresServer server) =>
        ["-h", server.Host, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", server.User];

    private static Dictionary<string, string?> Environment(PostgresServer server) => new(server.ClientEnvironment);
}
