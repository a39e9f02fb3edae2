using K4os.Compression.LZ4;
using ZstdSharp;

namespace PureDump.Formats.Codec;

/// <summary>Compresses payloads, each by itself. Not for two threads at once: make one per thread.</summary>
internal sealed class PayloadCompressor(CodecSetting setting) : IDisposable
{
    private readonly Compressor? _zstd = setting.Codec == PayloadCodec.Zstd ? new Compressor(setting.Level) : null;
    private readonly LZ4Level _lz4Level = setting.Level <= 1 ? LZ4Level.L00_FAST : (LZ4Level)Math.Max(3, setting.Level);

    /// <summary>The codec of what <see cref="Compress"/> gives.</summary>
    public PayloadCodec Codec => setting.Codec;

    /// <summary>Compresses into <paramref name="target"/>.</summary>
    /// <param name="raw">What to compress.</param>
    /// <param name="target">Room for the result; a result as long as <paramref name="raw"/> is not wanted, so that much is enough.</param>
    /// <returns>The length of the result, or -1 where it would not be shorter than <paramref name="raw"/>.</returns>
    public int Compress(ReadOnlySpan<byte> raw, Span<byte> target)
    {
        Span<byte> room = target[..Math.Min(target.Length, Math.Max(0, raw.Length - 1))];
        if (room.IsEmpty)
        {
            return -1;
        }

        switch (setting.Codec)
        {
            case PayloadCodec.Lz4:
                int length = LZ4Codec.Encode(raw, room, _lz4Level);
                return length > 0 ? length : -1;
            case PayloadCodec.Zstd:
                return _zstd!.TryWrap(raw, room, out int written) ? written : -1;
            default:
                return -1;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _zstd?.Dispose();
}
