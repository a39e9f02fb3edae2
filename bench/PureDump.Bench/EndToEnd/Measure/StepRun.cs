using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PureDump.Bench.EndToEnd.Measure;

/// <summary>
/// Runs a step and measures it. Before the clock starts each process stands ready as a shell that waits for a line and then
/// becomes the program. It is our child because the shell that made it has ended: a process started by us directly would be
/// counted with our memory, which it had for a moment. To its CPU the start of a shell is added, about a millisecond.
/// </summary>
internal static class StepRun
{
    private const int ErrorShownMax = 2000;

    // One byte is one line, so that several can read from one pipe.
    private const string Ready = "echo \"$0 $$\" >&4; read -r go <&3 && exec \"$@\" 3<&- 4>&-";

    private static readonly ConcurrentDictionary<int, bool> s_running = new();

    static StepRun() => ChildUsage.AdoptOrphans();

    /// <summary>Runs it to its end.</summary>
    /// <param name="step">What to run.</param>
    /// <param name="directory">An empty directory for what the processes say.</param>
    /// <param name="environment">Variables set on top of ours; a null value removes one.</param>
    /// <exception cref="BenchException">A process failed; says which, and what it said.</exception>
    public static Figures Run(Step step, string directory, IReadOnlyDictionary<string, string?> environment)
    {
        using Process maker = StartMaker(Script(step, directory), environment);
        int[] processes = ReadProcesses(maker, step.Stages.Length);
        maker.WaitForExit();
        long begin = Stopwatch.GetTimestamp();
        maker.StandardInput.Write(new string('\n', processes.Length));
        maker.StandardInput.Flush();
        (int ExitCode, Figures Figures)[] ends = [.. processes.Select(WaitFor)];
        double wallS = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        for (int index = 0; index < ends.Length; index++)
        {
            Check(step.Stages[index], ends[index].ExitCode, File.ReadAllText(ErrorPath(directory, index)));
        }

        return Figures.Beside(wallS, ends.Select(end => end.Figures));
    }

    /// <summary>Ends what is running now, because we are about to end.</summary>
    public static void StopAll()
    {
        foreach (int process in s_running.Keys)
        {
            ChildUsage.Stop(process);
        }
    }

    private static Process StartMaker(string script, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string Script(Step step, string directory)
    {
        var script = new StringBuilder("exec 3<&0 4>&1\n");
        for (int index = 1; index < step.Stages.Length; index++)
        {
            script.Append(CultureInfo.InvariantCulture, $"mkfifo {Quoted(PipePath(directory, index))}\n");
        }

        for (int index = 0; index < step.Stages.Length; index++)
        {
            string input = index == 0 ? "/dev/null" : PipePath(directory, index);
            string output = index == step.Stages.Length - 1 ? "/dev/null" : PipePath(directory, index + 1);
            script.Append(CultureInfo.InvariantCulture, $"/bin/sh -c {Quoted(Ready)} {index} ")
                .AppendJoin(' ', step.Stages[index].Words.Select(Quoted))
                .Append(CultureInfo.InvariantCulture, $" <{Quoted(input)} >{Quoted(output)} 2>{Quoted(ErrorPath(directory, index))} &\n");
        }

        return script.ToString();
    }

    // They stand ready in any order; each says which stage it is.
    private static int[] ReadProcesses(Process maker, int count)
    {
        int[] processes = new int[count];
        for (int read = 0; read < count; read++)
        {
            string line =
                maker.StandardOutput.ReadLine() ?? throw new BenchException("the shell that makes processes ended before they were ready");
            int[] numbers = [.. line.Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
            processes[numbers[0]] = numbers[1];
            s_running[numbers[1]] = true;
        }

        return processes;
    }

    private static (int ExitCode, Figures Figures) WaitFor(int process)
    {
        (int, Figures) end = ChildUsage.Wait(process);
        s_running.TryRemove(process, out _);
        return end;
    }

    private static void Check(Stage stage, int exitCode, string error)
    {
        if (exitCode != 0 && stage.Forgives?.Invoke(exitCode, error) != true)
        {
            throw new BenchException($"`{stage}` exited with {exitCode}\n{error[..Math.Min(error.Length, ErrorShownMax)]}");
        }
    }

    private static string PipePath(string directory, int index) => Path.Combine(directory, $"pipe.{index}");

    private static string ErrorPath(string directory, int index) => Path.Combine(directory, $"error.{index}");

    private static string Quoted(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
