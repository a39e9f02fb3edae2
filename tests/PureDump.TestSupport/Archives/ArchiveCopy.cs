using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Script;

namespace PureDump.TestSupport;

/// <summary>Writes what an archive holds into another.</summary>
internal static class ArchiveCopy
{
    /// <summary>Table of contents and all data.</summary>
    public static void Into(PgArchiveReader source, PgArchiveWriter target)
    {
        target.Begin(source.Toc);
        foreach (TocEntry entry in source.Toc.Entries)
        {
            if (source.DataKindOf(entry) == PgDataKind.LargeObjects)
            {
                using LargeObjectReader objects = source.OpenLargeObjects(entry);
                using LargeObjectWriter writer = target.BeginLargeObjects(entry);
                Into(objects, writer);
            }
            else if (source.DataKindOf(entry) != PgDataKind.None)
            {
                DataInto(source, entry, target);
            }
        }

        target.Complete();
    }

    /// <summary>The objects of an entry.</summary>
    public static void Into(LargeObjectReader source, LargeObjectWriter target)
    {
        while (source.Read(out uint oid, out Stream? content))
        {
            using Stream stream = target.Begin(oid);
            content.CopyTo(stream);
        }
    }

    /// <summary>All data but large objects.</summary>
    public static void RowsInto(PgArchiveReader source, PgArchiveWriter target)
    {
        foreach (
            TocEntry entry in source.Toc.Entries.Where(entry =>
                source.DataKindOf(entry) is not (PgDataKind.None or PgDataKind.LargeObjects)))
        {
            DataInto(source, entry, target);
        }
    }

    /// <summary>The settings of the source, so that the copy can be compared with it.</summary>
    public static PgArchiveSettings Settings(PgArchiveReader source) => new()
    {
        Created = source.Header.Created ?? default,
        IsDaylightSaving = source.Header.DaylightSaving > 0,
        Rows = source.Toc.Entries.Any(entry => source.DataKindOf(entry) == PgDataKind.Sql) ? RowStatements.Insert : RowStatements.Copy,
    };

    private static void DataInto(PgArchiveReader source, TocEntry entry, PgArchiveWriter target)
    {
        using Stream data = source.OpenData(entry);
        using Stream stream = target.BeginData(entry);
        data.CopyTo(stream);
    }
}
