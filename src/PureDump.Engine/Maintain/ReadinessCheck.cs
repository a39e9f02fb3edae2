using System.Globalization;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Maintain;

/// <summary>Whether a server takes connections; the numbers are the exit codes of pg_isready.</summary>
internal enum Readiness
{
    /// <summary>It does.</summary>
    Accepting = 0,

    /// <summary>It is there and does not: it starts up, shuts down or recovers.</summary>
    Rejecting = 1,

    /// <summary>Nobody answers.</summary>
    NoResponse = 2,
}

/// <summary>Asks a server whether it takes connections. Needs no role and no password.</summary>
internal static class ReadinessCheck
{
    /// <summary>How many seconds are waited for each address, unless said otherwise.</summary>
    public const string TimeoutDefault = "3";

    /// <summary>Asks.</summary>
    /// <param name="arguments">Which server.</param>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    /// <param name="timeout">How many seconds to wait for each address; no end where it is not above 0.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What it came to. Options no connection can be made with are a server that does not answer, as with libpq.</returns>
    public static Readiness Run(
        ConnectionArguments arguments,
        Func<string, string?> environment,
        string timeout,
        CancellationToken cancellation)
    {
        if (
            !int.TryParse(
                timeout,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out int seconds))
        {
            return Readiness.NoResponse;
        }

        ConnectionTarget target;
        try
        {
            target = ConnectionTarget.Resolve(arguments, environment) with
            {
                ConnectTimeout = seconds > 0 ? TimeSpan.FromSeconds(seconds) : null,
            };
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.ConnectionOptions)
        {
            return Readiness.NoResponse;
        }

        return ServerPing.Ask(target, cancellation) switch
        {
            ServerAnswer.Accepts => Readiness.Accepting,
            ServerAnswer.Rejects => Readiness.Rejecting,
            _ => Readiness.NoResponse,
        };
    }
}
