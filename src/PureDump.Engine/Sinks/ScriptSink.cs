using System.Globalization;
using System.Text;
using PureDump.Engine.Transfer;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Rows;
using PureDump.Formats.Script;

namespace PureDump.Engine.Sinks;

/// <summary>A plain SQL script being written: everything in the order of the Toc, by one worker.</summary>
/// <remarks>
/// A script is made of a pipe as long as its rows come in the order of the Toc: so pg_dump writes them; nothing is buffered, and another
/// order is an error.
/// </remarks>
internal sealed class ScriptSink : IStatementSink, IStatementWorker
{
    private const int BufferSize = 1 << 18;

    // As much as pg_dump puts into one call of lowrite (pg_backup.h, LOBBUFSIZE).
    private const int LargeObjectWriteSize = 16384;

    private readonly ScriptOptions _options;
    private readonly CountingStream _counted;
    private readonly BufferedStream _stream;
    private readonly byte[] _hex = new byte[2 * LargeObjectWriteSize];
    private StreamWriter? _text;
    private PlainSqlWriter? _script;
    private DumpOrigin? _origin;
    private TocEntry? _open;
    private InsertWriter? _insert;
    private LargeObjectSequence? _objects;

    /// <summary>A script to be written to a stream, which stays open.</summary>
    public ScriptSink(Stream output, ScriptOptions options)
    {
        _options = options;
        _counted = new CountingStream(output);
        _stream = new BufferedStream(_counted, BufferSize);
    }

    /// <summary>How many rows, and how many bytes in all.</summary>
    public ArchiveTotals Totals { get; private set; }

    private PlainSqlWriter Script => _script ?? throw new InvalidOperationException("the script has not begun");

    /// <inheritdoc/>
    public void Begin(Toc toc)
    {
        _origin = toc.Origin;
        _text = new StreamWriter(_stream, TextEncoding.Of(toc.Origin.Encoding), leaveOpen: true) { NewLine = "\n" };
        _script = new PlainSqlWriter(_text, toc.Origin, _options);
        _script.WriteHead();
    }

    /// <inheritdoc/>
    public IStatementWorker OpenWorker() => this;

    /// <inheritdoc/>
    public void Drop(TocEntry entry, bool ifExists)
    {
        if (Script.Takes(entry))
        {
            Script.WriteDrop(entry);
        }
    }

    /// <inheritdoc/>
    public void Run(TocEntry entry)
    {
        if (Script.Takes(entry))
        {
            Script.WriteEntry(entry);
        }
    }

    /// <inheritdoc/>
    public void BeginRows(TocEntry entry, bool isOnlyWriter)
    {
        if (ReferenceEquals(_open, entry))
        {
            return;
        }

        _open = entry;
        Script.BeginRows(entry);
        _text!.Flush();
        _objects = entry.Kind == EntryKind.LargeObjects ? new LargeObjectSequence(entry, OpenObject, CloseObject) : null;
        if (entry.Rows is { } rows && _options.Rows == RowStatements.Insert)
        {
            _insert = new InsertWriter(rows, _options, _origin!);
        }
    }

    /// <inheritdoc/>
    public void Write(RowBlock block)
    {
        using (block)
        {
            RowFormat due = _objects is not null ? RowFormat.Binary : _open!.Rows is null ? RowFormat.Statements : RowFormat.Text;
            if (block.Format != due)
            {
                throw new PureDumpException(
                    ErrorKind.TargetMismatch, $"the rows of {_open!.Label} are not in the format that a script can hold");
            }

            if (_objects is not null)
            {
                WriteLargeObjects(block.Bytes);
            }
            else if (_insert is not null)
            {
                _insert.Write(block.Bytes, _stream);
            }
            else
            {
                _stream.Write(block.Bytes);
            }

            Totals = Totals with { RowCount = Totals.RowCount + block.RowCount, RawBytes = Totals.RawBytes + block.Length };
        }
    }

    /// <inheritdoc/>
    public void EndRows()
    {
        // The statement goes on over all parts of an entry.
    }

    /// <inheritdoc/>
    public void EndEntry(TocEntry entry)
    {
        BeginRows(entry, isOnlyWriter: true);
        _objects?.End();
        _objects = null;
        _insert?.End(_stream);
        _insert = null;
        _open = null;
        Script.EndRows(entry);
    }

    /// <inheritdoc/>
    public void CommitRows()
    {
        // What is written is written.
    }

    /// <inheritdoc/>
    public void RemoveRows(TocEntry entry) => AbortRows();

    /// <inheritdoc/>
    public void AbortRows()
    {
        // The script lacks its end.
    }

    /// <inheritdoc/>
    public void Complete()
    {
        Script.WriteTail(_options.Started is null ? null : DateTimeOffset.UtcNow);
        _text!.Flush();
        Totals = Totals with { Length = _counted.ByteCount, StoredBytes = _counted.ByteCount };
    }

    /// <inheritdoc/>
    public void Abort()
    {
        // Whoever waits for the output to take bytes is woken by the output itself.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // What is in the buffers of a script that was not completed is not written.
    }

    private void WriteLargeObjects(ReadOnlySpan<byte> rows)
    {
        while (!rows.IsEmpty)
        {
            LargeObjectPiece piece = LargeObjectPiece.Take(ref rows);
            _objects!.Select(piece);
            for (ReadOnlySpan<byte> data = piece.Data; !data.IsEmpty;)
            {
                ReadOnlySpan<byte> slice = data[..Math.Min(data.Length, LargeObjectWriteSize)];
                data = data[slice.Length..];
                _stream.Write(
                    _origin!.StandardConformingStrings ? @"SELECT pg_catalog.lowrite(0, '\x"u8 : @"SELECT pg_catalog.lowrite(0, '\\x"u8);
                Convert.TryToHexStringLower(slice, _hex, out int length);
                _stream.Write(_hex.AsSpan(0, length));
                _stream.Write("');\n"u8);
            }
        }
    }

    private void OpenObject(uint oid) =>
        _stream.Write(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_catalog.lo_open('{oid}', 131072);\n")));

    private void CloseObject() => _stream.Write("SELECT pg_catalog.lo_close(0);\n\n"u8);
}
