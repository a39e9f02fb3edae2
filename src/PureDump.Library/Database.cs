using PureDump.Postgres.Connection;

namespace PureDump;

/// <summary>A database by its connection string.</summary>
internal static class Database
{
    /// <summary>Resolves it as libpq does: conninfo, URI or a name, and the PG* variables, passfile and service file beside.</summary>
    public static ConnectionTarget Of(string connection) =>
        ConnectionTarget.Resolve(new ConnectionArguments { Database = connection }, Environment.GetEnvironmentVariable);
}
