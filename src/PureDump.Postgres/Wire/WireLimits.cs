namespace PureDump.Postgres.Wire;

/// <summary>
/// How much of what a server sends is believed and held. A real one stays far below; one that does not is a named error
/// (<see cref="ErrorKind.Protocol"/>) before its bytes are in memory. What belongs to the user, rows of their own
/// statements and of COPY, is bounded by nothing but what a server can send.
/// </summary>
internal static class WireLimits
{
    /// <summary>The longest message a server can send, in bytes: it builds them in a StringInfo of at most 1 GiB (stringinfo.c,
    /// enlargeStringInfo).</summary>
    public const int MessageSizeMax = 1 << 30;

    /// <summary>Messages that are always short: as much as libpq believes (fe-protocol3.c, pqParseInput3).</summary>
    public const int ShortMessageSizeMax = 30_000;

    /// <summary>A RowDescription: the 65535 columns that its count can say, with names of 63 bytes.</summary>
    public const int RowDescriptionSizeMax = 65535 * (64 + 18);

    /// <summary>How much of an error or a notice is kept; the rest is passed over.</summary>
    public const int ReportSizeMax = 1 << 20;

    /// <summary>One row of the catalog. The longest thing in it is the text of a definition.</summary>
    public const int CatalogRowSizeMax = 64 << 20;

    /// <summary>All rows of an answer to a question of PureDump's own, each counted with <see cref="AnswerRowCost"/> besides.</summary>
    public const int AnswerSizeMax = 16 << 20;

    /// <summary>What holding a row costs beside its bytes.</summary>
    public const int AnswerRowCost = 64;

    /// <summary>In place of a limit: rows are passed over, however long.</summary>
    public const int RowsSkipped = -1;

    /// <summary>How many parameters a server reports; PostgreSQL 18 has 16.</summary>
    public const int ParameterCountMax = 256;

    /// <summary>How many notices are kept until somebody can be told of them, at the start of a session; a login trigger may raise
    /// more.</summary>
    public const int StartupNoticeCountMax = 256;

    /// <summary>How many SASL mechanisms a server offers; PostgreSQL 18 has three.</summary>
    public const int SaslMechanismCountMax = 32;

    /// <summary>How many messages are looked through for the reason why a server does not read any more.</summary>
    public const int LastMessageCountMax = 1000;
}
