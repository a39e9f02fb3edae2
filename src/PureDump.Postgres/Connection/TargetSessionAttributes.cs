namespace PureDump.Postgres.Connection;

/// <summary>Which of several hosts will do; libpq's <c>target_session_attrs</c>.</summary>
internal enum TargetSessionAttributes
{
    /// <summary>Whichever answers.</summary>
    Any,

    /// <summary>A session that may write by default.</summary>
    ReadWrite,

    /// <summary>A session that may not write by default.</summary>
    ReadOnly,

    /// <summary>A server that is not a standby.</summary>
    Primary,

    /// <summary>A server that is a standby.</summary>
    Standby,

    /// <summary>A standby where there is one, else whichever answers.</summary>
    PreferStandby,
}
