using System.Diagnostics;
using PureDump.Formats.Entries;

namespace PureDump;

/// <summary>
/// An operation as an activity, with one below it for each phase: until the table of contents is known, until the last entry has moved,
/// and what is left then. Where nobody listens there are none, and no clock is looked at.
/// </summary>
internal sealed class OperationTrace : IDisposable
{
    private static readonly ActivitySource s_source = new("PureDump", typeof(OperationTrace).Assembly.GetName().Version?.ToString());

    private readonly string _name;
    private readonly Activity? _activity;
    private Activity? _phase;
    private long _lastTicks;

    /// <summary>Of an operation that begins now.</summary>
    public OperationTrace(string name)
    {
        _name = name;
        _activity = s_source.StartActivity($"puredump.{name}");
        _activity?.SetTag("db.system.name", "postgresql");
        BeginPhase("catalog", null);
    }

    /// <summary>Entries are about to move.</summary>
    public void BeginTransfer(Toc toc)
    {
        if (_activity is null)
        {
            return;
        }

        // A cluster has several databases, one after the other.
        EndTransfer();
        _activity.SetTag("puredump.entries", toc.Entries.Count);
        BeginPhase("transfer", null);
    }

    /// <summary>Something of an entry was begun or ended; on any thread.</summary>
    public void Touch()
    {
        if (_activity is not null)
        {
            Interlocked.Exchange(ref _lastTicks, DateTime.UtcNow.Ticks);
        }
    }

    /// <summary>All is over, well or not.</summary>
    /// <param name="rowCount">Rows that have moved.</param>
    /// <param name="bytes">Their bytes.</param>
    public void End(long rowCount, long bytes)
    {
        _activity?.SetTag("puredump.rows", rowCount).SetTag("puredump.bytes", bytes);
        EndTransfer();
    }

    /// <summary>It failed.</summary>
    public void Fail(Exception error) => _activity?.SetStatus(ActivityStatusCode.Error, error.Message).AddException(error);

    /// <inheritdoc/>
    public void Dispose()
    {
        _phase?.Dispose();
        _activity?.Dispose();
    }

    private void EndTransfer()
    {
        if (_phase is null)
        {
            return;
        }

        long lastTicks = Interlocked.Exchange(ref _lastTicks, 0);
        var last = lastTicks == 0 ? DateTime.UtcNow : new DateTime(lastTicks, DateTimeKind.Utc);
        _phase.SetEndTime(last);
        _phase.Dispose();
        _phase = null;
        if (lastTicks != 0)
        {
            BeginPhase("finish", last);
        }
    }

    private void BeginPhase(string phase, DateTime? since)
    {
        if (_activity is not null)
        {
            _phase = s_source.StartActivity(
                $"puredump.{_name}.{phase}", ActivityKind.Internal, _activity.Context, startTime: since is { } time ? time : default);
        }
    }
}
