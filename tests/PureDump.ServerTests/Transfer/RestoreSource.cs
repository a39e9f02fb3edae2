using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>One database in two archives: pg_dump 18's, of the custom format, and PureDump's, with rows as text, as a script needs
/// them.</summary>
internal sealed class RestoreSource : IDisposable
{
    private readonly TemporaryFile _pgDump = new("source.dump");
    private readonly TemporaryFile _pureDump = new("source.pdump");

    /// <summary>Dumps it by both.</summary>
    /// <param name="server">The server.</param>
    /// <param name="database">The database.</param>
    /// <param name="withStatistics">With what the planner knows, which servers before 18 cannot be given.</param>
    public RestoreSource(PostgresServer server, string database, bool withStatistics = true)
        : this(server, database, withStatistics ? ["--statistics"] : [])
    {
    }

    /// <summary>Dumps it by both.</summary>
    /// <param name="server">The server.</param>
    /// <param name="database">The database.</param>
    /// <param name="options">What of it.</param>
    public RestoreSource(PostgresServer server, string database, string[] options)
    {
        Server = server;
        Database = database;

        // Times and bytes are spelled in a .pdump in one way, whatever the database says.
        PgDumpOracle.ModelFor(server)
            .Run(
                "pg_dump",
                ["-Fc", .. options, "-f", _pgDump.Path, .. Connection(database)],
                new Dictionary<string, string?> { ["PGPASSWORD"] = server.Password, ["PGOPTIONS"] = "-c timezone=UTC -c bytea_output=hex" })
            .Succeeded();
        using PureDumpProcess dump = PureDumpProcess.Start(
            server, "dump", ["-d", database, "--data-format", "text", .. options, "-f", _pureDump.Path]);
        Assert.True(dump.WaitForExit() == 0, dump.Error);
    }

    public PostgresServer Server { get; }

    public string Database { get; }

    /// <summary>What pg_restore makes of its archive.</summary>
    public RestoreOutcome PgRestore(params string[] words)
    {
        Command command = PgDumpOracle.ModelFor(Server).Run("pg_restore", [.. words, _pgDump.Path], Environment);
        return new RestoreOutcome(command.ExitCode, command.Output, PgDumpOracle.WithoutReserved(command.Error));
    }

    /// <summary>What PureDump makes of its own.</summary>
    public RestoreOutcome PureDump(params string[] words)
    {
        using PureDumpProcess process = PureDumpProcess.Start(["pg_restore", .. words, _pureDump.Path], Server.Password);
        string output = new StreamReader(process.Output).ReadToEnd();
        int exitCode = process.WaitForExit();
        return new RestoreOutcome(exitCode, output, PgDumpOracle.WithoutReserved(process.Error));
    }

    /// <summary>The words that connect to a database of the server.</summary>
    public string[] Connection(string database) =>
        [
            "-h",
            Server.Host,
            "-p",
            Server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "-U",
            Server.User,
            "-d",
            database,
        ];

    public void Dispose()
    {
        _pgDump.Dispose();
        _pureDump.Dispose();
    }

    private Dictionary<string, string?> Environment => new() { ["PGPASSWORD"] = Server.Password };
}

/// <summary>What a program came to.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it said.</param>
internal sealed record RestoreOutcome(int ExitCode, string Output, string Error);
