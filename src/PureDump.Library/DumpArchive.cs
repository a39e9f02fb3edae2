using System.Globalization;
using System.Runtime.CompilerServices;
using PureDump.Engine.Reading;
using PureDump.Formats.Archive;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Script;
using PureDump.Storage.Local;

namespace PureDump;

/// <summary>
/// An archive of one database, in a file or directory: PureDump's own, one of its databases of a cluster's, or pg_dump's custom,
/// directory and tar. Several threads may read it at once.
/// </summary>
public sealed class DumpArchive : IAsyncDisposable
{
    private readonly Toc _toc;
    private readonly ArchiveFile? _file;
    private readonly PgArchiveReader? _ofPgDump;

    private DumpArchive(ArchiveFile file)
        : this(file.Toc, entry => entry.HasBlocks ? file.BlocksOf(entry.Id).Sum(static block => (long)block.RowCount) : null)
    {
        _file = file;
        Format = "PDUMP";
    }

    private DumpArchive(PgArchiveReader archive)
        : this(archive.Toc, static _ => null)
    {
        _ofPgDump = archive;
        Format = archive.Summary.Format;
    }

    private DumpArchive(Toc toc, Func<TocEntry, long?> rowCountOf)
    {
        _toc = toc;
        Format = "";
        Entries =
        [
            .. toc.Entries.Select(entry => new ArchiveEntry(
                entry.Id.Value, entry.Kind, entry.Schema, entry.Name, entry.Owner, entry.CreateSql, rowCountOf(entry))
            {
                Columns = [.. entry.Rows?.Columns.Select(static column => new ArchiveColumn(column.Name, column.TypeName)) ?? []],
            }),
        ];
    }

    /// <summary><c>PDUMP</c>, or pg_dump's <c>CUSTOM</c>, <c>DIRECTORY</c>, <c>TAR</c>.</summary>
    public string Format { get; }

    /// <summary>The name of the database that was dumped; empty for what belongs to none.</summary>
    public string Database => _toc.Origin.Database;

    /// <summary>The version of its server, as the server words it.</summary>
    public string ServerVersion => _toc.Origin.ServerVersion;

    /// <summary>What is in it, in the order of the archive.</summary>
    public IReadOnlyList<ArchiveEntry> Entries { get; }

    /// <summary>Opens an archive of one database: reads its table of contents and index, and not its rows.</summary>
    /// <param name="path">Of the file or directory.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PureDumpException">It cannot be read, is damaged, is of another version, or is that of a cluster.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<DumpArchive> OpenAsync(string path, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return OperationThread.RunAsync(
            () => PgArchiveReader.IsAt(path)
                ? new DumpArchive(PgArchiveReader.Open(path))
                : new DumpArchive(new ArchiveFile(FileRange.Open(path))),
            cancellation);
    }

    /// <summary>Opens one database of the archive of a cluster.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="database">Its name.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PureDumpException">As for <see cref="OpenAsync"/>; or there is no such database.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<DumpArchive> OpenDatabaseAsync(string path, string database, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(database);
        return OperationThread.RunAsync(
            () => new DumpArchive(ClusterFile.OpenDatabase(FileRange.Open(path), database)), cancellation);
    }

    /// <summary>Opens what belongs to no database in the archive of a cluster: roles, memberships, tablespaces.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PureDumpException">As for <see cref="OpenAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<DumpArchive> OpenGlobalsAsync(string path, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return OperationThread.RunAsync(
            () =>
            {
                using var cluster = new ClusterFile(FileRange.Open(path));
                return new DumpArchive(new ArchiveFile(FileRange.Open(path), cluster.Members[0]));
            },
            cancellation);
    }

    /// <summary>The databases of the archive of a cluster, in its order.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PureDumpException">It cannot be read, is damaged, or is no archive of a cluster.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<IReadOnlyList<string>> ListDatabasesAsync(string path, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return OperationThread.RunAsync(
            () =>
            {
                using var cluster = new ClusterFile(FileRange.Open(path));
                return cluster.Databases;
            },
            cancellation);
    }

    /// <summary>
    /// Reads an archive whole. Of PureDump's own, of one database or of a cluster, every checksum, length and total is checked; pg_dump's
    /// have none: each member is read out of its compression, with whole rows and statements.
    /// </summary>
    /// <param name="source">Of any format that can be restored.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PureDumpException">It cannot be read, or is no archive.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<VerifySummary> VerifyAsync(DumpSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return OperationThread.RunAsync(
            () =>
            {
                ArchiveInput input = source.Path is { } path
                    ? new ArchiveInput(path, path, () => InputFile.Open(path))
                    : new ArchiveInput(null, "the archive", () => source.Open(cancellation));
                var verified = ArchiveVerification.Of(input, null, cancellation);
                return new VerifySummary(
                    [.. verified.Findings.Select(FindingText.Of)], verified.HasChecksums, verified.EntryCount, verified.RowCount);
            },
            cancellation);
    }

    /// <summary>The statements of one entry, or of an object with its privileges and comments, as they would stand in a script.</summary>
    /// <param name="entry">An entry's number, or an object's name, with or without its schema.</param>
    /// <exception cref="PureDumpException">There is none (<see cref="ErrorKind.NotFound"/>), or several objects are called that
    /// (<see cref="ErrorKind.Usage"/>).</exception>
    public string ShowSql(string entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var writer = new PlainSqlWriter(output, _toc.Origin);
        foreach (TocEntry found in EntrySearch.Object(_toc, entry))
        {
            writer.WriteEntry(found);
        }

        return output.ToString();
    }

    /// <summary>
    /// The rows of a table, in the order of the archive, read while they are enumerated: a block (1 MiB) is held, or the longest row. What
    /// was enumerated stays as it is; enumerating may stop anywhere.
    /// </summary>
    /// <param name="table">The number of the entry or of its table, or the table's name, with or without its schema; the columns are
    /// those of the entry of kind <c>TABLE DATA</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PureDumpException">There are no rows of such a table (<see cref="ErrorKind.NotFound"/>), several tables are
    /// called that (<see cref="ErrorKind.Usage"/>), values of a type cannot become text without a server
    /// (<see cref="ErrorKind.Catalog"/>), or the archive is damaged.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async IAsyncEnumerable<ArchiveRow> ReadRowsAsync(
        string table, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        TocEntry entry = EntrySearch.Rows(_toc, table);
        var lines = new RowLines(entry.Rows!.Columns.Count, _toc.Origin.Encoding);
        using ArchivedRows rows = await OperationThread
            .RunAsync(() => _file is null ? ArchivedRows.Of(_ofPgDump!, entry) : ArchivedRows.Of(_file, entry), cancellation)
            .ConfigureAwait(false);
        while (await OperationThread.RunAsync(() => rows.Read(lines.Text, cancellation), cancellation).ConfigureAwait(false))
        {
            foreach (ArchiveRow row in lines.Take())
            {
                yield return row;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _file?.Dispose();
        _ofPgDump?.Dispose();
        return ValueTask.CompletedTask;
    }
}
