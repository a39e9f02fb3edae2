using PureDump.Formats.Archive;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Formats.Rows;
using PureDump.Tests.Archive;

namespace PureDump.Tests.Cli;

/// <summary>A directory with the files that the transcripts name.</summary>
public sealed class CommandFiles : IDisposable
{
    private const int RowLength = 10;
    private const int RowCount = 3;

    public CommandFiles()
    {
        Path = Directory.CreateTempSubdirectory("puredump-cli-").FullName;
        byte[] whole = Archive();
        Write("shop.pdump", whole);
        Write("rows.pdump", BinaryRows());
        Write("cut.pdump", whole[..^100]);
        Write("flipped.pdump", Flipped(whole));
        Write("newer.pdump", WithMajor(whole, 2));
        Write("empty.pdump", []);
        byte[] cluster = SampleCluster.Write([SampleArchive.Row(65)]);
        Write("all.pdump", cluster);
        Write("all-cut.pdump", cluster[..^300]);
        Write("shop.dump", [.. "PGDMP"u8, .. new byte[100]]);
        Write("shop.tar", [.. "toc.dat\0"u8, .. new byte[600]]);
        Write("shop.sql", "--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\nSET lock_timeout = 0;\n"u8.ToArray());
        Write(
            "edited.list",
            [
                .. "; what is wanted, the rows first\n7; 0 0 TABLE DATA public orders ann\n4;\n;5;\n"u8,
                .. "99; gone\nrubbish\n4; once more\n2\n"u8,
            ]);
        Write("notes.txt", "buy milk"u8.ToArray());
        Directory.CreateDirectory(In("folder"));
        Directory.CreateDirectory(In("dumped"));
        Write(System.IO.Path.Combine("dumped", "toc.dat"), "PGDMP"u8.ToArray());
        File.CreateSymbolicLink(In("shop.link"), "shop.pdump");
        File.CreateSymbolicLink(In("new.link"), "new.pdump");
        File.CreateSymbolicLink(In("circle.link"), "circle.link");
        Directory.CreateSymbolicLink(In("here"), ".");
    }

    /// <summary>Of the directory.</summary>
    public string Path { get; }

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private void Write(string name, byte[] content) => File.WriteAllBytes(In(name), content);

    // The first byte of the rows of public.orders.
    private static byte[] Flipped(byte[] archive)
    {
        byte[] result = [.. archive];
        int at = archive.AsSpan().IndexOf("roworder"u8);
        Assert.True(at > 0);
        result[at] ^= 1;
        return result;
    }

    private static byte[] WithMajor(byte[] archive, byte major)
    {
        byte[] result = [.. archive];
        result[ArchiveHeader.MajorOffset] = major;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(
            result.AsSpan(ArchiveHeader.ChecksumOffset),
            System.IO.Hashing.XxHash3.HashToUInt64(result.AsSpan(0, ArchiveHeader.ChecksumOffset)));
        return result;
    }

    private static byte[] Archive()
    {
        using var output = new MemoryStream();
        using var pool = new RowBlockPool(6);
        using (var writer = new ArchiveWriter(output, new ArchiveHeader(null), new CodecSetting(PayloadCodec.None, 0), 1))
        {
            writer.WriteToc(Toc());
            RowBlock block = pool.Rent(default);
            block.Entry = new DumpId(7);
            block.Format = RowFormat.Text;
            for (int i = 0; i < RowCount; i++)
            {
                "roworders\n"u8.CopyTo(block.Buffer.AsSpan(i * RowLength));
            }

            block.Length = RowCount * RowLength;
            block.RowCount = RowCount;
            writer.Append(block);
            writer.EndEntry(new DumpId(7));
            writer.EndEntry(new DumpId(8));
            writer.Complete();
        }

        return output.ToArray();
    }

    // Two tables with rows in binary, one of which cannot become text.
    private static byte[] BinaryRows()
    {
        using var output = new MemoryStream();
        using var pool = new RowBlockPool(6);
        using (var writer = new ArchiveWriter(output, new ArchiveHeader(null), new CodecSetting(PayloadCodec.None, 0), 1))
        {
            writer.WriteToc(
                new Toc(
                    Toc().Origin,
                    [
                        Entry(1, EntryKind.Type, "public", "mood", "CREATE TYPE public.mood AS ENUM (\n    'ok'\n);\n", null),
                        BinaryRowsOf(
                            2,
                            "visits",
                            new RowColumn("at", "timestamp with time zone"),
                            new RowColumn("how", "public.mood"),
                            new RowColumn("tags", "text[]")),
                        BinaryRowsOf(3, "prices", new RowColumn("price", "money")),
                    ]));
            RowBlock block = pool.Rent(default);
            block.Entry = new DumpId(2);
            block.Format = RowFormat.Binary;
            byte[] row = Convert.FromHexString(
                "0003"
                    + "00000008"
                    + "0002000000000000"
                    + "00000002"
                    + "6f6b"
                    + "0000001f"
                    + "00000001"
                    + "00000000"
                    + "00000019"
                    + "00000002"
                    + "00000001"
                    + "00000003"
                    + "612062"
                    + "00000000");
            for (int i = 0; i < RowCount; i++)
            {
                row.CopyTo(block.Buffer.AsSpan(block.Length));
                block.Length += row.Length;
            }

            block.RowCount = RowCount;
            writer.Append(block);
            writer.EndEntry(new DumpId(2));
            writer.EndEntry(new DumpId(3));
            writer.Complete();
        }

        return output.ToArray();
    }

    private static TocEntry BinaryRowsOf(int id, string table, params RowColumn[] columns)
    {
        TocEntry entry = Rows(id, 1, "public");
        return entry with { Name = table, Rows = entry.Rows! with { Table = table, Columns = columns, Format = RowFormat.Binary } };
    }

    private static Toc Toc() =>
        new(
            new DumpOrigin
            {
                Database = "shop",
                ServerVersion = "15.18",
                ServerVersionNumber = 150018,
                Encoding = "UTF8",
                Producer = "PureDump 0.1.0",
            },
            [
                Entry(1, EntryKind.Schema, null, "old", "CREATE SCHEMA old;\n", "SCHEMA old"),
                Entry(
                    2,
                    EntryKind.Table,
                    "public",
                    "orders",
                    "CREATE TABLE public.orders (\n    id integer\n);\n",
                    "TABLE public.orders",
                    16390),
                Entry(3, EntryKind.Comment, "public", "TABLE orders", "COMMENT ON TABLE public.orders IS 'what was sold';\n", null) with
                {
                    Section = Section.None,
                    Dependencies = [new DumpId(2)],
                },
                Entry(4, EntryKind.Table, "old", "orders", "CREATE TABLE old.orders (\n);\n", "TABLE old.orders", 16395) with
                {
                    Dependencies = [new DumpId(1)],
                },
                Entry(5, EntryKind.Table, "public", "Größe\n--", "CREATE TABLE public.\"Größe\n--\" (\n);\n", null, 16400),
                Entry(
                    6,
                    EntryKind.Function,
                    "public",
                    "area(integer)",
                    "CREATE FUNCTION public.area(integer) RETURNS integer\n    LANGUAGE sql\n    AS $_$SELECT $1$_$;\n",
                    "FUNCTION public.area(integer)"),
                Rows(7, 2, "public"),
                Rows(8, 4, "old"),
                Entry(9, EntryKind.Acl, "public", "TABLE orders", "GRANT SELECT ON TABLE public.orders TO app;\n", null) with
                {
                    Section = Section.None,
                    Dependencies = [new DumpId(2)],
                },
            ]);

    private static TocEntry Entry(int id, string kind, string? schema, string name, string sql, string? ownerTarget, uint oid = 0) =>
        new()
        {
            Id = new DumpId(id),
            CatalogId = oid == 0 ? default : new CatalogId(1259, oid),
            Kind = kind,
            Schema = schema,
            Name = name,
            Owner = "ann",
            Section = Section.PreData,
            CreateSql = sql,
            OwnerTarget = ownerTarget,
        };

    private static TocEntry Rows(int id, int table, string schema) =>
        new()
        {
            Id = new DumpId(id),
            Kind = EntryKind.TableData,
            Schema = schema,
            Name = "orders",
            Owner = "ann",
            Section = Section.Data,
            Dependencies = [new DumpId(table)],
            Rows = new TableRows
            {
                Schema = schema,
                Table = "orders",
                Columns = [new RowColumn("id", "integer")],
                Format = RowFormat.Text,
                TableEntry = new DumpId(table),
            },
        };
}
