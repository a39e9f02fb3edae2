using PureDump.Formats.Entries;

namespace PureDump.Engine.Telemetry;

/// <summary>
/// What each worker of a run was busy with, and how far the rows had come when. Of a long run the details are fewer, not more: spans of a
/// worker that touch one another are one where they are of one entry, there are at most <see cref="SpanCountMax"/>, and points of the curve
/// become rarer. Not locked by itself.
/// </summary>
internal sealed class WorkRecord
{
    /// <summary>As many spans as are kept.</summary>
    public const int SpanCountMax = 100_000;

    private const int PointCountMax = 1000;

    private static readonly TimeSpan s_touching = TimeSpan.FromMilliseconds(2);

    private readonly List<WorkSpan> _spans = [];
    private readonly Dictionary<int, int> _lastOfWorker = [];
    private readonly List<(TimeSpan At, long Rows, long Bytes)> _points = [];
    private TimeSpan _step = TimeSpan.FromMilliseconds(20);
    private TimeSpan _busy;
    private TimeSpan? _began;
    private TimeSpan _ended;
    private long _rows;
    private long _bytes;

    /// <summary>The spans, in the order in which they ended.</summary>
    public IReadOnlyList<WorkSpan> Spans => [.. _spans];

    /// <summary>How many rows and bytes had moved when.</summary>
    public IReadOnlyList<(TimeSpan At, long Rows, long Bytes)> Points => [.. _points, (_ended, _rows, _bytes)];

    /// <summary>How many workers have done anything.</summary>
    public int WorkerCount => _lastOfWorker.Count;

    /// <summary>The time that all workers together had nothing to do between the first of their work and the last.</summary>
    public TimeSpan Idle => _began is { } began ? (WorkerCount * (_ended - began)) - _busy : TimeSpan.Zero;

    /// <summary>As <see cref="Idle"/>, as a part of all their time.</summary>
    public double IdleShare => _began is { } began && _ended > began ? Math.Clamp(Idle / (WorkerCount * (_ended - began)), 0, 1) : 0;

    /// <summary>A worker was busy until now.</summary>
    public void Add(int worker, TocEntry entry, TimeSpan began, TimeSpan ended)
    {
        _busy += ended - began;
        _began = _began < began ? _began : began;
        _ended = _ended > ended ? _ended : ended;
        int last = _lastOfWorker.GetValueOrDefault(worker, -1);
        if (last >= 0 && ReferenceEquals(_spans[last].Entry, entry) && began - _spans[last].Ended < s_touching)
        {
            _spans[last] = _spans[last] with { Ended = ended };
        }
        else if (_spans.Count < SpanCountMax)
        {
            _lastOfWorker[worker] = _spans.Count;
            _spans.Add(new WorkSpan(worker, entry, began, ended));
        }
    }

    /// <summary>Rows have moved.</summary>
    public void Move(TimeSpan at, int rowCount, int bytes)
    {
        _rows += rowCount;
        _bytes += bytes;
        if (_points.Count > 0 && at - _points[^1].At < _step)
        {
            return;
        }

        if (_points.Count == PointCountMax)
        {
            int kept = 0;
            _points.RemoveAll(_ => kept++ % 2 == 1);
            _step *= 2;
        }

        _points.Add((at, _rows, _bytes));
    }
}
