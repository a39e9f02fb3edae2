using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// A network that goes silent, in each phase of each command: one signal ends it, by itself and soon, with the exit code of a run that was
/// interrupted and nothing left.
/// </summary>
public sealed class SilentNetworkTests : IDisposable
{
    // Two seconds are the aim, and what it takes is printed; this is for a machine that has much else to do.
    private const int PatienceMs = 10_000;
    private const int AtOnce = 6;

    private static readonly string[] s_signals = ["INT", "TERM", "HUP"];

    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);
    private readonly ConcurrentBag<string> _databases = [];
    private readonly TemporaryFile _archive = new();
    private readonly string _source;

    public SilentNetworkTests()
    {
        _source = Database();
        _server.Execute(_source, SmallArchive.Sql);
        _server.Execute(_source, "CREATE TABLE noise AS SELECT g AS id, sha512(g::text::bytea) AS filler FROM generate_series(1, 50000) g");
        Operations.Dump(_server, _source, _archive.Path);
    }

    /// <summary>A command line, the text with which the network goes silent (or after how many bytes), the exit code.</summary>
    private static readonly (string Line, string SilentAt, int ExitCode)[] s_phases =
    [
        // Connecting, the answer to a request for TLS, the login.
        ("dump -d {source} -f {out}", "connect", 130),
        ("dump -d {source} -f {out}", "0", 130),
        ("dump -d sslmode=require -f {out}", "tls", 130),
        ("dump -d sslmode=require\\ sslnegotiation=direct -f {out}", "0", 130),
        ("dump -d {source} -f {out}", "60", 130),
        ("dump -d {source} -f {out}", "400", 130),

        // The first questions, the leader's login and settings, its transaction, the catalog both ways, locks, rows, the end.
        ("dump -d {source} -f {out}", "server_version_num", 130),
        ("dump -d {source} -f {out}", "set_config", 130),
        ("dump -d {source} -f {out}", "IntervalStyle", 130),
        ("dump -d {source} -f {out}", "pg_export_snapshot", 130),
        ("dump -d {source} -f {out}", "customer", 130),
        ("dump -d {source} -f {out}", "LOCK TABLE", 130),
        ("dump -d {source} -f {out}", "pg_constraint", 130),
        ("dump -d {source} -j 2 -f {out}", "SET TRANSACTION SNAPSHOT", 130),
        ("dump -d {source} -j 2 -f {out}", "COPY ", 130),
        ("dump -d {source} -j 2 -f {out}", "2000000", 130),
        ("dump -d {source} -f {out}", "COMMIT", 130),
        ("dump -d {source} -F plain -f {out}", "customer", 130),
        ("dump -d {source} -F directory -j 2 -f {out}", "2000000", 130),
        ("dump -d {source} -F tar -f {out}", "2000000", 130),
        ("dump --all -f {out}", "pg_auth_members", 130),
        ("dump --all -F plain -f {out}", "pg_tablespace", 130),
        ("pg_dump -f {out} {source}", "customer", 1),
        ("pg_dump -Fd -j 2 -f {out} {source}", "2000000", 1),
        ("pg_dumpall -f {out}", "pg_auth_members", 1),

        // The same for what is written into.
        ("restore -d {target} {archive}", "60", 130),
        ("restore -d {target} {archive}", "synchronous_commit", 130),
        ("restore -d {target} {archive}", "unnest", 130),
        ("restore -d {target} {archive}", "CREATE TABLE", 130),
        ("restore -d {target} -j 2 {archive}", "1000000", 130),
        ("restore -d {target} -j 4 {archive}", "CREATE INDEX", 130),
        ("restore -d {target} -1 {archive}", "COMMIT", 130),
        ("pg_restore -d {target} {archive}", "1000000", 1),
        ("copy --source {source} --target {target}", "customer", 130),
        ("copy --source {source} --target {target} -j 2 --verify", "3000000", 130),
        ("psql -X -d {source} -c SELECT\\ pg_sleep(60)", "pg_sleep", 1),
        ("createdb {new}", "CREATE DATABASE", 1),
        ("dropdb {target}", "DROP DATABASE", 1),
        ("pg_isready -t 0", "0", 3),
    ];

    public void Dispose()
    {
        foreach (string database in _databases)
        {
            _server.DropDatabase(database);
        }

        _archive.Dispose();
    }

    [Fact]
    public void One_signal_ends_every_phase_with_nothing_left()
    {
        var failures = new ConcurrentBag<string>();
        Parallel.For(0, s_phases.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, i =>
        {
            (string line, string silentAt, int exitCode) = s_phases[i];
            string signal = s_signals[i % s_signals.Length];
            if (Record.Exception(() => Run(line, silentAt, signal, secondSignal: null, exitCode)) is { } failure)
            {
                failures.Add($"{line}, silent at \"{silentAt}\", {signal}: {failure.Message}");
            }
        });

        Assert.True(failures.IsEmpty, string.Join('\n', failures));
    }

    /// <summary>Whoever is impatient gets a process that ends at once, and no half of a file either.</summary>
    [Theory]
    [InlineData("dump -d {source} -f {out}", "customer")]
    [InlineData("dump -d {source} -j 2 -f {out}", "2000000")]
    [InlineData("dump -d {source} -F directory -j 2 -f {out}", "2000000")]
    [InlineData("dump -d {source} -F plain -f {out}", "2000000")]
    public void A_second_signal_leaves_nothing_either(string line, string silentAt) => Run(line, silentAt, "TERM", "INT", 130);

    [Fact]
    public void What_nohup_protects_goes_on_after_the_terminal_is_gone()
    {
        using var file = new TemporaryFile();
        using PureDumpProcess process = PureDumpProcess.StartOther(
            "nohup", [.. PureDumpProcess.Program, "convert", "-F", "plain", "-f", file.Path], _server.Password);
        byte[] archive = File.ReadAllBytes(Repository.PathOf("formats", "golden", "pg", "custom-18-none.dump"));
        process.Input.Write(archive.AsSpan(0, archive.Length / 2));
        process.Input.Flush();
        Bounded.WaitFor("the conversion writes", () => process.HasExited || Directory.EnumerateFiles(file.Directory).Any());

        process.Signal("HUP");
        process.Input.Write(archive.AsSpan(archive.Length / 2));
        process.Input.Close();

        Assert.True(process.WaitForExit() == 0, process.Error);
        Assert.Contains("CREATE TABLE ", File.ReadAllText(file.Path), StringComparison.Ordinal);
    }

    private void Run(string line, string silentAt, string signal, string? secondSignal, int exitCode)
    {
        using var file = new TemporaryFile("out");
        if (line.Contains("pg_dump", StringComparison.Ordinal) && !line.Contains("-Fd", StringComparison.Ordinal))
        {
            File.WriteAllText(file.Path, "before");
        }

        string before = Listing(file);
        using IDisposable network = Network(silentAt, out int port, out Func<bool> isSilent);
        using PureDumpProcess process = Start(line, port, file.Path);
        Bounded.WaitFor("silence", () => process.HasExited || isSilent());

        // Nothing to be seen from outside says that it waits.
        Thread.Sleep(300);
        Assert.False(process.HasExited, process.Error);
        long begun = Stopwatch.GetTimestamp();
        process.Signal(signal);
        if (secondSignal is not null)
        {
            Thread.Sleep(50);
            if (!process.HasExited)
            {
                process.Signal(secondSignal);
            }
        }

        int actual = process.WaitForExit(PatienceMs);
        string seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"{seconds} s: {line}, silent at \"{silentAt}\", {signal}");
        Assert.Equal((exitCode, before), (actual, Listing(file)));
        Assert.Contains("interrupted", process.Error, StringComparison.Ordinal);
    }

    private IDisposable Network(string silentAt, out int port, out Func<bool> isSilent)
    {
        if (silentAt is "connect" or "tls")
        {
            var nobody = new SilentServer(silentAt == "tls" ? "S"u8.ToArray() : null);
            (port, isSilent) = (nobody.Port, () => nobody.IsOver);
            return nobody;
        }

        CuttingProxy proxy = long.TryParse(silentAt, CultureInfo.InvariantCulture, out long count)
            ? new CuttingProxy(_server, count, goesSilent: true)
            : new CuttingProxy(_server, silentAt);
        (port, isSilent) = (proxy.Port, () => proxy.IsOver);
        if (silentAt == "0")
        {
            // It is silent from the beginning: what counts is that somebody has come.
            isSilent = () => proxy.HasClient;
        }

        return proxy;
    }

    private PureDumpProcess Start(string line, int port, string output)
    {
        string[] words = [.. line.Replace("\\ ", "\0", StringComparison.Ordinal).Split(' ').Select(word => word
            .Replace('\0', ' ')
            .Replace("{source}", _source, StringComparison.Ordinal)
            .Replace("{target}", word.Contains("{target}", StringComparison.Ordinal) ? Database() : "", StringComparison.Ordinal)
            .Replace("{new}", $"silent_{Guid.NewGuid():N}", StringComparison.Ordinal)
            .Replace("{archive}", _archive.Path, StringComparison.Ordinal)
            .Replace("{out}", output, StringComparison.Ordinal))];
        return PureDumpProcess.Start(words, _server.Password, new Dictionary<string, string?>
        {
            ["PGHOST"] = "127.0.0.1",
            ["PGPORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = _server.User,
        });
    }

    private string Database()
    {
        string database = _server.CreateDatabase();
        _databases.Add(database);
        return database;
    }

    private static string Listing(TemporaryFile file) => string.Join('\n', Directory
        .EnumerateFileSystemEntries(file.Directory, "*", SearchOption.AllDirectories)
        .Select(static path => $"{path}: {(File.Exists(path) ? File.ReadAllText(path) : "directory")}"));
}
