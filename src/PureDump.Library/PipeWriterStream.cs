using System.IO.Pipelines;
using PureDump.Formats.Codec;

namespace PureDump;

/// <summary>A pipe as the stream that an operation writes to. It waits where the pipe is full, so a slow reader bounds what is
/// held.</summary>
internal sealed class PipeWriterStream(PipeWriter writer, CancellationToken cancellation) : WriteOnlyStream
{
    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            Span<byte> room = writer.GetSpan();
            int count = Math.Min(room.Length, buffer.Length);
            buffer[..count].CopyTo(room);
            buffer = buffer[count..];
            writer.Advance(count);
            ValueTask<FlushResult> flush = writer.FlushAsync(cancellation);
            FlushResult result = flush.IsCompletedSuccessfully ? flush.Result : flush.AsTask().GetAwaiter().GetResult();
            if (result.IsCompleted || result.IsCanceled)
            {
                throw new IOException("the reader of the pipe has gone");
            }
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }
}
