using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>
/// Reads the server's messages until it is ready for a query. Never reads a byte beyond a message, so that whoever takes
/// the stream over starts at the first byte after it.
/// </summary>
internal sealed class StartupReader(Stream stream)
{
    /// <summary>More than any start-up takes; ends a server that sends for ever.</summary>
    private const int TotalMax = 16 << 20;

    private const int OldErrorSizeMax = 8192;

    private readonly byte[] _header = new byte[StartupMessages.HeaderSize];
    private long _total;
    private bool _isFirst = true;

    /// <summary>Reads the next message.</summary>
    /// <param name="phase">What is being done, for the error of a connection that ends here.</param>
    /// <param name="expected">The types that may come; any other is an error before a byte of its body is read.</param>
    /// <exception cref="PureDumpException">
    /// <see cref="ErrorKind.Protocol"/>: a type or length that must not be. <see cref="ErrorKind.Connection"/>: the end.
    /// </exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public (byte Type, byte[] Body) Read(string phase, ReadOnlySpan<byte> expected)
    {
        ReadWhole(_header, phase);
        byte type = _header[0];
        ReadOnlySpan<byte> lengthWord = _header.AsSpan(1);
        if (!expected.Contains(type))
        {
            throw new PureDumpException(
                ErrorKind.Protocol,
                $"unexpected message '{StartupMessages.Show(type)}' of the server during {phase}",
                _isFirst ? "is this a PostgreSQL server?" : null);
        }

        if (_isFirst && type == 'E' && lengthWord[0] != 0)
        {
            // A postmaster that cannot start a process says so in bare text, in the format of protocol 2.
            throw ServerMessage.FromText(ReadOldError(lengthWord)).ToRefusal();
        }

        _isFirst = false;
        int length = StartupMessages.BodyLength(type, lengthWord);
        _total += length;
        if (_total > TotalMax)
        {
            throw new PureDumpException(ErrorKind.Protocol, $"the server sent more than {TotalMax} bytes during {phase}");
        }

        byte[] body = new byte[length];
        ReadWhole(body, phase);
        return (type, body);
    }

    private string ReadOldError(ReadOnlySpan<byte> start)
    {
        var text = new List<byte>(start.ToArray());
        Span<byte> next = stackalloc byte[1];
        while (text.Count < OldErrorSizeMax && !text.Contains(0) && stream.Read(next) == 1)
        {
            text.Add(next[0]);
        }

        return Encoding.UTF8.GetString([.. text.TakeWhile(value => value != 0)]);
    }

    private void ReadWhole(Span<byte> buffer, string phase)
    {
        int size = buffer.Length;
        while (!buffer.IsEmpty)
        {
            int count = stream.Read(buffer);
            if (count == 0)
            {
                throw new PureDumpException(
                    ErrorKind.Connection,
                    $"the server closed the connection during {phase}, {size - buffer.Length} bytes into {size}");
            }

            buffer = buffer[count..];
        }
    }
}
