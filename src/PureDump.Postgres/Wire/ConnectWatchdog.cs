using System.Net.Sockets;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>
/// Ends a blocking start-up from outside, when its time is over or its caller wants no more: it disposes the socket, which
/// makes every blocked call on it fail.
/// </summary>
internal sealed class ConnectWatchdog : IDisposable
{
    // The longest a timer of the runtime can wait.
    private static readonly TimeSpan s_timeoutMax = TimeSpan.FromDays(49);

    private readonly Lock _lock = new();
    private readonly CancellationToken _cancellation;
    private readonly TimeSpan? _timeout;
    private readonly Timer? _timer;
    private readonly CancellationTokenRegistration _registration;
    private Socket? _socket;
    private bool _isFired;
    private bool _isReleased;

    /// <summary>Starts the clock.</summary>
    public ConnectWatchdog(TimeSpan? timeout, CancellationToken cancellation)
    {
        _timeout = timeout;
        _cancellation = cancellation;
        if (timeout is { } limit)
        {
            _timer = new Timer(
                static self => ((ConnectWatchdog)self!).Fire(),
                this,
                limit < s_timeoutMax ? limit : s_timeoutMax,
                Timeout.InfiniteTimeSpan);
        }

        _registration = cancellation.UnsafeRegister(static self => ((ConnectWatchdog)self!).Fire(), this);
    }

    /// <summary>True once the time was over or the caller cancelled, before <see cref="Release"/>.</summary>
    public bool IsFired
    {
        get
        {
            lock (_lock)
            {
                return _isFired;
            }
        }
    }

    /// <summary>Watches a socket in place of the one before.</summary>
    public void Watch(Socket socket)
    {
        lock (_lock)
        {
            _socket = socket;
            if (!_isFired)
            {
                return;
            }
        }

        socket.Dispose();
    }

    /// <summary>Lets the socket live. False where it is too late.</summary>
    public bool Release()
    {
        lock (_lock)
        {
            _isReleased = true;
            _socket = null;
            return !_isFired;
        }
    }

    /// <summary>The error of a start-up that was ended.</summary>
    public PureDumpException Error() => _cancellation.IsCancellationRequested
        ? new PureDumpException(ErrorKind.Cancelled, "cancelled while connecting")
        : new PureDumpException(
            ErrorKind.Connection,
            $"no connection within {_timeout?.TotalSeconds:0.###} seconds (connect_timeout)");

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _registration.Dispose();
    }

    private void Fire()
    {
        Socket? socket;
        lock (_lock)
        {
            if (_isReleased || _isFired)
            {
                return;
            }

            _isFired = true;
            socket = _socket;
        }

        socket?.Dispose();
    }
}
