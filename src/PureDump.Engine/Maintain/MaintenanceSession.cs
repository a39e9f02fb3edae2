using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Server;
using PureDump.Postgres.Session;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Maintain;

/// <summary>A connection for statements about whole databases, to one that is not the one they are about.</summary>
internal sealed class MaintenanceSession : IDisposable
{
    private const string Usual = "postgres";
    private const string Always = "template1";

    // None is asked for, as by PostgreSQL's own clients: names are bytes to them, and in the database's encoding bytes stay what they are.
    private static readonly StartupParameters s_parameters = new() { ClientEncoding = null };

    private readonly WireConnection _connection;
    private readonly Action<string>? _sent;

    private MaintenanceSession(WireConnection connection, Action<string>? sent, Action<ServerReport>? noticed)
    {
        _connection = connection;
        _sent = sent;
        _connection.Notice = noticed is null ? null : message => noticed(message.ToException(null).Report!);
    }

    /// <summary>
    /// Connects (connect_utils.c, connectMaintenanceDatabase): to the database that is asked for, or to postgres and, where that
    /// cannot be had or is the one in question, to template1.
    /// </summary>
    /// <param name="resolve">Gives the target for the name of a database, a conninfo string or a URI.</param>
    /// <param name="maintenance">What was asked for, or null.</param>
    /// <param name="subject">The database in question.</param>
    /// <param name="sent">Told of every statement, before it is run.</param>
    /// <param name="noticed">Told of every notice.</param>
    /// <param name="cancellation">Cuts the connection.</param>
    /// <exception cref="PureDumpException">No server, no login, no such database.</exception>
    public static MaintenanceSession Open(
        Func<string, ConnectionTarget> resolve,
        string? maintenance,
        string subject,
        Action<string>? sent,
        Action<ServerReport>? noticed,
        CancellationToken cancellation)
    {
        ConnectionTarget target = resolve(maintenance ?? (subject == Usual ? Always : Usual));
        StartedConnection started;
        try
        {
            started = HostSearch.Open(target, s_parameters, cancellation);
        }
        catch (PureDumpException e) when (maintenance is null && target.Database != Always && e.Kind != ErrorKind.Cancelled)
        {
            started = HostSearch.Open(target.With(Always), s_parameters, cancellation);
        }

        var connection = new WireConnection(started);
        connection.AbortWhen(cancellation);
        var session = new MaintenanceSession(connection, sent, noticed);
        try
        {
            connection.Execute(SessionSettings.Statements());

            // Said again, for whom the statements are shown to expects it.
            session.Execute(SessionSettings.EmptyPath + ";");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>A text as a literal for the server, whatever the session is set to.</summary>
    public string Literal(string text) => ServerFeatures.Of(_connection.Parameter("server_version")).Literal(text);

    /// <summary>Runs a statement; what was typed of it are bytes.</summary>
    /// <exception cref="PureDumpException">The server reported an error; its report has the statement.</exception>
    public void Execute(string sql)
    {
        _sent?.Invoke(sql);
        try
        {
            _connection.Execute(TypedText.In(_connection.Parameter("client_encoding") ?? "UTF8", sql));
        }
        catch (PureDumpException e)
        {
            throw e.Of(sql);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
