using System.Globalization;
using PureDump.Formats.Errors;
using PureDump.Postgres.Wire;

namespace PureDump.Postgres.Connection;

/// <summary>
/// Refuses servers that an operation cannot work with: a connection pooler that gives each transaction another session, a
/// name behind which the connections of one run reach different servers, a version that is too old.
/// </summary>
internal static class PoolerCheck
{
    /// <summary>The oldest major version PureDump works with.</summary>
    public const int VersionMin = 13;

    /// <summary>What to do about a pooler.</summary>
    public const string Hint = "connect to the server directly, not through a pooler such as PgBouncer (which often listens on port 6432)";

    private const string ProcessSql = "SELECT pg_catalog.pg_backend_pid()";

    /// <summary>Checks a connection of the wire alone, before anything takes it over.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.UnsupportedServer"/>.</exception>
    public static void Check(StartedConnection wire)
    {
        RefuseOldServer(wire.Parameters.GetValueOrDefault("server_version", ""));
        RefusePooler(wire.BackendPid, StartupQuery.Value(wire, ProcessSql), StartupQuery.Value(wire, ProcessSql));
    }

    /// <summary>Checks a connection of the wire alone.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.UnsupportedServer"/>.</exception>
    public static void Check(WireConnection wire)
    {
        RefuseOldServer(wire.Parameter("server_version") ?? "");
        RefusePooler(wire.BackendPid, Value(wire, ProcessSql), Value(wire, ProcessSql));
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

    // A pooler makes up the process it announces, and one that pools transactions answers from another each time.
    private static void RefusePooler(int announced, string? first, string? second)
    {
        if (announced.ToString(CultureInfo.InvariantCulture) != first || first != second)
        {
            throw new PureDumpException(
                ErrorKind.UnsupportedServer,
                $"the connection goes through a pooler: it announced process {announced}, but process {first} answered, then {second}",
                Hint);
        }
    }

    private static string? Value(WireConnection connection, string sql) => connection.QueryValueOrNull(sql);
}
