using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PureDump.Postgres.Connection;

namespace PureDump.Tests.Wire;

/// <summary>A server on a real socket that says what a test wants it to say, however wrong.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Thread _thread;
    private readonly Action<Stream> _script;
    private volatile bool _isDisposed;

    /// <summary>Runs <paramref name="script"/> on each connection, one after the other, and closes it.</summary>
    public FakeServer(Action<Stream> script)
    {
        _script = script;
        _listener.Start();
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int ConnectionCount { get; private set; }

    /// <summary>A target for this server; <paramref name="conninfo"/> comes last and so wins.</summary>
    public ConnectionTarget Target(string conninfo = "") => ConnectionTarget.Resolve(
        new ConnectionArguments
        {
            Database = $"host=127.0.0.1 port={Port} user=ann password=secret dbname=shop sslmode=disable connect_timeout=20 {conninfo}",
        },
        _ => null);

    public void Dispose()
    {
        _isDisposed = true;
        _listener.Stop();
        _thread.Join();
    }

    public static byte[] Message(char type, params byte[] body)
    {
        byte[] message = new byte[5 + body.Length];
        message[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + body.Length);
        body.CopyTo(message, 5);
        return message;
    }

    public static byte[] Authentication(int code, params byte[] data)
    {
        byte[] body = new byte[4 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(body, code);
        data.CopyTo(body, 4);
        return Message('R', body);
    }

    public static byte[] Authentication(int code, string data) => Authentication(code, Encoding.ASCII.GetBytes(data));

    public static byte[] Parameter(string name, string value) => Message('S', Encoding.UTF8.GetBytes($"{name}\0{value}\0"));

    /// <summary>An error that ends the session.</summary>
    public static byte[] Error(string sqlState, string text) => Error("FATAL", sqlState, text);

    /// <summary>An error of a statement; the session goes on.</summary>
    public static byte[] Failure(string sqlState, string text) => Error("ERROR", sqlState, text);

    /// <summary>All a server says from the login on, where it asks for nothing.</summary>
    public static byte[] Welcome() =>
    [
        .. Authentication(0),
        .. Parameter("server_version", "17.2"),
        .. Parameter("in_hot_standby", "off"),
        .. Message('K', 0, 0, 0, 7, 1, 2, 3, 4),
        .. Message('Z', (byte)'I'),
    ];

    /// <summary>Takes a start-up message (or any other without a type byte) off the stream.</summary>
    public static byte[] ReadStartup(Stream stream)
    {
        byte[] length = new byte[4];
        stream.ReadExactly(length);
        byte[] body = new byte[BinaryPrimitives.ReadInt32BigEndian(length) - 4];
        stream.ReadExactly(body);
        return body;
    }

    /// <summary>Takes a message with a type byte off the stream.</summary>
    public static byte[] ReadMessage(Stream stream)
    {
        _ = stream.ReadByte();
        return ReadStartup(stream);
    }

    private static byte[] Error(string severity, string sqlState, string text) =>
        Message('E', Encoding.UTF8.GetBytes($"S{severity}\0V{severity}\0C{sqlState}\0M{text}\0\0"));

    private void Serve()
    {
        while (!_isDisposed)
        {
            try
            {
                using TcpClient client = _listener.AcceptTcpClient();
                ConnectionCount++;
                using NetworkStream stream = client.GetStream();
                _script(stream);
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The client hung up, or the test is over.
            }
        }
    }
}
