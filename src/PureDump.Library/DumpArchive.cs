using PureDump.Formats.Archive;
using PureDump.Formats.Errors;
using PureDump.Storage.Local;

namespace PureDump;

/// <summary>An archive of one database in PureDump's own format, in a file.</summary>
public sealed class DumpArchive : IAsyncDisposable
{
    private readonly ArchiveFile _file;

    private DumpArchive(ArchiveFile file)
    {
        _file = file;
        Entries =
        [
            .. file.Toc.Entries.Select(entry => new ArchiveEntry(
                entry.Id.Value,
                entry.Kind,
                entry.Schema,
                entry.Name,
                entry.Owner,
                entry.CreateSql,
                entry.HasBlocks ? file.BlocksOf(entry.Id).Sum(static block => (long)block.RowCount) : null)),
        ];
    }

    /// <summary>The name of the database that was dumped.</summary>
    public string Database => _file.Toc.Origin.Database;

    /// <summary>The version of its server, as the server words it.</summary>
    public string ServerVersion => _file.Toc.Origin.ServerVersion;

    /// <summary>What is in it, in the order of the archive.</summary>
    public IReadOnlyList<ArchiveEntry> Entries { get; }

    /// <summary>Opens an archive: reads its table of contents and index, and not its rows.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PureDumpException">It cannot be read, is damaged, or is of another version.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<DumpArchive> OpenAsync(string path, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return OperationThread.RunAsync(_ => new DumpArchive(new ArchiveFile(FileRange.Open(path))), null, cancellation);
    }

    /// <summary>Reads an archive whole and checks every checksum, every length and every total.</summary>
    /// <param name="source">Of PureDump's own format, of one database.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What is wrong with it, a sentence each; none: it is whole.</returns>
    /// <exception cref="PureDumpException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<IReadOnlyList<string>> VerifyAsync(DumpSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return OperationThread.RunAsync<IReadOnlyList<string>>(
            _ =>
            {
                using Stream stream = source.Path is { } path ? InputFile.Open(path) : source.Open(cancellation);
                var verifier = new ArchiveVerifier();
                verifier.Verify(stream, null, cancellation);
                return [.. verifier.Findings.Select(static finding => finding.Message)];
            },
            null,
            cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }
}
