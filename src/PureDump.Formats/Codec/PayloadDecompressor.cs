using K4os.Compression.LZ4;
using PureDump.Formats.Errors;
using ZstdSharp;

namespace PureDump.Formats.Codec;

/// <summary>Decompresses payloads. Not for two threads at once: make one per thread.</summary>
internal sealed class PayloadDecompressor : IDisposable
{
    private readonly Decompressor _zstd = new();

    /// <summary>Decompresses into exactly <paramref name="target"/>.</summary>
    /// <exception cref="PureDumpException">The payload is not of that codec or length (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public void Decompress(PayloadCodec codec, ReadOnlySpan<byte> stored, Span<byte> target)
    {
        int length = codec switch
        {
            PayloadCodec.None => Copy(stored, target),
            PayloadCodec.Lz4 => LZ4Codec.Decode(stored, target),
            _ => Unzstd(stored, target),
        };
        if (length != target.Length)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged, $"a payload decodes to {length} bytes by codec {codec}, {target.Length} were announced");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _zstd.Dispose();

    private static int Copy(ReadOnlySpan<byte> stored, Span<byte> target)
    {
        if (stored.Length == target.Length)
        {
            stored.CopyTo(target);
        }

        return stored.Length;
    }

    private int Unzstd(ReadOnlySpan<byte> stored, Span<byte> target)
    {
        if (!ZstdFrame.IsOne(stored, target.Length))
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"a payload is not one Zstandard frame of {target.Length} bytes without a dictionary");
        }

        try
        {
            return _zstd.TryUnwrap(stored, target, out int written) ? written : -1;
        }
        catch (ZstdException e)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"a payload is not a Zstandard frame: {e.Message}", null, e);
        }
    }
}
