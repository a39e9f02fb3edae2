using PureDump.Formats.Archive;
using PureDump.Formats.Entries;

namespace PureDump.Cli.Commands;

/// <summary>A finding in an archive, in words.</summary>
internal static class FindingText
{
    /// <summary>The finding with the table and the block it hits.</summary>
    public static string Of(ArchiveFinding finding, Toc? toc)
    {
        if (LabelOf(finding, toc) is not { } label)
        {
            return finding.Message;
        }

        // Some messages tell the entry themselves.
        return finding.Message.StartsWith(label, StringComparison.Ordinal) ? finding.Message
            : finding.Block is { } block ? $"{label}, block {block}: {finding.Message}"
            : $"{label}: {finding.Message}";
    }

    /// <summary>The entry the finding hits, or null where that is not known.</summary>
    public static string? LabelOf(ArchiveFinding finding, Toc? toc) =>
        finding.Entry is not { } id ? null
        : toc is not null && toc.TryFind(new DumpId(id), out TocEntry? entry) ? entry.Label
        : $"entry {id}";
}
