using System.Globalization;
using PureDump.Formats.Errors;
using PureDump.Postgres.Wire;

namespace PureDump.Postgres.Session;

/// <summary>
/// Refuses servers that an operation cannot work with: a connection pooler that gives each transaction another session (one that gives
/// each connection a session of its own is as good as a server), a name behind which the connections of one run reach different
/// servers, a version that is too old.
/// </summary>
/// <remarks>
/// A pooler is asked by two connections in turn whether it pools sessions: it makes up the process it announces. Where transactions are
/// pooled the process that is free goes to whoever asks, and who asked first is answered first; so the answers tell, and no clock.
/// </remarks>
internal static class PoolerCheck
{
    /// <summary>The oldest major version PureDump works with.</summary>
    public const int VersionMin = 13;

    private const string ProcessSql = "SELECT pg_catalog.pg_backend_pid()";
    private const int RoundCount = 4;

    // A pooler answers who is to be answered in a moment, the more so where it has to start a process of the server for it.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Checks a connection that nothing was done with yet.</summary>
    /// <param name="wire">The connection.</param>
    /// <param name="openAnother">Opens another to the same place; asked for behind a pooler alone.</param>
    /// <returns>True where there is a pooler, which pools sessions.</returns>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.UnsupportedServer"/>.</exception>
    public static bool Check(WireConnection wire, Func<WireConnection> openAnother)
    {
        RefuseOldServer(wire.Parameter("server_version") ?? "");
        string? process = Process(wire);
        string? again = Process(wire);
        string announced = wire.BackendPid.ToString(CultureInfo.InvariantCulture);
        if (process != again)
        {
            throw Pooled($"it announced process {announced}, but process {process} answered, then {again}");
        }

        // A pooler makes up the process it announces.
        if (announced == process)
        {
            return false;
        }

        using WireConnection another = openAnother();
        CheckSessions(wire, process, another);
        return true;
    }

    /// <summary>Refuses a server before <see cref="VersionMin"/>. A standby is fine.</summary>
    /// <param name="serverVersion">The server_version parameter, such as "15.3 (Debian 15.3-1)" or "18beta2".</param>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.UnsupportedServer"/>.</exception>
    public static void RefuseOldServer(string serverVersion)
    {
        int digits = serverVersion.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end && end >= 0 ? end : serverVersion.Length;
        if (!int.TryParse(serverVersion.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int major))
        {
            throw new PureDumpException(
                ErrorKind.Protocol,
                $"server version \"{serverVersion}\" is not one of PostgreSQL",
                $"PureDump works with PostgreSQL {VersionMin} and later");
        }

        if (major < VersionMin)
        {
            throw new PureDumpException(
                ErrorKind.UnsupportedServer,
                $"server version {serverVersion} is too old: PureDump works with PostgreSQL {VersionMin} and later");
        }
    }

    // Where transactions are pooled, the process that is free is given to whoever asks next: two that ask in turn get the same one, and who
    // asks first is answered first. Where sessions are, each has its own; the other one may have to wait for it until the first is gone.
    private static void CheckSessions(WireConnection first, string? process, WireConnection second)
    {
        second.Put(ProcessSql);
        if (!second.IsAnswered(s_patience))
        {
            string? meanwhile = Process(first);
            if (meanwhile != process)
            {
                throw Pooled($"process {process} answered, then {meanwhile}");
            }

            if (!second.IsAnswered(TimeSpan.Zero))
            {
                return;
            }
        }

        string? other = second.AnswerOf(ProcessSql);
        for (int round = 0; round < RoundCount; round++)
        {
            string? ofFirst = Process(first);
            string? ofSecond = Process(second);
            if (other == process || ofFirst != process || ofSecond != other)
            {
                throw Pooled(
                    $"one connection was answered by process {process}, then {ofFirst}, another by process {other}, then {ofSecond}");
            }
        }
    }

    private static string? Process(WireConnection connection) => connection.QueryValueOrNull(ProcessSql);

    private static PureDumpException Pooled(string how) =>
        new(
            ErrorKind.UnsupportedServer,
            $"the connection goes through a pooler that gives each transaction another session: {how}",
            ConnectError.PoolerHint);
}
