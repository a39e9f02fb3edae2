namespace PureDump.Postgres.Wire;

/// <summary>What the tag of CommandComplete says of a statement (src/include/tcop/cmdtaglist.h).</summary>
internal static class CommandTag
{
    /// <summary>True for those that begin or end a transaction or a part of one. A pair of them leaves the session where it was and what
    /// was done is gone.</summary>
    public static bool IsOfTransaction(string tag) => tag is
        "BEGIN" or "START TRANSACTION" or "COMMIT" or "ROLLBACK" or "SAVEPOINT" or "RELEASE"
        or "PREPARE TRANSACTION" or "COMMIT PREPARED" or "ROLLBACK PREPARED";

    /// <summary>
    /// True for those that make, change or fill objects, and say nothing of the session. SET is none, and neither is SELECT: it may call
    /// set_config.
    /// </summary>
    public static bool IsDefinition(string tag)
    {
        int blank = tag.IndexOf(' ', StringComparison.Ordinal);
        return (blank < 0 ? tag : tag[..blank]) is
            "CREATE" or "ALTER" or "DROP" or "COMMENT" or "GRANT" or "REVOKE" or "SECURITY" or "REFRESH" or "REINDEX" or "CLUSTER"
            or "TRUNCATE" or "ANALYZE" or "VACUUM" or "COPY" or "INSERT" or "UPDATE" or "DELETE" or "IMPORT" or "LOCK";
    }
}
