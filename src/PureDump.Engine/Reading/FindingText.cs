using PureDump.Formats.Archive;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Entries;

namespace PureDump.Engine.Reading;

/// <summary>A finding in an archive, in words.</summary>
internal static class FindingText
{
    /// <summary>The finding with what of a cluster, the table and the block it hits.</summary>
    public static string Of(ClusterFinding finding)
    {
        string text = Of(finding.Finding, finding.Toc);
        return finding.Member is null ? text : $"{finding.Member}: {text}";
    }

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
