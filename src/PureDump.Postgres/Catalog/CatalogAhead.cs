using System.Collections.Concurrent;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// The dearest queries of a large catalog, run on connections of their own that see the leader's snapshot, while the leader
/// reads the rest. The leader finds their rows ready where it would ask for them; nothing else changes.
/// </summary>
internal sealed class CatalogAhead : IDisposable
{
    // Below it more connections cost more than they spare.
    private const int TableCountMin = 1000;
    private const int ConnectionCount = 2;

    private readonly CancellationTokenSource _stop;
    private readonly List<(string FileName, Task<object?> Rows)> _results = [];
    private readonly BlockingCollection<Action<Func<CatalogWire?>>> _wanted = [];
    private readonly List<Thread> _threads = [];

    private CatalogAhead(Func<CancellationToken, CatalogWire?> open, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        for (int i = 0; i < ConnectionCount; i++)
        {
            var thread = new Thread(() => Run(open)) { IsBackground = true, Name = "catalog" };
            thread.Start();
            _threads.Add(thread);
        }
    }

    /// <summary>Begins, where it pays. The tables are registered and locked by now, and no more are registered.</summary>
    /// <returns>To be disposed of when the catalog is read, or null.</returns>
    public static CatalogAhead? Begin(CatalogSession session, CatalogSet catalog)
    {
        if (
            session.OpenAnother is null
            || catalog.All<TableObject>().Count(static table => table.Emits(Components.Definition)) < TableCountMin)
        {
            return null;
        }

        var ahead = new CatalogAhead(session.OpenAnother, session.Cancellation);
        session.Ahead = ahead;
        return ahead;
    }

    /// <summary>Adds a query to those that are run, first come, first served. Its map must not register anything.</summary>
    public void Ask<T>(string fileName, RowMap<T> map, params uint[][] parameters)
    {
        var rows = new TaskCompletionSource<object?>();
        _results.Add((fileName, rows.Task));
        _wanted.Add(connect =>
        {
            try
            {
                rows.SetResult(connect()?.Query(fileName, map, parameters));
            }
            catch (Exception e)
            {
                // Thrown where the rows are taken.
                rows.SetException(e);
            }
        });
    }

    /// <summary>The rows of a query that was asked; waits for them. False where they have to be asked for here.</summary>
    public bool TryTake<T>(string fileName, out List<T> rows)
    {
        int at = _results.FindIndex(result => result.FileName == fileName);
        object? taken = null;
        if (at >= 0)
        {
            taken = _results[at].Rows.GetAwaiter().GetResult();
            _results.RemoveAt(at);
        }

        rows = (List<T>?)taken ?? [];
        return taken is not null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wanted.CompleteAdding();
        if (_results.Count > 0)
        {
            _stop.Cancel();
        }

        _threads.ForEach(static thread => thread.Join());
        _wanted.Dispose();
        _stop.Dispose();
    }

    private void Run(Func<CancellationToken, CatalogWire?> open)
    {
        CatalogWire? wire = null;
        bool isOpened = false;
        foreach (Action<Func<CatalogWire?>> query in _wanted.GetConsumingEnumerable())
        {
            query(() =>
            {
                wire = isOpened ? wire : open(_stop.Token);
                isOpened = true;
                return wire;
            });
        }

        wire?.Dispose();
    }
}
