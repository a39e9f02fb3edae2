using System.Collections.Concurrent;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// The dearest queries of a large catalog, run on a second connection that sees the leader's snapshot, while the leader
/// reads the rest. The leader finds their rows ready where it would ask for them; nothing else changes.
/// </summary>
internal sealed class CatalogAhead : IDisposable
{
    // Below it a second connection costs more than it spares.
    private const int TableCountMin = 1000;

    private readonly CancellationTokenSource _stop;
    private readonly CatalogSession _session;
    private readonly List<(string FileName, Task<object> Rows)> _results = [];
    private readonly BlockingCollection<Task<object>> _wanted = [];
    private readonly Thread _thread;

    private CatalogAhead(Func<CancellationToken, CatalogSession> open, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _session = open(_stop.Token);
        _thread = new Thread(Run) { IsBackground = true, Name = "catalog" };
        _thread.Start();
    }

    /// <summary>Begins, where it pays. The tables are registered and locked by now, and no more are registered.</summary>
    /// <returns>To be disposed of when the catalog is read, or null.</returns>
    public static CatalogAhead? Begin(CatalogSession session, CatalogSet catalog)
    {
        if (session.OpenSecond is null || catalog.All<TableObject>().Count(static table => table.Emits(Components.Definition)) < TableCountMin)
        {
            return null;
        }

        var ahead = new CatalogAhead(session.OpenSecond, session.Cancellation);
        session.Ahead = ahead;
        return ahead;
    }

    /// <summary>Adds a query to those that are run one after the other. Its map must not register anything.</summary>
    public void Ask<T>(string fileName, RowMap<T> map, params object[] parameters)
    {
        var task = new Task<object>(() => _session.Query(fileName, map, parameters));
        _wanted.Add(task);
        _results.Add((fileName, task));
    }

    /// <summary>The rows of a query that was asked; waits for them. False for any other.</summary>
    public bool TryTake<T>(string fileName, out List<T> rows)
    {
        int at = _results.FindIndex(result => result.FileName == fileName);
        rows = at < 0 ? [] : (List<T>)_results[at].Rows.GetAwaiter().GetResult();
        if (at >= 0)
        {
            _results.RemoveAt(at);
        }

        return at >= 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _wanted.CompleteAdding();
        _thread.Join();
        _session.Connection.Dispose();
        _wanted.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        foreach (Task<object> task in _wanted.GetConsumingEnumerable())
        {
            // What it throws is thrown where the rows are taken.
            task.RunSynchronously();
        }
    }
}
