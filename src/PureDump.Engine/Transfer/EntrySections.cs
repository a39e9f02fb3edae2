using PureDump.Formats.Entries;

namespace PureDump.Engine.Transfer;

/// <summary>
/// The section of every entry. One without a section of its own (a comment, an ACL) goes with the last of what it
/// hangs on.
/// </summary>
internal sealed class EntrySections
{
    private readonly Dictionary<DumpId, Section> _sections = [];

    /// <summary>Of the entries of a Toc, which stand behind what they depend on.</summary>
    public EntrySections(Toc toc)
    {
        foreach (TocEntry entry in toc.Entries)
        {
            Section section = entry.Section;
            if (section == Section.None)
            {
                section = Section.PreData;
                foreach (DumpId id in entry.Dependencies)
                {
                    if (_sections.TryGetValue(id, out Section of) && of > section)
                    {
                        section = of;
                    }
                }
            }

            _sections[entry.Id] = section;
        }
    }

    public Section this[DumpId id] => _sections[id];
}
