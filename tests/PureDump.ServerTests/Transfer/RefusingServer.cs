using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace PureDump.ServerTests.Transfer;

/// <summary>Something on a TCP port that reads what a client begins with, says one thing and hangs up.</summary>
internal sealed class RefusingServer : IDisposable
{
    private const int TlsRequest = 80877103;
    private const int GssRequest = 80877104;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <summary>Listens.</summary>
    /// <param name="answer">What it says.</param>
    public RefusingServer(byte[] answer)
    {
        _listener.Start();
        var thread = new Thread(() => Serve(answer)) { IsBackground = true };
        thread.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private void Serve(byte[] answer)
    {
        try
        {
            while (true)
            {
                using TcpClient client = _listener.AcceptTcpClient();
                Answer(client.GetStream(), answer);
            }
        }
        catch (SocketException)
        {
            // The listener was disposed of.
        }
    }

    private static void Answer(NetworkStream stream, byte[] answer)
    {
        try
        {
            byte[] head = new byte[8];
            while (true)
            {
                stream.ReadExactly(head);
                stream.ReadExactly(new byte[BinaryPrimitives.ReadInt32BigEndian(head) - head.Length]);
                if (BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)) is not (TlsRequest or GssRequest))
                {
                    break;
                }

                stream.Write("N"u8);
            }

            stream.Write(answer);
        }
        catch (IOException)
        {
            // A client that has gone needs no answer.
        }
    }
}
