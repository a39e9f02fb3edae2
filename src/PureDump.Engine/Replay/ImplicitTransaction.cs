using PureDump.Formats.Script;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Replay;

/// <summary>
/// What psql sends around each statement where its variables say so (common.c, SendQuery): BEGIN with AUTOCOMMIT off, a savepoint with
/// ON_ERROR_ROLLBACK on.
/// </summary>
/// <param name="variables">Of the run.</param>
/// <param name="send">Sends a statement; false where it failed.</param>
internal sealed class ImplicitTransaction(ReplayVariables variables, Func<string, bool> send)
{
    private const string Savepoint = "pg_psql_temporary_savepoint";

    private bool _hasSavepoint;

    /// <summary>Before a statement.</summary>
    /// <param name="state">Where the session stands.</param>
    /// <param name="sql">The statement.</param>
    /// <returns>False where the statement is not to be sent, for this failed.</returns>
    public bool Begin(TransactionState state, string sql)
    {
        _hasSavepoint = false;
        if (state == TransactionState.Idle && !variables.Flag("AUTOCOMMIT", isOnByDefault: true) && !StandsAlone(sql))
        {
            if (!send("BEGIN"))
            {
                return false;
            }

            state = TransactionState.InTransaction;
        }

        if (state == TransactionState.InTransaction && variables.Flag("ON_ERROR_ROLLBACK"))
        {
            _hasSavepoint = send($"SAVEPOINT {Savepoint}");
            return _hasSavepoint;
        }

        return true;
    }

    /// <summary>After it.</summary>
    /// <param name="state">Where the session stands.</param>
    /// <param name="tag">What the server said last: a statement about savepoints has taken ours away.</param>
    /// <returns>False where this failed.</returns>
    public bool End(TransactionState state, string tag)
    {
        if (!_hasSavepoint)
        {
            return true;
        }

        return state switch
        {
            TransactionState.Failed => send($"ROLLBACK TO {Savepoint}"),
            TransactionState.InTransaction when tag is not ("SAVEPOINT" or "RELEASE" or "ROLLBACK") => send($"RELEASE {Savepoint}"),
            _ => true,
        };
    }

    /// <summary>True for statements that begin or end a transaction, or cannot be in one (common.c, command_no_begin).</summary>
    internal static bool StandsAlone(string sql)
    {
        int at = 0;
        string first = Word();
        switch (first)
        {
            case "ABORT" or "BEGIN" or "START" or "COMMIT" or "END" or "ROLLBACK" or "VACUUM":
                return true;
            case "PREPARE":
                return Word() == "TRANSACTION";
            case "CLUSTER":
                return Word().Length == 0;
            case "CREATE":
                string made = Word();
                made = made == "UNIQUE" ? Word() : made;
                return made is "DATABASE" or "TABLESPACE" || (made == "INDEX" && Word() == "CONCURRENTLY");
            case "ALTER":
                return Word() == "SYSTEM";
            case "DROP":
                string dropped = Word();
                return dropped is "DATABASE" or "SYSTEM" or "TABLESPACE" || (dropped == "INDEX" && Word() == "CONCURRENTLY");
            case "REINDEX":
                string rebuilt = Word();
                if (rebuilt.Length == 0 && at < sql.Length && sql[at] == '(')
                {
                    int end = sql.IndexOf(')', at);
                    at = end < 0 ? sql.Length : end + 1;
                    rebuilt = Word();
                }

                return rebuilt is "DATABASE" or "SYSTEM" || (rebuilt is "INDEX" or "TABLE" && Word() == "CONCURRENTLY");
            case "DISCARD":
                return Word() == "ALL";
            default:
                return false;
        }

        string Word()
        {
            at = SqlComments.After(sql, at);
            int start = at;
            while (at < sql.Length && (char.IsAsciiLetterOrDigit(sql[at]) || sql[at] == '_'))
            {
                at++;
            }

            return sql[start..at].ToUpperInvariant();
        }
    }
}
