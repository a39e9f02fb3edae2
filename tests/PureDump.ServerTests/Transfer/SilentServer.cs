using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PureDump.ServerTests.Transfer;

/// <summary>Takes connections, says the same to each, and nothing more; or takes none, and lets those who connect wait.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _sockets = [];
    private int _count;

    /// <summary>Begins to listen.</summary>
    /// <param name="greeting">What it says; null: it takes nobody.</param>
    public SilentServer(byte[]? greeting)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(greeting is null ? 0 : 100);
        if (greeting is null)
        {
            FillQueue();
        }
        else
        {
            new Thread(() => Greet(greeting)) { IsBackground = true }.Start();
        }
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>True once it has said to somebody all that it says, or somebody waits to be taken.</summary>
    public bool IsOver => Volatile.Read(ref _count) > 0 || HasCaller();

    public void Dispose()
    {
        _listener.Dispose();
        lock (_sockets)
        {
            _sockets.ForEach(static socket => socket.Dispose());
        }
    }

    // The kernel takes one more than it was told to, and answers nobody else.
    private void FillQueue()
    {
        for (int i = 0; i < 2; i++)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            filler.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _sockets.Add(filler);
            try
            {
                filler.Connect(_listener.LocalEndPoint!);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // Under way.
            }
        }
    }

    // Local address, remote address, state in /proc/net/tcp (proc_pid_net(5)); 02 is a connection that nobody has taken.
    private bool HasCaller()
    {
        string port = Port.ToString("X4", CultureInfo.InvariantCulture);
        return File.ReadLines("/proc/net/tcp")
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(fields =>
                fields[2].EndsWith($":{port}", StringComparison.Ordinal) && fields[3] == "02" && !IsFiller(fields[1].Split(':')[1]));
    }

    private bool IsFiller(string port) => _sockets.Exists(socket =>
        ((IPEndPoint)socket.LocalEndPoint!).Port.ToString("X4", CultureInfo.InvariantCulture) == port);

    private void Greet(byte[] greeting)
    {
        try
        {
            while (true)
            {
                Socket socket = _listener.Accept();
                lock (_sockets)
                {
                    _sockets.Add(socket);
                }

                socket.Receive(new byte[1000]);
                socket.Send(greeting);
                Interlocked.Increment(ref _count);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was disposed of.
        }
    }
}
