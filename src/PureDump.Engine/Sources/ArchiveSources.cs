using PureDump.Engine.Transfer;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Archive;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;
using PureDump.Storage.Local;

namespace PureDump.Engine.Sources;

/// <summary>Opens an archive of any format, by what stands in it.</summary>
internal static class ArchiveSources
{
    /// <summary>An archive in a file or a directory.</summary>
    /// <param name="path">Of it.</param>
    /// <param name="partCountMax">Into how many parts the rows of a table may be cut.</param>
    /// <param name="member">Which database of the archive of a cluster; null: it is that of one database.</param>
    /// <param name="asConforming">Statements are to be as where <c>standard_conforming_strings</c> is on, whatever the archive has.</param>
    /// <exception cref="PureDumpException">It cannot be read, or is not an archive.</exception>
    public static IDumpSource Open(string path, int partCountMax, string? member = null, bool asConforming = true)
    {
        IDumpSource source = OpenAsIs(path, partCountMax, member, asConforming);
        return asConforming ? ConformingSource.Of(source) : source;
    }

    private static IDumpSource OpenAsIs(string path, int partCountMax, string? member, bool asConforming)
    {
        if (PgArchiveReader.IsAt(path))
        {
            return member is null ? new PgArchiveFileSource(PgArchiveReader.Open(path), asConforming) : throw NoCluster(path);
        }

        var range = FileRange.Open(path);
        if (member is null)
        {
            return new ArchiveFileSource(new ArchiveFile(range), partCountMax);
        }

        if (ClusterFile.IsIn(range))
        {
            return new ArchiveFileSource(ClusterFile.OpenDatabase(range, member), partCountMax);
        }

        range.Dispose();
        throw NoCluster(path);
    }

    /// <summary>An archive in a pipe.</summary>
    /// <param name="input">At its first byte; belongs to what is made.</param>
    /// <param name="onLost">Told of damage that is passed over; null: damage is an error. Not for archives of pg_dump.</param>
    /// <param name="member">As for a file.</param>
    /// <param name="asConforming">As for a file.</param>
    /// <exception cref="PureDumpException">It cannot be read, or is not an archive.</exception>
    public static IDumpSource Open(Stream input, Action<ArchiveFinding>? onLost = null, string? member = null, bool asConforming = true)
    {
        IDumpSource source = OpenAsIs(input, onLost, member, asConforming);
        return asConforming ? ConformingSource.Of(source) : source;
    }

    private static IDumpSource OpenAsIs(Stream input, Action<ArchiveFinding>? onLost, string? member, bool asConforming)
    {
        var stream = new LookedAtStream(input);
        if (PgArchiveReader.IsArchive(stream.Look(PgArchiveReader.LookSize, PgArchiveReader.IsEnough)))
        {
            return member is null ? new PgArchiveStreamSource(PgArchiveReader.Open(stream), asConforming) : throw NoCluster("the archive");
        }

        if (member is null)
        {
            return new ArchiveStreamSource(new ArchiveStreamReader(stream, onLost));
        }

        return IsOfCluster(stream)
            ? ClusterMemberSource.Open(new ClusterStreamReader(stream, onLost), member)
            : throw NoCluster("the archive");
    }

    /// <summary>Whether the archive of a cluster stands in a pipe; nothing is consumed.</summary>
    public static bool IsOfCluster(LookedAtStream stream) =>
        ArchiveHeader.IsOfCluster(stream.Look(ArchiveHeader.Size, static head => head.Length >= ArchiveHeader.Size));

    private static PureDumpException NoCluster(string what) =>
        new(ErrorKind.Usage, $"{what} is that of one database, not of a cluster", "leave out what chooses databases");
}
