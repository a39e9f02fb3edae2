using System.Diagnostics;
using System.Text;

namespace PureDump.TestSupport;

/// <summary>
/// A process that works in a directory of its own, with a shell that stands guard over both: when the shell's standard
/// input ends, because we closed it or because we died, it stops the process and removes the directory.
/// </summary>
internal sealed class GuardedProcess
{
    // The process and its children are the only holders of standard error: its end is theirs. A shell starts background
    // processes with INT and QUIT ignored, so QUIT alone would be lost on a server that has not set its handlers yet.
    private const string Guard = """
        directory=$1; shift
        trap : INT TERM HUP
        "$@" </dev/null >&2 &
        process=$!
        exec >/dev/null 2>&1
        if read -r word; then kill -INT $process; else kill -TERM $process; kill -QUIT $process; fi
        wait $process; status=$?
        test -n "$word" || rm -rf "$directory"
        exit $status
        """;

    private readonly Process shell;
    private readonly Task reading;
    private readonly TaskCompletionSource<bool> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GuardedProcess(Process shell, StringBuilder log, string awaited)
    {
        this.shell = shell;
        reading = Task.Factory.StartNew(() => Read(log, awaited), TaskCreationOptions.LongRunning);
    }

    /// <summary>Starts <paramref name="program"/> in <paramref name="directory"/>.</summary>
    /// <param name="directory">The working directory, which goes with the process.</param>
    /// <param name="user">Whom to run as, or null for ourselves.</param>
    /// <param name="program">A full path.</param>
    /// <param name="arguments">Passed as they are.</param>
    /// <param name="log">Receives all it prints, under a lock on itself.</param>
    /// <param name="awaited">The end of the line <see cref="WaitForLine"/> waits for.</param>
    public static GuardedProcess Start(
        string directory, string? user, string program, IEnumerable<string> arguments, StringBuilder log, string awaited = "\0")
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Guard, "guard", directory, program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        if (user is not null)
        {
            start.UserName = user;
        }

        return new GuardedProcess(Process.Start(start)!, log, awaited);
    }

    /// <summary>Waits for the awaited line (true) or the end of the process (false).</summary>
    public bool WaitForLine() => seen.Task.Result;

    /// <summary>Waits until the process and all its children have ended.</summary>
    public void WaitForEnd() => reading.Wait();

    /// <summary>Interrupts the process if it still runs, leaves the directory, and returns the exit code.</summary>
    public int Release()
    {
        shell.StandardInput.WriteLine("release");
        return End();
    }

    /// <summary>Quits the process if it still runs, and removes the directory.</summary>
    public void Destroy() => End();

    private int End()
    {
        shell.StandardInput.Close();
        shell.WaitForExit();
        reading.Wait();
        var status = shell.ExitCode;
        shell.Dispose();
        return status;
    }

    private void Read(StringBuilder log, string awaited)
    {
        while (shell.StandardError.ReadLine() is { } line)
        {
            lock (log)
            {
                log.AppendLine(line);
            }

            if (line.EndsWith(awaited, StringComparison.Ordinal))
            {
                seen.TrySetResult(true);
            }
        }

        seen.TrySetResult(false);
    }
}
