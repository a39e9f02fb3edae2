using PureDump.Formats.Archive;
using PureDump.Formats.Archive.Cluster;
using PureDump.Storage.Local;

namespace PureDump.Engine.Reading;

/// <summary>What the members of the archive of a cluster hold.</summary>
internal static class ClusterContents
{
    /// <summary>Reads the members, the globals (with an empty name) first; of a file only what it takes.</summary>
    public static IEnumerable<(string Name, ArchiveContents Contents)> Read(ArchiveInput input, CancellationToken cancellation) =>
        input.IsStream ? input.Read(stream => ReadStream(stream, cancellation)) : ReadFile(input.Path!);

    private static IEnumerable<(string Name, ArchiveContents Contents)> ReadFile(string path)
    {
        using var cluster = new ClusterFile(FileRange.Open(path));
        foreach (ClusterMember member in cluster.Members)
        {
            using ArchiveFile file = cluster.Open(member);
            yield return (member.Name, ArchiveContents.Of(file));
        }
    }

    private static List<(string Name, ArchiveContents Contents)> ReadStream(Stream stream, CancellationToken cancellation)
    {
        using var cluster = new ClusterStreamReader(stream);
        var members = new List<(string, ArchiveContents)>
        {
            ("", ArchiveContents.OfGlobals(cluster.Header, cluster.Globals, cluster.Members[0].Length)),
        };
        while (cluster.Next() is { } reader)
        {
            members.Add((cluster.Name, ArchiveContents.Read(reader, cancellation)));
        }

        return members;
    }
}
