using System.Globalization;
using System.Net;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Replay;

/// <summary>The connection of a replay, which a script may change for one to another database of the same server.</summary>
/// <remarks>
/// Psql's session has the encoding of the database until the script says another: as psql without a terminal; a script is sent byte by
/// byte.
/// </remarks>
internal sealed class ReplaySession(ReplayRequest request, Action<ServerMessage> notice, CancellationToken cancellation) : IDisposable
{
    private ConnectionTarget _target = request.Target;
    private ResolvedServer? _server;
    private WireConnection? _connection;
    private CancellationTokenRegistration _cancel;

    /// <summary>The connection.</summary>
    public WireConnection Connection => _connection ?? throw new InvalidOperationException("not connected");

    /// <summary>False before the first connection and between two.</summary>
    public bool IsOpen => _connection is not null;

    /// <summary>Makes the first connection.</summary>
    /// <exception cref="PureDumpException">It cannot be made.</exception>
    public void Open() => Open(_target);

    /// <summary>Runs <c>\connect</c>: the old connection is closed whatever becomes of the new one.</summary>
    /// <param name="arguments">What stands behind it.</param>
    /// <exception cref="PureDumpException">It cannot be made (of any kind a connection fails with), or leads elsewhere
    /// (<see cref="ErrorKind.ScriptRefused"/>).</exception>
    public void Reconnect(IReadOnlyList<string> arguments)
    {
        ConnectionTarget target = ConnectArguments.Apply(_target, arguments);
        if (IsOpen)
        {
            CheckEnd();
        }

        Close();
        Open(target);
    }

    /// <summary>Refuses a script that stands here in a transaction which nothing will commit, or not in the one it is run in, where its
    /// ends are to be there.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.ScriptRefused"/>.</exception>
    public void CheckEnd()
    {
        bool isOpen = Connection.TransactionState != TransactionState.Idle;
        if (request.RequiresEnds && isOpen != request.SingleTransaction)
        {
            throw new PureDumpException(
                ErrorKind.ScriptRefused,
                isOpen
                    ? "the script leaves a transaction that it began: nothing that was done in it is kept"
                    : "the script has ended the single transaction it is run in: what was done before and after is not kept or lost "
                        + "together");
        }
    }

    /// <summary>What <c>\conninfo</c> shows (command.c, exec_command_conninfo).</summary>
    public List<(string Name, string Value)> Describe()
    {
        string host = _server!.Host.Name ?? _server.Host.Address ?? "";
        string address = _server.EndPoint is IPEndPoint { Address: var found } ? found.ToString() : "";
        List<(string Name, string Value)> lines = [("Database", _target.Database), ("Client User", _target.User)];
        lines.Add((host is ['/' or '@', ..] ? "Socket Directory" : "Host", host));
        if (address.Length > 0 && address != host)
        {
            lines.Add(("Host Address", address));
        }

        lines.AddRange(
        [
            ("Server Port", _server.Host.Port.ToString(CultureInfo.InvariantCulture)),
            ("Options", _target.Options ?? ""),
            ("Protocol Version", "3.0"),
            ("Password Used", Connection.UsedPassword ? "true" : "false"),
            ("GSSAPI Authenticated", "false"),
            ("Backend PID", Connection.BackendPid.ToString(CultureInfo.InvariantCulture)),
            ("SSL Connection", Connection.Tls is null ? "false" : "true"),
        ]);
        if (Connection.Tls is { } tls)
        {
            lines.Add(("SSL Protocol", tls.SslProtocol.ToString().Replace("Tls1", "TLSv1.", StringComparison.Ordinal)));
            lines.Add(("SSL Cipher", tls.NegotiatedCipherSuite.ToString()));
            lines.Add(("ALPN", tls.NegotiatedApplicationProtocol.ToString() is { Length: > 0 } protocol ? protocol : "none"));
        }

        lines.Add(("Superuser", Connection.Parameter("is_superuser") ?? "unknown"));
        lines.Add(("Hot Standby", Connection.Parameter("in_hot_standby") ?? "unknown"));
        return lines;
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private void Open(ConnectionTarget target)
    {
        StartupParameters parameters = new() { ClientEncoding = request.Encoding ?? target.ClientEncoding };
        StartedConnection started = _server is null
            ? HostSearch.Open(target, parameters, cancellation)
            : ConnectAttempt.OpenAgain(target, _server, parameters, cancellation);
        _connection = new WireConnection(started) { Notice = notice };
        _server = started.Server;
        _target = target;
        try
        {
            Begin(started);
        }
        catch
        {
            // Nothing is to run on a connection that was not set up, and it is to be gone before the script's end.
            Close();
            throw;
        }

        SetVariables(target);
    }

    private void Begin(StartedConnection started)
    {
        foreach (ServerMessage message in started.Notices)
        {
            notice(message);
        }

        // Cutting the line alone would let the statement run on to its end.
        _cancel = cancellation.UnsafeRegister(
            static connection =>
            {
                ((WireConnection)connection!).Abort();
                ((WireConnection)connection).Cancel();
            },
            _connection);
        if (request.RequiresEnds)
        {
            // What a dump makes may be read-only by default, as soon as it is there.
            Connection.Execute("SET default_transaction_read_only = off");
        }
    }

    private void SetVariables(ConnectionTarget target)
    {
        request.Variables.Set("DBNAME", target.Database);
        request.Variables.Set("USER", target.User);
        request.Variables.Set("HOST", _server!.Host.Name ?? _server.Host.Address ?? "");
        request.Variables.Set("PORT", _server.Host.Port.ToString(CultureInfo.InvariantCulture));
        request.Variables.Set("ENCODING", Connection.Parameter("client_encoding") ?? "");
        string version = Connection.Parameter("server_version") ?? "";
        request.Variables.Set("SERVER_VERSION_NAME", version);
        request.Variables.Set("SERVER_VERSION_NUM", ReplayVariables.VersionNumber(version));
    }

    private void Close()
    {
        _cancel.Dispose();
        _connection?.Dispose();
        _connection = null;
    }
}
