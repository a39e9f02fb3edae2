namespace PureDump.Postgres.Connection;

/// <summary>When the user is asked for a password.</summary>
internal enum PasswordPrompting
{
    /// <summary>When the server wants one and none is known.</summary>
    WhenNeeded,

    /// <summary>Never (<c>-w</c>): a login that needs an unknown password fails.</summary>
    Never,

    /// <summary>Before connecting, whatever the server wants (<c>-W</c>).</summary>
    Always,
}
