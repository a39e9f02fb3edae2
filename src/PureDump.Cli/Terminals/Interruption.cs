using System.Globalization;
using System.Runtime.InteropServices;
using PureDump.Storage.Local;

namespace PureDump.Cli.Terminals;

/// <summary>
/// SIGINT, SIGTERM and SIGHUP: the first asks the run to end, so that nothing half-done stays. Where it cannot, because it waits for
/// something that does not answer, and with the second signal, the process removes what it was writing and ends at once.
/// </summary>
internal sealed partial class Interruption : IDisposable
{
    // The run has a second for asking servers to cancel (CancelRequest), and is to be over in two.
    private const int PatienceMs = 1500;

    // What is said in the end goes to a standard error that may be a pipe nobody reads.
    private const int ReportPatienceMs = 100;

    private readonly CancellationTokenSource _source = new();
    private readonly TaskCompletionSource _over = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly int _exitCode;
    private readonly Action _report;
    private int _count;

    /// <summary>Listens from now on.</summary>
    /// <param name="exitCode">Of a run that was interrupted.</param>
    /// <param name="report">Says that it was, where the run itself cannot any more.</param>
    public Interruption(int exitCode, Action report)
    {
        (_exitCode, _report) = (exitCode, report);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Take),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take),
            .. IsHangupIgnored() ? [] : (PosixSignalRegistration[])[PosixSignalRegistration.Create(PosixSignal.SIGHUP, Take)],
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _over.SetResult();
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
        {
            EndNow();
            return;
        }

        // On a thread of its own: who is told of the cancellation may wait in the very call that tells.
        new Thread(EndLater) { IsBackground = true, Name = "interruption" }.Start();
        _source.Cancel();
    }

    private void EndLater()
    {
        if (!_over.Task.Wait(PatienceMs))
        {
            EndNow();
        }
    }

    private void EndNow()
    {
        StagedOutputs.Abandon();
        var report = new Thread(_report.Invoke) { IsBackground = true, Name = "report" };
        report.Start();
        report.Join(ReportPatienceMs);

        // Without the runtime's shutdown, which could wait for what the first signal did not stop.
        ExitNow(_exitCode);
    }

    // Who is called by nohup is to outlive the terminal.
    private static bool IsHangupIgnored()
    {
        const string ignored = "SigIgn:";
        const ulong hangup = 1;
        try
        {
            string? line = File.ReadLines("/proc/self/status")
                .FirstOrDefault(static line => line.StartsWith(ignored, StringComparison.Ordinal));
            return ulong.TryParse(line?[ignored.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong signals)
                && (signals & hangup) != 0;
        }
        catch (IOException)
        {
            // A container need not have /proc.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int code);
}
