using PureDump.Formats.Errors;

namespace PureDump.Formats.Codec;

/// <summary>
/// The data of an entry or large object, or a script, out of its compression. Bounded memory, whatever the data grow to.
/// What is wrong in it is an error that names it.
/// </summary>
internal sealed class DecompressedStream : ReadOnlyStream
{
    private readonly Stream _stored;
    private readonly StreamMethod _method;
    private readonly bool _isZlib;
    private readonly string _name;
    private readonly IDisposable? _owned;
    private Stream? _plain;
    private bool _isAtEnd;

    /// <summary>A stream of plain bytes.</summary>
    /// <param name="stored">The bytes as they stand in the archive or file; read to their end.</param>
    /// <param name="method">How they are compressed.</param>
    /// <param name="isZlib">gzip means the format of RFC 1950 (custom), not that of RFC 1952 (a file).</param>
    /// <param name="name">For messages: whose data.</param>
    /// <param name="owned">What is disposed of with this, besides <paramref name="stored"/>.</param>
    public DecompressedStream(Stream stored, StreamMethod method, bool isZlib, string name, IDisposable? owned = null)
    {
        _stored = stored;
        _method = method;
        _isZlib = isZlib;
        _name = name;
        _owned = owned;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_isAtEnd || buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            _plain ??= Open();
            int length = _plain.Read(buffer);
            if (length == 0)
            {
                _isAtEnd = true;
                CheckEnd();
            }

            return length;
        }
        catch (Exception e) when (StreamCompression.IsDamage(e))
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"the data of {_name} are damaged: {e.Message.TrimEnd('.')}", null, e);
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not read the data of {_name}");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _plain?.Dispose();
            _stored.Dispose();
            _owned?.Dispose();
        }

        base.Dispose(disposing);
    }

    // Where there was nothing to compress, some methods write nothing at all (compress_lz4.c).
    private Stream Open()
    {
        var stored = new PeekedStream(_stored);
        return stored.IsEmpty ? stored : StreamCompression.OutOf(stored, _method, _isZlib) ?? stored;
    }

    private void CheckEnd()
    {
        Span<byte> more = stackalloc byte[1];
        if (_stored.Read(more) != 0)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"the data of {_name} are damaged: more follows their end");
        }
    }
}
