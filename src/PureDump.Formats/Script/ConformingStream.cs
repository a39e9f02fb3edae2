using PureDump.Formats.Codec;

namespace PureDump.Formats.Script;

/// <summary>Statements that were written for <c>standard_conforming_strings</c> off, being read as they are where it is on. Holds one of
/// them.</summary>
internal sealed class ConformingStream : ReadOnlyStream
{
    private readonly Stream _statements;
    private readonly ScriptReader _reader;
    private int _taken;
    private int _length;

    /// <summary>A stream that owns what it reads.</summary>
    /// <param name="statements">Nothing but statements, without commands and rows between them.</param>
    /// <param name="encoding">PostgreSQL's name of their encoding.</param>
    public ConformingStream(Stream statements, string encoding)
    {
        _statements = statements;
        _reader = new ScriptReader(statements) { Encoding = encoding, StandardConformingStrings = false, TellsEscapes = true };
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        if (_taken > _length || _length == 0)
        {
            if (_reader.Read() != ScriptPart.Statement)
            {
                return 0;
            }

            (_taken, _length) = (0, _reader.Statement.Length);
        }

        ReadOnlySpan<byte> rest = _reader.Statement[_taken..];
        int count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        _taken += count;
        if (count < buffer.Length)
        {
            // The line end behind it.
            buffer[count++] = (byte)'\n';
            _taken++;
        }

        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _statements.Dispose();
        }

        base.Dispose(disposing);
    }
}
