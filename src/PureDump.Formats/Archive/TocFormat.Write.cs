using System.Buffers;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Formats.Archive;

internal static partial class TocFormat
{
    /// <summary>Writes a Toc.</summary>
    /// <exception cref="PureDumpException">It is larger than the format allows (<see cref="ErrorKind.Catalog"/>).</exception>
    public static void Write(Toc toc, IBufferWriter<byte> output)
    {
        DumpOrigin origin = toc.Origin;
        var writer = new Writer(output, TextEncoding.Of(origin.Encoding));
        writer.Number(Version);
        writer.Text(origin.Database);
        writer.Text(origin.ServerVersion);
        writer.Number((ulong)origin.ServerVersionNumber);
        writer.Text(origin.Encoding);
        writer.Number(origin.StandardConformingStrings ? 1u : 0u);
        writer.Text(origin.Producer);
        writer.Number((ulong)toc.Entries.Count);
        foreach (TocEntry entry in toc.Entries)
        {
            Write(writer, entry);
        }
    }

    /// <summary>The memory that a Toc asks of its readers, as section 7 counts it.</summary>
    /// <param name="toc">It.</param>
    /// <param name="length">Of its serialized form, in bytes.</param>
    public static long MemoryOf(Toc toc, int length) => length + toc.Entries.Sum(static entry =>
        ArchiveLimits.EntryCost
        + ((long)(entry.Rows?.Columns.Count ?? 0) * ArchiveLimits.ColumnCost)
        + ((long)(entry.Dependencies.Count + entry.LargeObjectOids.Count) * ArchiveLimits.NumberCost));

    /// <summary>About how many bytes a Toc takes: what its long texts have, and some for the rest of each entry.</summary>
    public static int EstimateLength(Toc toc)
    {
        const long entryLength = 192;
        long length = toc.Entries.Sum(static entry =>
            entryLength + entry.CreateSql.Length + entry.DropSql.Length + entry.DropIfExistsSql.Length);
        return (int)Math.Min(length, ArchiveLimits.TocLengthMax);
    }

    private static void Write(Writer writer, TocEntry entry)
    {
        writer.Number((ulong)entry.Id.Value);
        writer.Number(entry.CatalogId.Catalog.Value);
        writer.Number(entry.CatalogId.Row.Value);
        writer.Text(entry.Kind);
        writer.Text(entry.Schema);
        writer.Text(entry.Name);
        writer.Text(entry.Owner);
        writer.Number((ulong)entry.Section);
        writer.Statement(entry.CreateSql);
        writer.Statement(entry.DropSql);
        writer.Statement(entry.DropIfExistsSql);
        writer.Text(entry.OwnerTarget);
        writer.Text(entry.Tablespace);
        writer.Text(entry.TableAccessMethod);
        writer.Number(entry.RelKind);
        writer.Number((ulong)entry.Dependencies.Count);
        foreach (DumpId id in entry.Dependencies)
        {
            writer.Number((ulong)id.Value);
        }

        writer.Number((ulong)entry.LargeObjectOids.Count);
        foreach (uint oid in entry.LargeObjectOids)
        {
            writer.Number(oid);
        }

        if (entry.Rows is not TableRows rows)
        {
            writer.Number(0);
            return;
        }

        writer.Number(1);
        writer.Text(rows.Schema);
        writer.Text(rows.Table);
        writer.Text(rows.LoadInto?.Schema);
        writer.Text(rows.LoadInto?.Table);
        writer.Number((ulong)rows.Format);
        writer.Number((ulong)rows.Columns.Count);
        foreach (RowColumn column in rows.Columns)
        {
            writer.Text(column.Name);
            writer.Text(column.TypeName);
        }

        writer.Statement(rows.Filter);
        writer.Number((ulong)rows.EstimatedBytes);
        writer.Number((ulong)rows.HeapPages);
        writer.Number((ulong)(rows.TableEntry?.Value ?? 0));
    }

    /// <summary>Writes the numbers and texts of section 6.</summary>
    internal readonly struct Writer(IBufferWriter<byte> output, Encoding encoding)
    {
        public void Number(ulong value)
        {
            Span<byte> target = output.GetSpan(10);
            int length = 0;
            while (value >= 0x80)
            {
                target[length++] = (byte)(value | 0x80);
                value >>= 7;
            }

            target[length++] = (byte)value;
            output.Advance(length);
        }

        public void Text(string? value) => Text(value, ArchiveLimits.NameLengthMax);

        public void Statement(string? value) => Text(value, ArchiveLimits.StatementLengthMax);

        private void Text(string? value, int lengthMax)
        {
            if (value is null)
            {
                Number(0);
                return;
            }

            if (value.Contains('\0', StringComparison.Ordinal))
            {
                throw new PureDumpException(ErrorKind.Catalog, "a text of the table of contents holds a NUL character");
            }

            int length = encoding.GetByteCount(value);
            if (length > lengthMax)
            {
                throw new PureDumpException(
                    ErrorKind.Catalog,
                    $"a text of the table of contents has {length} bytes, an archive takes {lengthMax}: {value[..40]}…");
            }

            Number((ulong)length + 1);
            encoding.GetBytes(value, output.GetSpan(length));
            output.Advance(length);
        }
    }
}
