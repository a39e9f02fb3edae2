using System.Net.Sockets;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>Which error is told of a connection that could not be made, in our words and in libpq's.</summary>
/// <remarks>
/// Connection errors have a second text, libpq's: who calls the program psql or pg_dump may look for <c>FATAL:</c>; the own commands keep
/// their sentence, hint and SQLSTATE.
/// </remarks>
internal static class ConnectError
{
    /// <summary>What to do about a pooler.</summary>
    public const string PoolerHint =
        "connect to the server directly, not through a pooler such as PgBouncer (which often listens on port 6432), or let it pool "
            + "sessions";

    /// <summary>Runs an attempt; whatever a broken or disposed socket throws becomes the error it stands for.</summary>
    /// <exception cref="PureDumpException">The attempt's own, that of a watchdog that has ended it, or that the connection broke
    /// (<see cref="ErrorKind.Connection"/>).</exception>
    public static T Guarded<T>(ConnectWatchdog watchdog, Func<T> attempt)
    {
        try
        {
            return attempt();
        }
        catch (Exception error) when (watchdog.IsFired)
        {
            PureDumpException ended = watchdog.Error();
            throw new PureDumpException(ended.Kind, ended.Message, ended.Hint, error);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            throw new PureDumpException(ErrorKind.Connection, $"the connection broke: {error.Message}", inner: error);
        }
    }

    /// <summary>What a server refused a login or a session with.</summary>
    public static PureDumpException Refused(ServerMessage message)
    {
        PureDumpException error = message.ToRefusal();
        return message.Message.Contains("unsupported startup parameter", StringComparison.Ordinal)
            ? new PureDumpException(ErrorKind.UnsupportedServer, error.Message, PoolerHint, error) { SqlState = error.SqlState }
            : error;
    }

    /// <summary>The error with the server it is about.</summary>
    public static PureDumpException Located(PureDumpException error, ResolvedServer server)
    {
        if (error.Kind is ErrorKind.Cancelled or ErrorKind.ConnectionOptions)
        {
            return error;
        }

        string where = $"connection to server {server} failed";
        string? clientText = error.ClientText ?? (error.Report is { } report ? TextOf(report) : null);
        return new PureDumpException(error.Kind, $"{where}: {error.Message}", error.Hint, error)
        {
            SqlState = error.SqlState,
            ClientText = clientText is null ? null : $"{where}: {clientText}",
        };
    }

    /// <summary>The error of a second attempt that was made because of the first one's.</summary>
    /// <param name="first">With the TLS that sslmode says first.</param>
    /// <param name="second">With what it says then.</param>
    /// <param name="tls">What that was.</param>
    public static PureDumpException OfBoth(PureDumpException first, PureDumpException second, TlsUse tls)
    {
        string with = tls == TlsUse.Never ? "without TLS" : "with TLS";
        return new PureDumpException(second.Kind, $"{first.Message}; then {with}: {second.Message}", second.Hint ?? first.Hint, second)
        {
            SqlState = second.SqlState,
        };
    }

    /// <summary>The error of a search in which no host would do.</summary>
    /// <param name="failures">That of each address.</param>
    public static PureDumpException Combined(List<PureDumpException> failures)
    {
        if (failures.Count == 1)
        {
            return failures[0];
        }

        bool isLibpqs = failures.Exists(static failure => failure.ClientText is not null);
        return new PureDumpException(
            ErrorKind.Connection,
            failures.Count == 0 ? "no host to connect to" : string.Join("; ", failures.Select(static failure => failure.Message)),
            failures.Select(static failure => failure.Hint).FirstOrDefault(static hint => hint is not null))
        {
            SqlState = failures.Select(static failure => failure.SqlState).LastOrDefault(static state => state is not null),
            ClientText = isLibpqs ? string.Join('\n', failures.Select(static failure => failure.ClientText ?? failure.Message)) : null,
        };
    }

    // As libpq prints what the server refused it with (fe-protocol3.c, pqBuildErrorMessage3).
    private static string TextOf(ServerReport report)
    {
        string detail = string.IsNullOrEmpty(report.Detail) ? "" : $"\nDETAIL:  {report.Detail}";
        string hint = string.IsNullOrEmpty(report.Hint) ? "" : $"\nHINT:  {report.Hint}";
        return $"{report.Severity}:  {report.Message}{detail}{hint}";
    }
}
