using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using PureDump.Storage;

namespace PureDump.Tests.Storage;

/// <summary>A store in memory. What is asked of it can be counted and made to fail.</summary>
internal sealed class MemoryStore : IBlobStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<BlobName, (byte[] Bytes, BlobInfo Info)> _blobs = [];
    private int _version;

    public string Name => "memory";

    /// <summary>Called with what is asked for before it is done; may throw.</summary>
    public Action<string> OnCall { get; init; } = static _ => { };

    public async Task<BlobInfo?> PutAsync(BlobName name, PipeReader content, PutCondition condition, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        try
        {
            await content.CopyToAsync(bytes, cancellation);
            OnCall($"put {name}");
        }
        finally
        {
            await content.CompleteAsync();
        }

        lock (_gate)
        {
            if (!condition.IsMetBy(_blobs.GetValueOrDefault(name).Info))
            {
                return null;
            }

            var info = new BlobInfo(name, bytes.Length, $"{++_version}", DateTimeOffset.UtcNow);
            _blobs[name] = (bytes.ToArray(), info);
            return info;
        }
    }

    public Task<BlobInfo?> StatAsync(BlobName name, CancellationToken cancellation)
    {
        OnCall($"stat {name}");
        lock (_gate)
        {
            return Task.FromResult<BlobInfo?>(_blobs.GetValueOrDefault(name).Info);
        }
    }

    public async Task<BlobInfo?> ReadAsync(BlobName name, long offset, long? length, PipeWriter target, CancellationToken cancellation)
    {
        OnCall($"read {name}");
        (byte[] Bytes, BlobInfo Info) blob;
        lock (_gate)
        {
            if (!_blobs.TryGetValue(name, out blob))
            {
                return null;
            }
        }

        int from = (int)Math.Min(offset, blob.Bytes.Length);
        await target.WriteAsync(blob.Bytes.AsMemory(from, (int)Math.Min(length ?? long.MaxValue, blob.Bytes.Length - from)), cancellation);
        return blob.Info;
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        OnCall($"list {prefix}");
        BlobInfo[] found;
        lock (_gate)
        {
            found =
            [
                .. _blobs.Values.Select(static blob => blob.Info)
                    .Where(blob => blob.Name.ToString().StartsWith(prefix, StringComparison.Ordinal)),
            ];
        }

        foreach (BlobInfo blob in found)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return blob;
        }

        await Task.CompletedTask;
    }

    public Task DeleteAsync(BlobName name, CancellationToken cancellation)
    {
        OnCall($"delete {name}");
        lock (_gate)
        {
            _blobs.Remove(name);
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
