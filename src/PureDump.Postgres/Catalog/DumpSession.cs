using PureDump.Formats.Sql;

namespace PureDump.Postgres.Catalog;

/// <summary>What the user asked of the sessions that read for a dump, as pg_dump's options say it.</summary>
internal sealed record DumpSession
{
    /// <summary><c>--role</c>: the role to read as; null = the one that logged in.</summary>
    public string? Role { get; init; }

    /// <summary><c>--snapshot</c>: a snapshot that another session has exported; null = a new one.</summary>
    public string? Snapshot { get; init; }

    /// <summary><c>--serializable-deferrable</c>: wait for a snapshot that no serialization failure can reach.</summary>
    public bool SerializableDeferrable { get; init; }

    /// <summary><c>--enable-row-security</c>: dump the rows the role may see, where else it is an error that it may not see all.</summary>
    public bool EnableRowSecurity { get; init; }

    /// <summary><c>--extra-float-digits</c>, -15 to 3: how floating-point numbers print.</summary>
    public int ExtraFloatDigits { get; init; } = 3;

    /// <summary><c>--quote-all-identifiers</c>: see <see cref="SqlText.QuotingAll"/>, which is the other half of it.</summary>
    public bool QuoteAllIdentifiers { get; init; }

    /// <summary>
    /// standard_conforming_strings stays what the login gives, as in pg_dump's dumps; else it is on, which servers from 19 on know only.
    /// </summary>
    public bool FollowsStrings { get; init; }

    /// <summary>
    /// TimeZone and bytea_output stay what the login gives, as in pg_dump's dumps, whose spelling they change and not their meaning; else
    /// they are UTC and hex.
    /// </summary>
    internal bool FollowsSpelling { get; private init; }

    /// <summary>The same for what is to be pg_dump's to the byte: its formats, a script.</summary>
    internal DumpSession ForPgDump => this with { FollowsSpelling = true };

    /// <summary>The statement that begins the leader's transaction. Workers import its snapshot into repeatable read.</summary>
    internal string Begin => SerializableDeferrable && Snapshot is null
        ? "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE"
        : "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
}
