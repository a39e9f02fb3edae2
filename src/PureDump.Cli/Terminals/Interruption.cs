using System.Runtime.InteropServices;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Terminals;

/// <summary>
/// SIGINT and SIGTERM: the first asks the run to end, so that nothing half-done stays; the second ends the process at once.
/// </summary>
internal sealed partial class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    /// <summary>Listens from now on.</summary>
    public Interruption()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Take),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) == 1)
        {
            _source.Cancel();
        }
        else
        {
            // Without the runtime's shutdown, which could wait for what the first signal did not stop.
            ExitNow(ErrorTable.ExitCode(ErrorKind.Cancelled));
        }
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int code);
}
