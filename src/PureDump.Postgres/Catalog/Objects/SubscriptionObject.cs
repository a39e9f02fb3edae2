namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A subscription of the current database (<c>pg_subscription</c>).</summary>
internal sealed class SubscriptionObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Subscription;

    /// <summary><c>subconninfo</c>, with any password it holds.</summary>
    public required string Conninfo { get; init; }

    /// <summary>The foreign server that it connects by, in place of a conninfo string; or null.</summary>
    public string? Server { get; init; }

    /// <summary>Null where it has no slot.</summary>
    public required string? SlotName { get; init; }

    /// <summary><c>subsynccommit</c>.</summary>
    public required string SynchronousCommit { get; init; }

    /// <summary>The bare names of the publications on the other side.</summary>
    public required IReadOnlyList<string> Publications { get; init; }

    public bool IsBinary { get; init; }

    /// <summary>'t', 'f' or 'p' (parallel).</summary>
    public char Streaming { get; init; } = 'f';

    public bool IsTwoPhase { get; init; }

    public bool DisablesOnError { get; init; }

    public bool RequiresPassword { get; init; } = true;

    public bool RunsAsOwner { get; init; }

    public bool HasFailover { get; init; }

    public bool RetainsDeadTuples { get; init; }

    /// <summary><c>submaxretention</c>: how long dead tuples are retained at most, in milliseconds; 0 = for ever.</summary>
    public int RetentionMax { get; init; }

    /// <summary><c>subwalrcvtimeout</c>: its own wal_receiver_timeout; -1 = that of the server.</summary>
    public string WalReceiverTimeout { get; init; } = "-1";

    /// <summary><c>suborigin</c>; null before there was one.</summary>
    public string? Origin { get; init; }
}
