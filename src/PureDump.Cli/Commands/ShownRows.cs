using System.Globalization;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Rows;
using PureDump.Formats.Values;

namespace PureDump.Cli.Commands;

/// <summary>Prints the rows of one table out of an archive, as COPY's text; a block is held at a time.</summary>
internal sealed class ShownRows : IDisposable
{
    private readonly TocEntry _entry;
    private readonly RowTextDecoder? _decoder;
    private readonly RowPrinter _printer;
    private readonly RowBlockPool _pool = new(1);

    private ShownRows(Toc toc, string? table, RowPrinter printer)
    {
        _entry = Find(toc, table);
        _decoder = _entry.Rows!.Format == RowFormat.Binary ? new ValueTypes(toc).OpenDecoder(_entry.Rows) : null;
        _printer = printer;
    }

    /// <summary>Prints them.</summary>
    /// <param name="input">The archive: of a file only the blocks of the table are read, of a pipe what stands before their end.</param>
    /// <param name="member">Which database of a cluster; null: the archive is that of one database.</param>
    /// <param name="table">Which table: an entry's number or a name, with or without a schema; null where there is but one.</param>
    /// <param name="printer">Where to, and how many.</param>
    /// <param name="cancellation">Looked at before each block.</param>
    public static void Print(ArchiveInput input, string? member, string? table, RowPrinter printer, CancellationToken cancellation)
    {
        if (input.IsStream)
        {
            input.ReadArchive(member, reader =>
            {
                PrintStream(reader, table, printer, cancellation);
                return 0;
            });
            return;
        }

        using ArchiveFile file = input.OpenArchive(member);
        using var decoder = new BlockDecoder();
        using var shown = new ShownRows(file.Toc, table, printer);
        byte[] room = new byte[RecordHeader.Size + ArchiveLimits.RecordLengthMax];
        foreach (IndexItem item in file.BlocksOf(shown._entry.Id))
        {
            if (printer.IsFull)
            {
                return;
            }

            cancellation.ThrowIfCancellationRequested();
            using RowBlock block = shown._pool.Rent(cancellation);
            file.Read(item, block, decoder, room);
            shown.Print(block);
        }

        shown.End();
    }

    /// <inheritdoc/>
    public void Dispose() => _pool.Dispose();

    private static void PrintStream(ArchiveStreamReader reader, string? table, RowPrinter printer, CancellationToken cancellation)
    {
        using var shown = new ShownRows(reader.Toc, table, printer);
        while (!printer.IsFull)
        {
            cancellation.ThrowIfCancellationRequested();
            RecordType type = reader.Read(out DumpId id);
            if (type == RecordType.Footer || (type == RecordType.End && id == shown._entry.Id))
            {
                shown.End();
                return;
            }

            if (type == RecordType.Rows && id == shown._entry.Id)
            {
                using RowBlock block = shown._pool.Rent(cancellation);
                reader.Take(block);
                shown.Print(block);
            }
        }
    }

    private static TocEntry Find(Toc toc, string? text)
    {
        TocEntry[] tables = [.. toc.Entries.Where(entry => entry.Rows is not null)];
        if (text is not null)
        {
            text = TypedText.BytesIn(toc.Origin.Encoding, text);
            bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            TocEntry[] numbered = isNumber
                ? [.. tables.Where(entry => entry.Id.Value == number || entry.Rows!.TableEntry?.Value == number)]
                : [];
            tables =
                numbered.Length > 0 ? numbered : [.. tables.Where(entry => entry.Name == text || $"{entry.Schema}.{entry.Name}" == text)];
        }

        return tables switch
        {
            [var only] => only,
            [] => throw new PureDumpException(
                ErrorKind.NotFound,
                text is null ? "the archive holds no rows of tables" : $"the archive holds no rows of a table called \"{text}\"",
                "puredump list shows all entries"),
            _ => throw ShowCommand.Several(
                text is null ? "the archive holds rows of several tables" : $"several tables are called \"{text}\"",
                tables,
                "name one with -t, or give its number"),
        };
    }

    private void Print(RowBlock block)
    {
        if (_decoder is null)
        {
            _printer.Print(block.Bytes);
        }
        else
        {
            _decoder.Decode(block, _printer);
        }
    }

    private void End() => _decoder?.End();
}
