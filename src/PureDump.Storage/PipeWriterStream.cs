using System.IO.Pipelines;
using PureDump.Formats.Codec;

namespace PureDump.Storage;

/// <summary>A pipe as a stream that is written by a thread that may wait. It waits where the pipe is full, so a slow reader bounds what is
/// held.</summary>
/// <param name="writer">The pipe; it is not completed here.</param>
/// <param name="onGone">Called where the pipe's reader has gone, to throw what it failed with.</param>
/// <param name="cancellation">Ends a wait.</param>
internal sealed class PipeWriterStream(PipeWriter writer, Action? onGone, CancellationToken cancellation) : WriteOnlyStream
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
                onGone?.Invoke();
                throw new IOException("the reader of the pipe has gone");
            }
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }
}
