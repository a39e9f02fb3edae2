using PureDump.Formats.Entries;

namespace PureDump.Formats.PgArchive;

/// <summary>The data of one entry, in the order of the archive. One of the two is there.</summary>
/// <param name="Entry">Whose.</param>
/// <param name="Kind">What they are.</param>
/// <param name="Data">Good until the next item is asked for.</param>
/// <param name="LargeObjects">Good until the next item is asked for.</param>
internal readonly record struct PgArchiveItem(TocEntry Entry, PgDataKind Kind, Stream? Data, LargeObjectReader? LargeObjects);
