using System.Buffers.Binary;
using PureDump.Formats.Archive;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;
using PureDump.Storage.Local;
using PureDump.Tests.Columns;

namespace PureDump.Tests.Archive;

/// <summary>A small archive with two tables, one of them empty, and a row larger than a block where asked for.</summary>
internal static class SampleArchive
{
    public static readonly CodecSetting NoCodec = new(PayloadCodec.None, 0);

    public static Toc Toc { get; } = TocOf([new("id", "integer"), new("Größe", "text")]);

    /// <summary>A row of <see cref="Toc"/>'s first table, with a value of any bytes.</summary>
    public static byte[] Row(params byte[] value) =>
        RowBuilder.Rows(RowBuilder.Column(1, static _ => RowBuilder.Int32(1)), RowBuilder.Column(1, _ => value));

    private static Toc TocOf(RowColumn[] columns) => new(
        new DumpOrigin
        {
            Database = "shop",
            ServerVersion = "15.18",
            ServerVersionNumber = 150018,
            Encoding = "UTF8",
            Producer = "the tests",
        },
        [
            Table(1, "orders", "CREATE TABLE public.orders (\n    id integer,\n    \"Größe\" text\n);\n"),
            Table(2, "empty", "CREATE TABLE public.empty (\n);\n"),
            Data(3, 1, "orders", columns),
            Data(4, 2, "empty", []),
        ]);

    /// <summary>Writes it; the table has as many columns as its first row has fields.</summary>
    public static byte[] Write(CodecSetting codec, IReadOnlyList<byte[]> orders, int threadCount = 1, int rowCount = 1)
    {
        using var output = new MemoryStream();
        int columnCount = orders.Count == 0 ? 2 : BinaryPrimitives.ReadInt16BigEndian(orders[0]);
        Toc toc =
            columnCount == 2
                ? Toc
                : TocOf([.. Enumerable.Range(1, columnCount).Select(static number => new RowColumn($"c{number}", "text"))]);
        Write(output, new ArchiveHeader(null), toc, codec, orders, threadCount, rowCount);
        return output.ToArray();
    }

    /// <summary>The same with another header and Toc, one of the same entries.</summary>
    public static ArchiveTotals Write(
        Stream output,
        ArchiveHeader header,
        Toc toc,
        CodecSetting codec,
        IEnumerable<byte[]> orders,
        int threadCount = 1,
        int rowCount = 1)
    {
        using var pool = new RowBlockPool(threadCount * 2 + 4);
        using (var writer = new ArchiveWriter(output, header, codec, threadCount))
        {
            writer.WriteToc(toc);
            foreach (byte[] rows in orders)
            {
                foreach (RowBlock block in Blocks(pool, rows, rowCount))
                {
                    writer.Append(block);
                }
            }

            writer.EndEntry(new DumpId(3));
            writer.EndEntry(new DumpId(4));
            return writer.Complete();
        }
    }

    /// <summary>Everything an archive delivers, read front to back, as text that can be compared.</summary>
    public static string ReadStream(Stream archive)
    {
        using var reader = new ArchiveStreamReader(archive);
        return Read(reader);
    }

    /// <summary>The same of a reader that stands behind the Toc.</summary>
    public static string Read(ArchiveStreamReader reader)
    {
        using var pool = new RowBlockPool(1);
        var result = new System.Text.StringBuilder();
        foreach (TocEntry entry in reader.Toc.Entries)
        {
            result.Append(entry.Label).Append(entry.CreateSql).Append(string.Join(',', entry.Dependencies)).Append('\n');
        }

        while (true)
        {
            RecordType type = reader.Read(out DumpId entry);
            if (type == RecordType.Footer)
            {
                return result.ToString();
            }

            result.Append(type).Append(entry);
            if (type == RecordType.Rows)
            {
                using RowBlock block = pool.Rent(CancellationToken.None);
                reader.Take(block);
                result.Append(block.Format).Append(block.RowCount).Append(block.IsContinuation).Append(block.Continues)
                    .Append(Convert.ToHexString(block.Bytes));
            }

            result.Append('\n');
        }
    }

    /// <summary>The rows of the entry 3, read by the index.</summary>
    public static string ReadFile(string path)
    {
        using var file = new ArchiveFile(FileRange.Open(path));
        return Read(file);
    }

    /// <summary>The same of an open file.</summary>
    public static string Read(ArchiveFile file)
    {
        using var pool = new RowBlockPool(1);
        using var decoder = new BlockDecoder();
        byte[] room = new byte[RecordHeader.Size + ArchiveLimits.RecordLengthMax];
        var result = new System.Text.StringBuilder();
        foreach (TocEntry entry in file.Toc.Entries)
        {
            result.Append(entry.Label).Append(entry.CreateSql).Append(string.Join(',', entry.Dependencies)).Append('\n');
            foreach (IndexItem item in file.BlocksOf(entry.Id))
            {
                using RowBlock block = pool.Rent(CancellationToken.None);
                file.Read(item, block, decoder, room);
                result.Append(block.Format).Append(block.RowCount).Append(block.IsContinuation).Append(block.Continues)
                    .Append(Convert.ToHexString(block.Bytes)).Append('\n');
            }
        }

        return result.ToString();
    }

    private static IEnumerable<RowBlock> Blocks(RowBlockPool pool, byte[] rows, int rowCount)
    {
        for (int at = 0; at < rows.Length; at += RowBlock.Capacity)
        {
            RowBlock block = pool.Rent(CancellationToken.None);
            block.Entry = new DumpId(3);
            block.Format = RowFormat.Binary;
            block.Length = Math.Min(RowBlock.Capacity, rows.Length - at);
            block.RowCount = at == 0 ? rowCount : 0;
            block.IsContinuation = at > 0;
            block.Continues = at + block.Length < rows.Length;
            rows.AsSpan(at, block.Length).CopyTo(block.Buffer);
            yield return block;
        }
    }

    private static TocEntry Table(int id, string name, string sql) => new()
    {
        Id = new DumpId(id),
        Kind = EntryKind.Table,
        Schema = "public",
        Name = name,
        Owner = "postgres",
        Section = Section.PreData,
        CreateSql = sql,
        DropSql = $"DROP TABLE public.{name};\n",
        DropIfExistsSql = $"DROP TABLE IF EXISTS public.{name};\n",
        OwnerTarget = $"TABLE public.{name}",
        Tablespace = "",
        TableAccessMethod = "heap",
        RelKind = 'r',
    };

    private static TocEntry Data(int id, int table, string name, RowColumn[] columns) => new()
    {
        Id = new DumpId(id),
        Kind = EntryKind.TableData,
        Schema = "public",
        Name = name,
        Section = Section.Data,
        Dependencies = [new DumpId(table)],
        Rows = new TableRows
        {
            Schema = "public",
            Table = name,
            Columns = columns,
            Format = RowFormat.Binary,
            TableEntry = new DumpId(table),
        },
    };
}
