using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PureDump.Postgres.Connection;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>
/// A bad network before a real server: passes so many bytes, all connections together, and then cuts them all and takes no
/// more, or goes silent.
/// </summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly PostgresServer _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _sockets = [];
    private readonly bool _goesSilent;
    private long _left;
    private bool _isClosed;

    /// <summary>Begins to listen.</summary>
    /// <param name="server">What stands behind it.</param>
    /// <param name="byteCount">How many bytes pass, in both directions together.</param>
    /// <param name="goesSilent">Then passes nothing more, and leaves the connections open.</param>
    public CuttingProxy(PostgresServer server, long byteCount, bool goesSilent = false)
    {
        _server = server;
        _left = byteCount;
        _goesSilent = goesSilent;
        _listener.Start();
        Run(Accept);
    }

    /// <summary>True once it has passed all that it was to pass.</summary>
    public bool IsOver => Interlocked.Read(ref _left) <= 0;

    /// <summary>The server through the proxy.</summary>
    public ConnectionTarget TargetOf(string database) => ConnectionTarget.Resolve(
        new ConnectionArguments
        {
            Host = IPAddress.Loopback.ToString(),
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture),
            User = _server.User,
            Database = database,
        },
        name => name == "PGPASSWORD" ? _server.Password : null);

    public void Dispose() => Close();

    private static void Run(Action action) => new Thread(() =>
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut: that is what it is for.
        }
    })
    { IsBackground = true }.Start();

    private void Accept()
    {
        while (true)
        {
            Socket client = _listener.AcceptSocket();
            bool isPath = _server.Host.StartsWith('/');
            var server = new Socket(isPath ? AddressFamily.Unix : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified);
            if (isPath)
            {
                server.Connect(new UnixDomainSocketEndPoint($"{_server.Host}/.s.PGSQL.{_server.Port}"));
            }
            else
            {
                server.Connect(_server.Host, _server.Port);
            }

            lock (_sockets)
            {
                _sockets.Add(client);
                _sockets.Add(server);
            }

            Run(() => Pass(client, server));
            Run(() => Pass(server, client));
        }
    }

    private void Pass(Socket from, Socket to)
    {
        byte[] buffer = new byte[4096];
        int count;
        while ((count = from.Receive(buffer)) > 0)
        {
            long left = Interlocked.Add(ref _left, -count);
            if (left + count > 0)
            {
                to.Send(buffer, (int)Math.Min(count, left + count), SocketFlags.None);
            }

            if (left <= 0 && !_goesSilent)
            {
                Close();
                return;
            }
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private void Close()
    {
        lock (_sockets)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            _listener.Stop();
            foreach (Socket socket in _sockets)
            {
                socket.Dispose();
            }
        }
    }
}
