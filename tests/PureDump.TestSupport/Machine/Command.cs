using System.Diagnostics;
using System.Text;

namespace PureDump.TestSupport;

/// <summary>One child process run to its end with both outputs captured.</summary>
/// <param name="Line">The command line, as one would type it again.</param>
/// <param name="ExitCode">What it exited with.</param>
/// <param name="Output">All of standard output.</param>
/// <param name="Error">All of standard error.</param>
public sealed record Command(string Line, int ExitCode, string Output, string Error)
{
    /// <summary>Runs <paramref name="program"/> and waits for its end, whatever it exits with.</summary>
    /// <param name="program">A path, or a name looked up in PATH.</param>
    /// <param name="arguments">Passed as they are; no shell is involved.</param>
    /// <param name="directory">The working directory, or null for the current one.</param>
    /// <param name="environment">Variables set on top of the inherited ones; a null value removes one.</param>
    /// <param name="user">The user to run as (root only), or null.</param>
    /// <param name="input">Sent to standard input, which is closed after it.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program does not exist or cannot be started.</exception>
    public static Command Run(
        string program,
        IEnumerable<string> arguments,
        string? directory = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? user = null,
        string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
        };
        if (directory is not null)
        {
            start.WorkingDirectory = directory;
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        if (user is not null)
        {
            start.UserName = user;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(input));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A program need not read what it is given: one that only lists may have ended. What it printed is the result all the same.
        }

        process.WaitForExit();
        return new Command($"{program} {string.Join(' ', start.ArgumentList)}", process.ExitCode, output.Result, error.Result);
    }

    /// <summary>The full path of <paramref name="name"/> in PATH, or null.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);

    /// <summary>This command, if it exited with 0.</summary>
    /// <exception cref="InvalidOperationException">It did not; the message holds what it printed.</exception>
    public Command Succeeded() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"`{Line}` exited with {ExitCode}\n{Output}{Error}");
}
