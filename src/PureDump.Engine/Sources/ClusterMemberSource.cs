using PureDump.Engine.Transfer;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Sources;

/// <summary>One database of the archive of a cluster out of a pipe, which is read and checked to its end.</summary>
internal sealed class ClusterMemberSource : IStreamSource
{
    private readonly ClusterStreamReader _cluster;
    private readonly ArchiveStreamSource _source;

    private ClusterMemberSource(ClusterStreamReader cluster, ArchiveStreamReader member) =>
        (_cluster, _source) = (cluster, new ArchiveStreamSource(member));

    /// <inheritdoc/>
    public Toc Toc => _source.Toc;

    /// <summary>Goes to the database.</summary>
    /// <param name="cluster">Belongs to what is made.</param>
    /// <param name="name">Of the database.</param>
    /// <exception cref="PureDumpException">There is none of that name, or the archive is damaged before it.</exception>
    public static ClusterMemberSource Open(ClusterStreamReader cluster, string name)
    {
        try
        {
            _ = ClusterFile.Find(cluster.Databases, name);
            while (cluster.Next() is { } member)
            {
                if (cluster.Name == name)
                {
                    return new ClusterMemberSource(cluster, member);
                }
            }

            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"database \"{name}\" is lost: its member is damaged or missing");
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public StreamEvent ReadStream(RowBlock block, out TocEntry? entry) => _source.ReadStream(block, out entry);

    /// <inheritdoc/>
    public void Complete()
    {
        // The members behind it are checked too: a program that writes them into a pipe is not cut off.
        while (_cluster.Next() is not null)
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cluster.Dispose();
}
