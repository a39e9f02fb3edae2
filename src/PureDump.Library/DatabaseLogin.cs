using System.Data.Common;
using PureDump.Postgres.Connection;

namespace PureDump;

/// <summary>
/// A database, and how it is logged in to. A string is one, as is a data source of Npgsql (<c>NpgsqlDataSource</c>, which is a
/// <see cref="DbDataSource"/>). Its text holds no password.
/// </summary>
public sealed class DatabaseLogin
{
    private readonly Func<ConnectionTarget> _resolve;
    private readonly PasswordProvider? _provider;

    private DatabaseLogin(Func<ConnectionTarget> resolve, PasswordProvider? provider) => (_resolve, _provider) = (resolve, provider);

    /// <summary>What libpq makes of a connection string: PG* variables, passfile and service file count as with libpq.</summary>
    /// <param name="connection">A conninfo string, a URI, or the name of a database.</param>
    public static DatabaseLogin Of(string connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new DatabaseLogin(
            () => ConnectionTarget.Resolve(new ConnectionArguments { Database = connection }, Environment.GetEnvironmentVariable),
            null);
    }

    /// <summary>
    /// The database of a data source. Its connection string counts, with the variables and the passfile that Npgsql looks at; connections
    /// are made by PureDump itself, not taken from a pool. What was given to its builder as code cannot be seen from outside: a password
    /// provider is given again, with <see cref="WithPassword"/>, and certificates by the names of their files. A data source does not
    /// tell its password either, unless its connection string says <c>Persist Security Info=true</c>.
    /// </summary>
    /// <param name="dataSource">An <c>NpgsqlDataSource</c>; stays its owner's.</param>
    public static DatabaseLogin Of(DbDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return new DatabaseLogin(() => DataSourceLogin.Resolve(dataSource.ConnectionString, Environment.GetEnvironmentVariable), null);
    }

    /// <summary>As <see cref="Of(string)"/>.</summary>
    public static implicit operator DatabaseLogin(string connection) => Of(connection);

    /// <summary>As <see cref="Of(DbDataSource)"/>.</summary>
    public static implicit operator DatabaseLogin(DbDataSource dataSource) => Of(dataSource);

    /// <summary>The same, with a password that is asked for anew before each connection: a token that ages, a password that
    /// changes.</summary>
    /// <param name="provide">Gives it; may be called by several threads at once. What it throws ends the connection, as a
    /// <see cref="PureDumpException"/>.</param>
    public DatabaseLogin WithPassword(Func<CancellationToken, ValueTask<string>> provide)
    {
        ArgumentNullException.ThrowIfNull(provide);
        return new DatabaseLogin(_resolve, new PasswordProvider(provide));
    }

    /// <summary>What the server and the login are now, by string, environment and files.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.ConnectionOptions"/>.</exception>
    internal ConnectionTarget Resolve() => _provider is null ? _resolve() : _resolve() with { PasswordProvider = _provider };
}
