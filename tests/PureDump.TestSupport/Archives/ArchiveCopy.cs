using PureDump.Formats;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Script;

namespace PureDump.TestSupport;

/// <summary>Writes what an archive holds into another.</summary>
public static class ArchiveCopy
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
                while (objects.Read(out uint oid, out Stream? content))
                {
                    using Stream stream = writer.Begin(oid);
                    content.CopyTo(stream);
                }
            }
            else if (source.DataKindOf(entry) != PgDataKind.None)
            {
                using Stream data = source.OpenData(entry);
                using Stream stream = target.BeginData(entry);
                data.CopyTo(stream);
            }
        }

        target.Complete();
    }

    /// <summary>The settings of the source, so that the copy can be compared with it.</summary>
    public static PgArchiveSettings Settings(PgArchiveReader source) => new()
    {
        Created = source.Header.Created ?? default,
        IsDaylightSaving = source.Header.DaylightSaving > 0,
        Rows = source.Toc.Entries.Any(entry => source.DataKindOf(entry) == PgDataKind.Sql) ? RowStatements.Insert : RowStatements.Copy,
    };
}
