using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PureDump.Postgres.Connection;

namespace PureDump.TestSupport;

/// <summary>
/// A bad network before a real server: passes so many bytes, all connections together, or what comes before a text, and then cuts them
/// all and takes no more, or goes silent.
/// </summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly PostgresServer _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _sockets = [];
    private readonly bool _goesSilent;
    private readonly byte[]? _text;
    private long _left;
    private bool _isClosed;

    /// <summary>Begins to listen.</summary>
    /// <param name="server">What stands behind it.</param>
    /// <param name="byteCount">How many bytes pass, in both directions together.</param>
    /// <param name="goesSilent">Then passes nothing more, and leaves the connections open.</param>
    public CuttingProxy(PostgresServer server, long byteCount, bool goesSilent = false)
        : this(server, byteCount, goesSilent, null)
    {
    }

    private CuttingProxy(PostgresServer server, long byteCount, bool goesSilent, byte[]? text)
    {
        _text = text;
        _server = server;
        _left = byteCount;
        _goesSilent = goesSilent;
        _listener.Start();
        Run(Accept);
    }

    /// <summary>As the other, silent from the first piece on that holds a text, in whichever direction; that piece does not pass.</summary>
    public CuttingProxy(PostgresServer server, string text)
        : this(server, long.MaxValue, goesSilent: true, Encoding.ASCII.GetBytes(text))
    {
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>True once somebody has connected.</summary>
    public bool HasClient
    {
        get
        {
            lock (_sockets)
            {
                return _sockets.Count > 0;
            }
        }
    }

    /// <summary>True once it has passed all that it was to pass.</summary>
    public bool IsOver => LeftCount <= 0;

    /// <summary>How many bytes are still to pass; less than none where a piece was cut.</summary>
    public long LeftCount => Interlocked.Read(ref _left);

    /// <summary>The server through the proxy.</summary>
    public ConnectionTarget TargetOf(string database) => ConnectionTarget.Resolve(
        new ConnectionArguments
        {
            Host = IPAddress.Loopback.ToString(),
            Port = Port.ToString(CultureInfo.InvariantCulture),
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
        // What may be the beginning of the text stays before the next piece.
        int kept = 0;
        byte[] buffer = new byte[4096 + (_text?.Length ?? 0)];
        int count;
        while ((count = from.Receive(buffer.AsSpan(kept))) > 0)
        {
            if (_text is not null)
            {
                int length = kept + count;
                if (buffer.AsSpan(0, length).IndexOf(_text) >= 0)
                {
                    Interlocked.Exchange(ref _left, 0);
                }
                else if (!IsOver)
                {
                    to.Send(buffer.AsSpan(kept, count));
                }

                kept = Math.Min(length, _text.Length - 1);
                buffer.AsSpan(length - kept, kept).CopyTo(buffer);
                continue;
            }

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
