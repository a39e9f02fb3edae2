using System.Globalization;
using Npgsql;
using PureDump.Formats.Errors;
using PureDump.Postgres.Wire;

namespace PureDump.Postgres.Connection;

/// <summary>
/// Refuses what stands between PureDump and one server: a connection pooler, which may give each transaction another
/// session, and a name behind which the connections of one run reach different servers. Neither can share a snapshot.
/// </summary>
internal static class PoolerCheck
{
    /// <summary>What to do about a pooler.</summary>
    public const string Hint = "connect to the server directly, not through a pooler such as PgBouncer (which often listens on port 6432)";

    private const string ProcessSql = "SELECT pg_catalog.pg_backend_pid()";
    private const string StartSql = "SELECT extract(epoch FROM pg_catalog.pg_postmaster_start_time())::pg_catalog.text";

    /// <summary>Checks that a connection is one session of one server.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.UnsupportedServer"/>.</exception>
    public static void Check(WireConnection wire) => RefusePooler(wire.BackendPid, Value(wire, ProcessSql), Value(wire, ProcessSql));

    /// <summary>Checks that a connection of Npgsql is one session of the same running server as one of the wire.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.UnsupportedServer"/>.</exception>
    public static void Check(WireConnection wire, NpgsqlConnection catalog)
    {
        try
        {
            RefusePooler(catalog.ProcessID, Value(catalog, ProcessSql), Value(catalog, ProcessSql));
            if (Value(wire, StartSql) != Value(catalog, StartSql))
            {
                throw new PureDumpException(
                    ErrorKind.UnsupportedServer,
                    $"two connections {wire.Server} reached different servers, which cannot share a snapshot",
                    Hint);
            }
        }
        catch (NpgsqlException error)
        {
            throw ServerErrors.Translate(error, "checking the server");
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

    private static string? Value(WireConnection connection, string sql) => connection.Query(sql) is [[var value, ..], ..] ? value : null;

    private static string? Value(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
