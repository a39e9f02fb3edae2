using PureDump.Engine.Sources;
using PureDump.Engine.Transfer;
using PureDump.Formats.Archive;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Storage.Local;

namespace PureDump.Engine.Cluster;

/// <summary>Opens the archive of a cluster.</summary>
internal static class ClusterArchives
{
    /// <summary>One in a file.</summary>
    /// <exception cref="PureDumpException">It cannot be read, or is none.</exception>
    public static IClusterArchive Open(string path)
    {
        var range = FileRange.Open(path);
        if (ClusterFile.IsIn(range))
        {
            return new InFile(new ClusterFile(range));
        }

        range.Dispose();
        throw None(path);
    }

    /// <summary>One in a pipe.</summary>
    /// <param name="input">At its first byte; stays open.</param>
    /// <param name="onLost">Told of damage that is passed over; null: damage is an error.</param>
    /// <exception cref="PureDumpException">It cannot be read, or is none.</exception>
    public static IClusterArchive Open(Stream input, Action<ArchiveFinding>? onLost)
    {
        var stream = new LookedAtStream(input);
        return ArchiveSources.IsOfCluster(stream) ? new InStream(new ClusterStreamReader(stream, onLost)) : throw None("this");
    }

    private static PureDumpException None(string what) => new(ErrorKind.Usage, $"{what} is not the archive of a cluster");

    private sealed class InFile(ClusterFile file) : IClusterArchive
    {
        public Toc Globals { get; } = ConformingText.Of(file.Globals);

        public IReadOnlyList<string> Databases => file.Databases;

        public IEnumerable<(string Name, IDumpSource Source)> Read(IReadOnlySet<string> wanted, int partCountMax)
        {
            foreach (ClusterMember member in file.Members)
            {
                if (member.Kind == MemberKind.Database && wanted.Contains(member.Name))
                {
                    using IDumpSource source = ConformingSource.Of(new ArchiveFileSource(file.Open(member), partCountMax));
                    yield return (member.Name, source);
                }
            }
        }

        public void Dispose() => file.Dispose();
    }

    private sealed class InStream(ClusterStreamReader reader) : IClusterArchive
    {
        public Toc Globals { get; } = ConformingText.Of(reader.Globals);

        public IReadOnlyList<string> Databases => reader.Databases;

        public IEnumerable<(string Name, IDumpSource Source)> Read(IReadOnlySet<string> wanted, int partCountMax)
        {
            // To the end, also where nothing more is wanted: only there it shows whether the archive is whole.
            while (reader.Next() is { } member)
            {
                if (wanted.Contains(reader.Name))
                {
                    yield return (reader.Name, ConformingSource.Of(new ArchiveStreamSource(member)));
                }
            }
        }

        public void Dispose() => reader.Dispose();
    }
}
