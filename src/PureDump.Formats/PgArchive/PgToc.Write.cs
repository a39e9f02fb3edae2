using System.Globalization;
using System.Text;
using PureDump.Formats.Codec;
using PureDump.Formats.Pg;

namespace PureDump.Formats.PgArchive;

internal sealed partial record PgToc
{
    /// <summary>Writes header and table of contents; the same length whatever the offsets are.</summary>
    public void Write(PgArchiveOutput output)
    {
        Encoding encoding = TextEncoding.Of(Encoding);
        WriteHeader(output, encoding);
        output.Int(Entries.Count);
        foreach (PgTocEntry entry in Entries)
        {
            WriteEntry(output, entry, encoding);
        }
    }

    private void WriteHeader(PgArchiveOutput output, Encoding encoding)
    {
        output.Write(PgArchiveHeader.Magic);
        output.Byte(Header.Version.Major);
        output.Byte(Header.Version.Minor);
        output.Byte(Header.Version.Revision);
        output.Byte(PgArchiveHeader.IntSize);
        output.Byte(PgArchiveHeader.OffsetSize);
        output.Byte(Header.Format == PgArchiveFormat.Custom ? CustomCode : TarCode);
        if (Header.Version.HasCompressionMethod)
        {
            output.Byte((byte)Header.Compression);
        }
        else
        {
            output.Int(Header.Compression == StreamMethod.None ? 0 : Header.CompressionLevel ?? -1);
        }

        DateTime created = Header.Created ?? DateTime.UnixEpoch;
        output.Int(created.Second);
        output.Int(created.Minute);
        output.Int(created.Hour);
        output.Int(created.Day);
        output.Int(created.Month - 1);
        output.Int(created.Year - 1900);
        output.Int(Header.DaylightSaving);
        output.Text(Header.Database, encoding);
        output.Text(Header.ServerVersion, encoding);
        output.Text(Header.ProducerVersion, encoding);
    }

    private void WriteEntry(PgArchiveOutput output, PgTocEntry entry, Encoding encoding)
    {
        output.Int(entry.DumpId);
        output.Int(entry.HasData ? 1 : 0);
        output.Text(entry.CatalogId.Catalog.ToString(), encoding);
        output.Text(entry.CatalogId.Row.ToString(), encoding);
        output.Text(entry.Tag, encoding);
        output.Text(entry.Kind, encoding);
        output.Int((int)entry.Section);
        output.Text(entry.Definition, encoding);
        output.Text(entry.DropStatement, encoding);
        output.Text(entry.CopyStatement, encoding);
        output.Text(entry.Schema, encoding);
        output.Text(entry.Tablespace, encoding);
        if (Header.Version.HasTableAccessMethod)
        {
            output.Text(entry.TableAccessMethod, encoding);
        }

        if (Header.Version.HasRelKind)
        {
            output.Int(entry.RelKind);
        }

        output.Text(entry.Owner, encoding);
        output.Text("false", encoding);
        foreach (int id in entry.Dependencies)
        {
            output.Text(id.ToString(CultureInfo.InvariantCulture), encoding);
        }

        output.Text(null, encoding);
        if (Header.Format == PgArchiveFormat.Custom)
        {
            output.Offset(entry.OffsetState, entry.Offset);
        }
        else
        {
            output.Text(entry.FileName ?? "", encoding);
        }
    }
}
