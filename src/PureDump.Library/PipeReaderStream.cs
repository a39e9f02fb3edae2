using System.Buffers;
using System.IO.Pipelines;
using PureDump.Formats.Codec;

namespace PureDump;

/// <summary>A pipe as the stream that an operation reads.</summary>
internal sealed class PipeReaderStream(PipeReader reader, CancellationToken cancellation) : ReadOnlyStream
{
    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        ValueTask<ReadResult> read = reader.ReadAsync(cancellation);
        ReadResult result = read.IsCompletedSuccessfully ? read.Result : read.AsTask().GetAwaiter().GetResult();
        int count = (int)Math.Min(result.Buffer.Length, buffer.Length);
        result.Buffer.Slice(0, count).CopyTo(buffer);
        reader.AdvanceTo(result.Buffer.GetPosition(count));
        return count;
    }
}
