using System.Buffers;
using PureDump.Engine.Jobs;
using PureDump.Engine.Transfer;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Rows;
using PureDump.Formats.Values;

namespace PureDump.Engine.Sources;

/// <summary>
/// A source in whose tables all rows are text: what its archive has in binary is decoded on the way, without a server. Large
/// objects stay what they are.
/// </summary>
/// <remarks>
/// Binary rows are decoded between source and sink (<c>TextSource</c>) where a sink can only hold text: no sink and no reader knows of it;
/// what cannot become text is named before anything is written.
/// </remarks>
internal sealed class TextSource : IPartSource
{
    private readonly IPartSource _source;
    private readonly HashSet<DumpId> _binary = [];

    private TextSource(IPartSource source, Toc toc)
    {
        _source = source;
        Toc = toc;
    }

    /// <inheritdoc/>
    public Toc Toc { get; }

    /// <summary>Makes one, where the source has rows in binary; else gives the source itself.</summary>
    /// <param name="source">An archive in a file. Belongs to what is made.</param>
    /// <param name="isWanted">Whose rows will be read; the others need not be decodable.</param>
    /// <exception cref="PureDumpException">The values of a column cannot become text without a server
    /// (<see cref="ErrorKind.Catalog"/>); names table, column and type.</exception>
    public static IDumpSource Of(IDumpSource source, Func<TocEntry, bool> isWanted)
    {
        if (source is not IPartSource parts || !source.Toc.Entries.Any(static entry => entry.Rows?.Format == RowFormat.Binary))
        {
            return source;
        }

        var types = new ValueTypes(source.Toc);
        var binary = new HashSet<DumpId>();
        var entries = new List<TocEntry>(source.Toc.Entries.Count);
        foreach (TocEntry entry in source.Toc.Entries)
        {
            if (entry.Rows is not { Format: RowFormat.Binary } rows || !isWanted(entry))
            {
                entries.Add(entry);
                continue;
            }

            // Throws where it cannot be, before anything is written.
            types.OpenDecoder(rows);
            binary.Add(entry.Id);
            entries.Add(entry with { Rows = rows with { Format = RowFormat.Text } });
        }

        var result = new TextSource(parts, new Toc(source.Toc.Origin, entries));
        result._binary.UnionWith(binary);
        return result;
    }

    /// <inheritdoc/>
    public IReadOnlyList<RowPart> PartsOf(TocEntry entry) => _source.PartsOf(entry);

    /// <inheritdoc/>
    public ISourceWorker OpenWorker() => new Worker(_source.OpenWorker(), _binary, _source.Toc);

    /// <inheritdoc/>
    public void Complete() => _source.Complete();

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private sealed class Worker(ISourceWorker source, HashSet<DumpId> binary, Toc toc) : ISourceWorker
    {
        private readonly RowBlockPool _pool = new(1);
        // Types are looked up by one thread at a time.
        private readonly ValueTypes _types = new(toc);
        private CopyTextReader? _text;
        private DumpId _entry;

        public void Open(RowPart part)
        {
            source.Open(part);
            _entry = part.Entry.Id;
            _text = binary.Contains(_entry)
                ? new CopyTextReader(new DecodedRows(source, _types.OpenDecoder(toc[_entry].Rows!), _pool), part.Entry.Label)
                : null;
        }

        public bool Read(RowBlock block)
        {
            block.Entry = _entry;
            return _text?.Read(block) ?? source.Read(block);
        }

        public void Leave() => source.Leave();

        public void Abort() => source.Abort();

        public void Dispose()
        {
            source.Dispose();
            _pool.Dispose();
        }
    }

    /// <summary>The text of rows, and the line that ends them, as a stream to read.</summary>
    private sealed class DecodedRows(ISourceWorker source, RowTextDecoder decoder, RowBlockPool pool) : ReadOnlyStream
    {
        private readonly ArrayBufferWriter<byte> _text = new(RowBlock.Capacity);
        private int _taken;
        private bool _isAtEnd;

        public override int Read(Span<byte> buffer)
        {
            while (_taken == _text.WrittenCount && !_isAtEnd)
            {
                _text.ResetWrittenCount();
                _taken = 0;
                Decode();
            }

            ReadOnlySpan<byte> rest = _text.WrittenSpan[_taken..];
            rest = rest[..Math.Min(rest.Length, buffer.Length)];
            rest.CopyTo(buffer);
            _taken += rest.Length;
            return rest.Length;
        }

        private void Decode()
        {
            using RowBlock block = pool.Rent(CancellationToken.None);
            if (source.Read(block))
            {
                decoder.Decode(block, _text);
                return;
            }

            decoder.End();
            _text.Write(CopyText.End);
            _isAtEnd = true;
        }
    }
}
