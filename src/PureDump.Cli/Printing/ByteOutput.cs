using PureDump.Formats.Pg;

namespace PureDump.Cli.Printing;

/// <summary>Bytes and text on their way to a stream, gathered into larger writes. Text is UTF-8 but for what was typed otherwise, bytes
/// stay what they are.</summary>
internal sealed class ByteOutput(Stream target)
{
    private readonly byte[] _buffer = new byte[1 << 14];
    private int _length;

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _length)
        {
            Flush();
            if (bytes.Length > _buffer.Length)
            {
                target.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Writes one byte so many times.</summary>
    public void Repeat(byte value, int count)
    {
        for (; count > 0; count--)
        {
            if (_length == _buffer.Length)
            {
                Flush();
            }

            _buffer[_length++] = value;
        }
    }

    /// <summary>Writes text.</summary>
    public void Write(string text) => Write(TypedText.Encode(text));

    /// <summary>Writes text and a line end.</summary>
    public void WriteLine(string text)
    {
        Write(text);
        Repeat((byte)'\n', 1);
    }

    /// <summary>Hands on what was gathered.</summary>
    public void Flush()
    {
        target.Write(_buffer.AsSpan(0, _length));
        _length = 0;
        target.Flush();
    }
}
