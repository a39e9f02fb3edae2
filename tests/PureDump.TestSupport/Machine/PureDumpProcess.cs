using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace PureDump.TestSupport;

/// <summary>The program as its users run it: a process with a command line, streams, signals and an exit code.</summary>
internal sealed class PureDumpProcess : IDisposable
{
    private const int PatienceMs = 180_000;

    private readonly Process _process;
    private readonly StringBuilder _error = new();

    private PureDumpProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_error)
            {
                _error.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    /// <summary>How the program is called: a command and its first arguments.</summary>
    public static string[] Program => TestedProgram.Words;

    /// <summary>Its standard output, for who wants to read it slowly or not at all.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Its standard input.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>What it has said so far.</summary>
    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    /// <summary>The most memory it has had in the processor's hands so far, in bytes; 0 once it has ended.</summary>
    public long PeakMemory
    {
        get
        {
            try
            {
                string line =
                    File.ReadLines($"/proc/{_process.Id}/status")
                        .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    ?? "VmHWM: 0 kB";
                return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture)
                    << 10;
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>The number the kernel knows it by.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a command on a server.</summary>
    /// <param name="server">Given by -h, -p and -U behind the verb.</param>
    /// <param name="verb"><c>dump</c> or <c>restore</c>.</param>
    /// <param name="arguments">The rest of the command line.</param>
    public static PureDumpProcess Start(PostgresServer server, string verb, params string[] arguments) =>
        Start(
            [verb, "-h", server.Host, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", server.User, .. arguments],
            server.Password);

    /// <summary>Starts any command.</summary>
    public static PureDumpProcess Start(
        IEnumerable<string> arguments, string? password = null, IReadOnlyDictionary<string, string?>? environment = null) =>
        Start(Program[0], [.. Program[1..], .. arguments], password, environment);

    /// <summary>Starts another program, to compare with.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="server">Given by -h, -p and -U before the arguments.</param>
    /// <param name="arguments">The rest of the command line.</param>
    public static PureDumpProcess StartOther(string program, PostgresServer server, params string[] arguments) =>
        Start(
            program,
            ["-h", server.Host, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", server.User, .. arguments],
            server.Password);

    /// <summary>Starts another program with words that are none of a server.</summary>
    public static PureDumpProcess StartOther(string program, string[] words, string? password = null) => Start(program, words, password);

    private static PureDumpProcess Start(
        string program,
        string[] words,
        string? password,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, words)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        if (password is not null)
        {
            start.Environment["PGPASSWORD"] = password;
        }

        return new PureDumpProcess(Process.Start(start)!);
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => Signal("INT");

    /// <summary>A signal, by its name.</summary>
    public void Signal(string name) => Command.Run("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]).Succeeded();

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    /// <param name="patienceMs">How long.</param>
    public int WaitForExit(int patienceMs = PatienceMs)
    {
        Assert.True(_process.WaitForExit(patienceMs), $"still running after {patienceMs / 1000} seconds\n{Error}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
