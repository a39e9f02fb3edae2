using System.Collections.Concurrent;
using PureDump.Engine.Transfer;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Rows;
using PureDump.Formats.Script;

namespace PureDump.Engine.Sinks;

/// <summary>An archive of pg_dump being written. Only a directory takes the rows of several entries at once.</summary>
/// <param name="writer">Writes it.</param>
/// <param name="script">How rows are written.</param>
internal sealed class PgArchiveSink(PgArchiveWriter writer, ScriptOptions script) : IRowSink
{
    private readonly ConcurrentDictionary<DumpId, bool> _begun = [];
    private DumpOrigin? _origin;
    private long _rowCount;
    private long _rawBytes;

    /// <summary>One entry at a time can be written, in the order of the Toc.</summary>
    public bool TakesInOrder => writer.IsSequential;

    /// <summary>How many rows and bytes it was given.</summary>
    public ArchiveTotals Totals => new() { RowCount = _rowCount, RawBytes = _rawBytes };

    /// <inheritdoc/>
    public void Begin(Toc toc)
    {
        _origin = toc.Origin;
        writer.Begin(toc);
    }

    /// <inheritdoc/>
    public IRowWorker OpenWorker() => new Worker(this, writer, script);

    /// <inheritdoc/>
    public void EndEntry(TocEntry entry)
    {
        if (_begun.ContainsKey(entry.Id))
        {
            return;
        }

        // Nothing came of it; the archive says so too.
        using var worker = new Worker(this, writer, script);
        worker.BeginRows(entry, isOnlyWriter: true);
        worker.EndRows();
    }

    /// <inheritdoc/>
    public void Complete() => writer.Complete();

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();

    private sealed class Worker(PgArchiveSink sink, PgArchiveWriter writer, ScriptOptions script) : IRowWorker
    {
        private TocEntry? _entry;
        private Stream? _data;
        private InsertWriter? _insert;
        private LargeObjectWriter? _objects;
        private LargeObjectSequence? _sequence;
        private Stream? _object;

        public void BeginRows(TocEntry entry, bool isOnlyWriter)
        {
            if (!isOnlyWriter || !sink._begun.TryAdd(entry.Id, true))
            {
                throw new PureDumpException(ErrorKind.Internal, $"the rows of {entry.Label} came in parts");
            }

            _entry = entry;
            if (entry.Kind == EntryKind.LargeObjects)
            {
                LargeObjectWriter objects = _objects = writer.BeginLargeObjects(entry);
                _sequence = new LargeObjectSequence(entry, oid => _object = objects.Begin(oid), () => _object!.Dispose());
                return;
            }

            _data = writer.BeginData(entry);
            _insert = script.Rows == RowStatements.Insert && entry.Rows is { } rows
                ? new InsertWriter(rows, script, sink._origin!)
                : null;
        }

        public void Write(RowBlock block)
        {
            using (block)
            {
                RowFormat due = _sequence is not null ? RowFormat.Binary : _entry!.Rows is null ? RowFormat.Statements : RowFormat.Text;
                if (block.Format != due)
                {
                    throw new PureDumpException(
                        ErrorKind.TargetMismatch, $"the rows of {_entry!.Label} are not in the format that an archive of pg_dump can hold");
                }

                if (_sequence is not null)
                {
                    WritePieces(block.Bytes);
                }
                else if (_insert is not null)
                {
                    _insert.Write(block.Bytes, _data!);
                }
                else
                {
                    _data!.Write(block.Bytes);
                }

                Interlocked.Add(ref sink._rowCount, block.RowCount);
                Interlocked.Add(ref sink._rawBytes, block.Length);
            }
        }

        public void EndRows()
        {
            _sequence?.End();
            _objects?.Dispose();
            if (_data is not null)
            {
                if (_insert is not null)
                {
                    _insert.End(_data);
                    _data.Write("\n\n"u8);
                }
                else if (_entry!.Rows is not null)
                {
                    _data.Write(CopyText.End);
                }

                _data.Dispose();
            }

            Forget();
        }

        public void CommitRows()
        {
            // What is written is written.
        }

        // The archive stays without its end: it never looks finished.
        public void AbortRows() => Forget();

        public void RemoveRows(TocEntry entry) => AbortRows();

        public void Abort()
        {
            // Whoever waits for the output to take bytes is woken by the output itself.
        }

        public void Dispose()
        {
        }

        private void WritePieces(ReadOnlySpan<byte> rows)
        {
            while (!rows.IsEmpty)
            {
                LargeObjectPiece piece = LargeObjectPiece.Take(ref rows);
                _sequence!.Select(piece);
                _object!.Write(piece.Data);
            }
        }

        private void Forget()
        {
            _data = null;
            _insert = null;
            _objects = null;
            _sequence = null;
            _object = null;
        }
    }
}
