using PureDump.Formats.Entries;

namespace PureDump.Engine.Transfer;

/// <summary>
/// The main pass of a restore, cut in two: what runs one after the other before any rows, and what is scheduled.
/// </summary>
/// <remarks>
/// Data made by statements (large objects, sequence values) runs before the rows where these come from a pipe: rows out of a pipe cannot
/// wait for the object they belong to.
/// </remarks>
internal sealed class MainPass
{
    /// <summary>Cuts a Toc.</summary>
    public MainPass(Toc toc)
    {
        var preData = new List<TocEntry>();
        var rest = new List<TocEntry>();
        var sections = new EntrySections(toc);
        foreach (TocEntry entry in toc.Entries)
        {
            if (entry.Pass == RestorePass.Main)
            {
                (sections[entry.Id] == Section.PreData ? preData : rest).Add(entry);
            }
        }

        PreData = preData;
        Rest = rest;
    }

    /// <summary>In the order of the Toc.</summary>
    public IReadOnlyList<TocEntry> PreData { get; }

    /// <summary>Data and post-data.</summary>
    public IReadOnlyList<TocEntry> Rest { get; }

    /// <summary>Data by statement: large objects to be filled, values of sequences.</summary>
    public static bool IsDataStatement(TocEntry entry) => entry.Section == Section.Data && !entry.HasBlocks;
}
