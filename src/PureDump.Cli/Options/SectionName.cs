using PureDump.Formats.Entries;

namespace PureDump.Cli.Options;

/// <summary>Sections as the command line spells them.</summary>
internal static class SectionName
{
    /// <summary>The section of that name, or null where there is none.</summary>
    public static Section? Parse(string text) => text switch
    {
        "pre-data" => Section.PreData,
        "data" => Section.Data,
        "post-data" => Section.PostData,
        _ => null,
    };

    /// <summary>The name of a section.</summary>
    public static string Of(Section section) => section switch
    {
        Section.PreData => "pre-data",
        Section.Data => "data",
        Section.PostData => "post-data",
        _ => "none",
    };
}
