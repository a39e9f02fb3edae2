using System.Globalization;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;

namespace PureDump.Tests.PgArchive;

/// <summary>All data of an archive, by name.</summary>
internal static class ArchiveContents
{
    /// <summary>Read entry by entry, as from a file.</summary>
    public static SortedDictionary<string, string> Opened(PgArchiveReader archive)
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (TocEntry entry in archive.Toc.Entries.Reverse())
        {
            if (archive.DataKindOf(entry) == PgDataKind.LargeObjects)
            {
                using LargeObjectReader objects = archive.OpenLargeObjects(entry);
                Add(contents, objects);
            }
            else if (archive.DataKindOf(entry) != PgDataKind.None)
            {
                using Stream data = archive.OpenData(entry);
                contents.Add(entry.Label, Text(data));
            }
        }

        return contents;
    }

    /// <summary>Read as they come, as from a pipe.</summary>
    public static SortedDictionary<string, string> Streamed(PgArchiveReader archive)
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (archive.ReadNext(out PgArchiveItem? item))
        {
            if (item.Value.LargeObjects is { } objects)
            {
                Add(contents, objects);
            }
            else
            {
                contents.Add(item.Value.Entry.Label, Text(item.Value.Data!));
            }
        }

        return contents;
    }

    private static void Add(SortedDictionary<string, string> contents, LargeObjectReader objects)
    {
        while (objects.Read(out uint oid, out Stream? content))
        {
            contents.Add(oid.ToString(CultureInfo.InvariantCulture), Text(content));
        }
    }

    private static string Text(Stream data)
    {
        using var reader = new StreamReader(data, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
