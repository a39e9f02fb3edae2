using System.IO.Pipelines;
using PureDump.Formats.Errors;

namespace PureDump.Storage;

/// <summary>
/// Where blobs lie: a directory, a bucket. A blob is there whole or not at all, and does not change: a put with a condition is the one
/// thing that commits, for there is no renaming and no appending. Any number of callers may use a store at the same time, in any number
/// of processes.
/// </summary>
/// <remarks>
/// No blob is called as the directory of another one ("a" beside "a/b"): some stores refuse it. A store tries again itself what can be
/// tried again without the caller (a part of an upload, a range, a page of a list): what it throws is the end of the operation. Whoever
/// retries a put has its bytes. Called by pumps between pipes, which may wait.
/// </remarks>
internal interface IBlobStore : IAsyncDisposable
{
    /// <summary>What it is called in messages: a path, a URL without secrets.</summary>
    string Name { get; }

    /// <summary>Stores a blob. It appears when all of it is on the medium; where anything fails, nothing of it ever does.</summary>
    /// <param name="name">What it is to be called.</param>
    /// <param name="content">Its bytes, to the end; completed here in any case. A pipe that its writer completes with an exception ends
    /// the put with that exception.</param>
    /// <param name="condition">When it counts. Where two puts race whose conditions exclude one another, one of them counts.</param>
    /// <param name="cancellation">Ends it; nothing appears.</param>
    /// <returns>What is stored; null where the condition was not met, and nothing is.</returns>
    /// <exception cref="PureDumpException">It cannot be stored.</exception>
    Task<BlobInfo?> PutAsync(BlobName name, PipeReader content, PutCondition condition, CancellationToken cancellation);

    /// <summary>What is known of a blob; null where there is none.</summary>
    /// <exception cref="PureDumpException">It cannot be told.</exception>
    Task<BlobInfo?> StatAsync(BlobName name, CancellationToken cancellation);

    /// <summary>Reads a part of a blob.</summary>
    /// <param name="name">Of the blob.</param>
    /// <param name="offset">Of the first byte; at or behind the end there are none.</param>
    /// <param name="length">How many bytes, or fewer where there are no more; null: to the end.</param>
    /// <param name="target">Takes them; is not completed here.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The blob that was read: a reader of several parts compares the tags. Null where there is none.</returns>
    /// <exception cref="PureDumpException">It cannot be read.</exception>
    Task<BlobInfo?> ReadAsync(BlobName name, long offset, long? length, PipeWriter target, CancellationToken cancellation);

    /// <summary>The blobs whose names begin with a text, in the order of the bytes of their names. What is put or deleted meanwhile may be
    /// among them or not; all others are, once.</summary>
    /// <param name="prefix">Need not end at a slash.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PureDumpException">They cannot be listed.</exception>
    IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellation);

    /// <summary>Removes a blob; nothing where there is none.</summary>
    /// <exception cref="PureDumpException">It cannot be removed.</exception>
    Task DeleteAsync(BlobName name, CancellationToken cancellation);
}
