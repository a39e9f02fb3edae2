using PureDump.Formats.Entries;

namespace PureDump.Formats.PgArchive;

/// <summary>Writes a custom archive: formats/pg-archive.md, section 4 (pg_backup_custom.c).</summary>
internal sealed class CustomArchiveWriter : PgArchiveWriter
{
    private readonly PgArchiveOutput _output;
    private readonly Dictionary<int, long> _offsets = [];

    /// <summary>A writer of one archive.</summary>
    /// <param name="output">At its first byte.</param>
    /// <param name="settings">How.</param>
    public CustomArchiveWriter(Stream output, PgArchiveSettings settings)
        : base(PgArchiveFormat.Custom, settings) => _output = new PgArchiveOutput(output, "the archive");

    private protected override void WriteBegin(Toc toc) => Stored.Write(_output);

    private protected override Stream OpenData(TocEntry entry, Action end)
    {
        BeginBlock(CustomArchive.DataBlock, entry.Id);
        return OpenChunks(end);
    }

    private protected override LargeObjectWriter OpenLargeObjects(DumpId entry, bool isFirst, bool isLast, Action end)
    {
        if (isFirst)
        {
            BeginBlock(CustomArchive.LargeObjectsBlock, entry);
        }

        return new LargeObjectWriter(
            oid =>
            {
                _output.Oid(oid);
                return OpenChunks(static () => { });
            },
            () =>
            {
                if (isLast)
                {
                    _output.Int(0);
                }

                end();
            });
    }

    private protected override void WriteEnd(Toc toc)
    {
        if (_output.CanGoBack)
        {
            PgToc placed = Stored with
            {
                Entries =
                [
                    .. Stored.Entries.Select(entry =>
                        _offsets.TryGetValue(entry.DumpId, out long offset)
                            ? entry with
                            {
                                OffsetState = PgOffsetState.Set,
                                Offset = offset,
                            }
                            : entry),
                ],
            };
            _output.WriteOver(0, placed.Write);
        }

        _output.Flush();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        // The stream is the caller's.
    }

    private void BeginBlock(byte type, DumpId entry)
    {
        _offsets.Add(entry.Value, _output.Written);
        _output.Byte(type);
        _output.Int(entry.Value);
    }

    private EntryWriteStream OpenChunks(Action end)
    {
        var chunks = new ChunkWriteStream(_output);
        return new EntryWriteStream(
            chunks,
            Settings.Compression,
            isZlib: true,
            () =>
            {
                chunks.End();
                end();
            });
    }
}
