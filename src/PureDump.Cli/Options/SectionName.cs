using PureDump.Formats;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Options;

/// <summary>Sections as the command line spells them.</summary>
internal static class SectionName
{
    /// <summary>The section of that name.</summary>
    /// <exception cref="PureDumpException">There is none (<see cref="ErrorKind.Usage"/>).</exception>
    public static Section Parse(string text) => text switch
    {
        "pre-data" => Section.PreData,
        "data" => Section.Data,
        "post-data" => Section.PostData,
        _ => throw new PureDumpException(ErrorKind.Usage, $"unrecognized section name \"{text}\"", "the sections are pre-data, data and post-data"),
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
