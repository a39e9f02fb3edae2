using System.Buffers;
using System.IO.Pipelines;
using PureDump.Formats.Bytes;
using PureDump.Formats.Errors;

namespace PureDump.Storage;

/// <summary>A blob that is read by ranges, by threads that may wait. Each read is one request.</summary>
/// <param name="store">Where it is.</param>
/// <param name="blob">What it is; another one under its name is an error.</param>
/// <param name="cancellation">Ends reads.</param>
internal sealed class BlobRange(IBlobStore store, BlobInfo blob, CancellationToken cancellation) : IRangeReader
{
    /// <inheritdoc/>
    public string Name => $"{store.Name}/{blob.Name}";

    /// <inheritdoc/>
    public long Length => blob.Length;

    /// <summary>Opens a blob.</summary>
    /// <exception cref="PureDumpException">There is none, or it cannot be told (<see cref="ErrorKind.File"/>).</exception>
    public static BlobRange Open(IBlobStore store, BlobName name, CancellationToken cancellation) =>
        Task.Run(() => store.StatAsync(name, cancellation), cancellation).GetAwaiter().GetResult() is { } blob
            ? new BlobRange(store, blob, cancellation)
            : throw new PureDumpException(ErrorKind.File, $"could not open \"{store.Name}/{name}\": there is no such object");

    /// <inheritdoc/>
    public int Read(Span<byte> target, long offset)
    {
        int length = (int)Math.Clamp(blob.Length - offset, 0, target.Length);
        if (length == 0)
        {
            return 0;
        }

        byte[] room = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Task.Run(() => FillAsync(room.AsMemory(0, length), offset), cancellation).GetAwaiter().GetResult();
            room.AsSpan(0, length).CopyTo(target);
            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private async Task FillAsync(Memory<byte> target, long offset)
    {
        var pipe = new Pipe(new PipeOptions(useSynchronizationContext: false));
        Task<BlobInfo?> read = ReadAsync(pipe.Writer, offset, target.Length);
        int count = 0;
        while (true)
        {
            ReadResult result = await pipe.Reader.ReadAsync(cancellation);
            int take = (int)Math.Min(result.Buffer.Length, target.Length - count);
            result.Buffer.Slice(0, take).CopyTo(target.Span[count..]);
            count += take;
            pipe.Reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        await pipe.Reader.CompleteAsync();
        if ((await read)?.Tag != blob.Tag || count < target.Length)
        {
            throw new PureDumpException(ErrorKind.File, $"\"{Name}\" has changed, or is gone, while it was read");
        }
    }

    private async Task<BlobInfo?> ReadAsync(PipeWriter target, long offset, int length)
    {
        try
        {
            BlobInfo? found = await store.ReadAsync(blob.Name, offset, length, target, cancellation);
            await target.CompleteAsync();
            return found;
        }
        catch (Exception e)
        {
            await target.CompleteAsync(e);
            throw;
        }
    }
}
