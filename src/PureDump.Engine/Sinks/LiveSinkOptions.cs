namespace PureDump.Engine.Sinks;

/// <summary>How a live database takes a dump.</summary>
internal sealed record LiveSinkOptions
{
    /// <summary>Everything in one transaction, on one connection.</summary>
    public bool SingleTransaction { get; init; }

    /// <summary>A COMMIT after so many actions, on one connection; 0: each statement stands for itself.</summary>
    public int TransactionSize { get; init; }

    /// <summary>How many connections run statements at the same time.</summary>
    public int StatementJobs { get; init; } = 1;

    /// <summary>Refuse a target that has objects of the same names.</summary>
    public bool RefuseExisting { get; init; } = true;

    /// <summary>The role to become, or null.</summary>
    public string? Role { get; init; }

    /// <summary>Rows are loaded with row security on.</summary>
    public bool EnableRowSecurity { get; init; }

    /// <summary>Become the owner of each object before it is made, in place of giving it away afterwards.</summary>
    public bool UseSetSessionAuthorization { get; init; }

    /// <summary>Switch a table's triggers off while its rows are loaded.</summary>
    public bool DisableTriggers { get; init; }

    /// <summary>The superuser to become for <see cref="DisableTriggers"/>; null: whoever restores.</summary>
    public string? Superuser { get; init; }

    /// <summary>No rows for tables that could not be made.</summary>
    public bool NoDataForFailedTables { get; init; }

    /// <summary>True where one connection does everything, inside transactions.</summary>
    public bool IsInTransaction => SingleTransaction || TransactionSize > 0;
}
