using PureDump.Formats.Errors;

namespace PureDump.Storage.Local;

/// <summary>
/// All files and directories this process is writing. A process that cannot wait for its threads, because one of them waits for a server
/// or a disk that does not answer, removes them before it ends.
/// </summary>
/// <remarks>
/// A process that has not ended 1.5 s after the first signal, or gets a second one, removes what it writes (<c>StagedOutputs</c>) and
/// ends: no thread can be made to end that waits for a disk, a pipe or a resolver; a second signal left a partial file.
/// </remarks>
internal static class StagedOutputs
{
    // A directory may get another file while it is emptied.
    private const int RemovalCountMax = 20;
    private const int PatienceMs = 300;

    private static readonly object s_gate = new();
    private static readonly HashSet<IStagedOutput> s_outputs = [];
    private static bool s_isAbandoned;

    /// <summary>Removes them all. From now on no output is begun in this process, and none gets its name: it is to end.</summary>
    public static void Abandon()
    {
        // Who has it renames a file; on a file system that hangs there is nothing to wait for.
        bool isEntered = Monitor.TryEnter(s_gate, PatienceMs);
        s_isAbandoned = true;
        if (!isEntered)
        {
            return;
        }

        try
        {
            foreach (IStagedOutput output in s_outputs)
            {
                Remove(output);
            }
        }
        finally
        {
            Monitor.Exit(s_gate);
        }
    }

    /// <summary>Notes an output.</summary>
    /// <exception cref="PureDumpException">The process is to end (<see cref="ErrorKind.Cancelled"/>).</exception>
    internal static void Add(IStagedOutput output)
    {
        lock (s_gate)
        {
            s_outputs.Add(output);
            if (s_isAbandoned)
            {
                Remove(output);
                throw Interrupted();
            }
        }
    }

    /// <summary>Has an output get its name. Either that happens or <see cref="Abandon"/>.</summary>
    /// <exception cref="PureDumpException">The process is to end (<see cref="ErrorKind.Cancelled"/>).</exception>
    internal static void Complete(IStagedOutput output, Action step)
    {
        lock (s_gate)
        {
            if (s_isAbandoned)
            {
                throw Interrupted();
            }

            step();
            s_outputs.Remove(output);
        }
    }

    /// <summary>Removes an output that is not to get its name.</summary>
    internal static void Discard(IStagedOutput output)
    {
        lock (s_gate)
        {
            if (s_outputs.Remove(output))
            {
                output.Remove();
            }
        }
    }

    private static void Remove(IStagedOutput output)
    {
        for (int count = 1; count <= RemovalCountMax; count++)
        {
            try
            {
                output.Remove();
                return;
            }
            catch (Exception e) when (FileErrors.IsKnown(e) && count < RemovalCountMax)
            {
                Thread.Sleep(1);
            }
            catch (Exception e) when (FileErrors.IsKnown(e))
            {
                // The next run of the same target finds it.
            }
        }
    }

    private static PureDumpException Interrupted() => new(ErrorKind.Cancelled, "interrupted");
}
