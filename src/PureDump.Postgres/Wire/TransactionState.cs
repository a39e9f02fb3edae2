namespace PureDump.Postgres.Wire;

/// <summary>Where a session stands between two queries, as ReadyForQuery has it.</summary>
internal enum TransactionState : byte
{
    /// <summary>In no transaction.</summary>
    Idle = (byte)'I',

    /// <summary>In a transaction.</summary>
    InTransaction = (byte)'T',

    /// <summary>In one that has failed: nothing but its end is taken.</summary>
    Failed = (byte)'E',
}

/// <summary>The words for them.</summary>
internal static class TransactionStates
{
    /// <summary>What stands behind "the session is".</summary>
    public static string Show(TransactionState state) => state switch
    {
        TransactionState.Idle => "in no transaction",
        TransactionState.InTransaction => "in a transaction",
        _ => "in a failed transaction",
    };
}
