using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// Reads an archive of pg_dump to its end: its structure, every member out of its compression, rows and statements that are whole. It
/// has no checksums of its own (formats/pg-archive.md, section 10): bytes that changed inside a value do not show.
/// </summary>
internal sealed class PgArchiveVerifier
{
    private readonly List<ArchiveFinding> _findings = [];
    private readonly byte[] _room = new byte[1 << 16];

    /// <summary>What was found; empty where all could be read. Of an archive in one file the first damage is the last that can be
    /// told.</summary>
    public IReadOnlyList<ArchiveFinding> Findings => _findings;

    /// <summary>How many rows of tables were read, as COPY's text or as statements.</summary>
    public long RowCount { get; private set; }

    /// <summary>How many large objects were read.</summary>
    public long LargeObjectCount { get; private set; }

    /// <summary>How many bytes they have, out of their compression.</summary>
    public long RawBytes { get; private set; }

    /// <summary>Reads all data.</summary>
    /// <param name="archive">Of which nothing but the table of contents was read; from a directory, or as a stream.</param>
    /// <param name="cancellation">Looked at between blocks.</param>
    public void Verify(PgArchiveReader archive, CancellationToken cancellation)
    {
        using var pool = new RowBlockPool(1);
        using RowBlock block = pool.Rent(cancellation);
        if (archive.IsStream)
        {
            Attempt(null, () =>
            {
                while (archive.ReadNext(out PgArchiveItem? item))
                {
                    Read(archive, item.Value, block, cancellation);
                }
            });
            return;
        }

        foreach (TocEntry entry in archive.Toc.Entries)
        {
            PgDataKind kind = archive.DataKindOf(entry);
            if (kind != PgDataKind.None)
            {
                Attempt(entry, () =>
                {
                    using LargeObjectReader? objects = kind == PgDataKind.LargeObjects ? archive.OpenLargeObjects(entry) : null;
                    using Stream? data = objects is null ? archive.OpenData(entry) : null;
                    Read(archive, new PgArchiveItem(entry, kind, data, objects), block, cancellation);
                });
            }
        }
    }

    private void Attempt(TocEntry? entry, Action read)
    {
        try
        {
            read();
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.ArchiveDamaged)
        {
            _findings.Add(new ArchiveFinding(e.Message, 0, entry?.Id.Value));
        }
    }

    private void Read(PgArchiveReader archive, PgArchiveItem item, RowBlock block, CancellationToken cancellation)
    {
        if (item.LargeObjects is { } objects)
        {
            ReadObjects(objects, cancellation);
            return;
        }

        Func<RowBlock, bool> read =
            item.Kind == PgDataKind.CopyText
                ? new CopyTextReader(item.Data!, item.Entry.Label, item.Entry.Rows!.Columns.Count, archive.Toc.Origin.Encoding).Read
                : new StatementReader(
                    item.Data!,
                    archive.Toc.Origin.Encoding,
                    archive.Toc.Origin.StandardConformingStrings,
                    item.Entry.Label).Read;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            block.Clear();
            if (!read(block))
            {
                return;
            }

            RowCount += block.RowCount;
            RawBytes += block.Length;
        }
    }

    private void ReadObjects(LargeObjectReader objects, CancellationToken cancellation)
    {
        while (objects.Read(out _, out Stream? content))
        {
            LargeObjectCount++;
            for (int length; (length = content.Read(_room)) > 0; RawBytes += length)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }
}
