using PureDump.Formats.Bytes;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive.Cluster;

/// <summary>The archive of a cluster in a file, read by its directory: any member without the others.</summary>
internal sealed class ClusterFile : IDisposable
{
    private readonly IRangeReader _range;

    /// <summary>Reads the footer, the directory and the globals' Toc.</summary>
    /// <param name="range">Its bytes, disposed of with it, and where it cannot be opened.</param>
    /// <exception cref="PureDumpException">The file cannot be read (<see cref="ErrorKind.File"/>), is not the whole archive of a
    /// cluster (<see cref="ErrorKind.ArchiveDamaged"/>) or is of another version (<see cref="ErrorKind.ArchiveVersion"/>).</exception>
    public ClusterFile(IRangeReader range)
    {
        _range = range;
        try
        {
            (Members, Totals) = ReadDirectory(range);
            CheckTotals();
            using ArchiveFile globals = OpenMember(Members[0], ownsRange: false);
            Header = globals.Header;
            Globals = globals.Toc;
            Databases = ClusterNames.Of(Globals);
            if (!Databases.SequenceEqual(Members.Skip(1).Select(static member => member.Name)))
            {
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"{Name}: the globals name other databases than the directory of the cluster");
            }
        }
        catch
        {
            range.Dispose();
            throw;
        }
    }

    /// <summary>What its bytes are called: the path of the file.</summary>
    public string Name => _range.Name;

    /// <summary>The file header of the globals.</summary>
    public ArchiveHeader Header { get; }

    /// <summary>Where the members are, the globals first.</summary>
    public IReadOnlyList<ClusterMember> Members { get; }

    /// <summary>What the footer says.</summary>
    public ClusterTotals Totals { get; }

    /// <summary>The table of contents of the globals.</summary>
    public Toc Globals { get; }

    /// <summary>The names of the databases, in the order of the members.</summary>
    public IReadOnlyList<string> Databases { get; }

    /// <summary>Whether bytes begin as the archive of a cluster does.</summary>
    /// <exception cref="PureDumpException">They cannot be read (<see cref="ErrorKind.File"/>).</exception>
    public static bool IsIn(IRangeReader range)
    {
        Span<byte> head = stackalloc byte[ArchiveHeader.Size];
        return ArchiveHeader.IsOfCluster(head[..Read(range, head, 0)]);
    }

    /// <summary>Reads what is cheap to read back of a file that was just written: all but the rows, without making entries of the Tocs'
    /// bytes.</summary>
    /// <param name="range">Its bytes, disposed of.</param>
    /// <exception cref="PureDumpException">As for opening it.</exception>
    public static void Check(IRangeReader range)
    {
        using (range)
        {
            foreach (ClusterMember member in ReadDirectory(range).Members)
            {
                ArchiveFile.Check(new RangeSlice(range, 0, range.Length, ownsWhole: false), member);
            }
        }
    }

    /// <summary>Opens a member, to be disposed of before the cluster.</summary>
    /// <exception cref="PureDumpException">It is damaged, or another one stands there.</exception>
    public ArchiveFile Open(ClusterMember member) => OpenMember(member, ownsRange: false);

    /// <summary>Opens one database of a cluster; the bytes are disposed of with it, and where it cannot be opened.</summary>
    /// <param name="range">The bytes of the cluster.</param>
    /// <param name="database">Its name.</param>
    /// <exception cref="PureDumpException">As for opening the cluster; or there is none of that name (<see
    /// cref="ErrorKind.NotFound"/>).</exception>
    public static ArchiveFile OpenDatabase(IRangeReader range, string database)
    {
        var cluster = new ClusterFile(range);
        try
        {
            return cluster.OpenMember(cluster.Find(database), ownsRange: true);
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _range.Dispose();

    /// <summary>The member of a database.</summary>
    /// <exception cref="PureDumpException">There is none of that name (<see cref="ErrorKind.NotFound"/>).</exception>
    public ClusterMember Find(string database) => Members[1 + Find(Databases, database)];

    /// <summary>Which of the databases has that name.</summary>
    /// <exception cref="PureDumpException">None (<see cref="ErrorKind.NotFound"/>).</exception>
    public static int Find(IReadOnlyList<string> databases, string name)
    {
        for (int i = 0; i < databases.Count; i++)
        {
            if (databases[i] == name)
            {
                return i;
            }
        }

        throw new PureDumpException(ErrorKind.NotFound, $"the archive holds no database \"{name}\"", "puredump list shows those it holds");
    }

    private ArchiveFile OpenMember(ClusterMember member, bool ownsRange)
    {
        var archive = new ArchiveFile(new RangeSlice(_range, 0, _range.Length, ownsRange), member);
        try
        {
            if (member.Kind == MemberKind.Database && ClusterNames.OfDatabase(archive.Toc) is { } name && name != member.Name)
            {
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"{Name}: the directory announces {member.Label} at offset {member.Offset}, there is database \"{name}\"");
            }

            return archive;
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    private static (IReadOnlyList<ClusterMember> Members, ClusterTotals Totals) ReadDirectory(IRangeReader range)
    {
        try
        {
            byte[] footer = new byte[ClusterTotals.RecordSize];
            long at = range.Length - footer.Length;
            if (at < ArchiveHeader.Size || Read(range, footer, at) < footer.Length)
            {
                throw Truncated(range.Length);
            }

            if (!RecordHeader.IsWhole(footer) || (RecordType)footer[RecordHeader.TypeOffset] != RecordType.ClusterFooter)
            {
                throw Truncated(range.Length);
            }

            RecordHeader header = RecordHeader.Read(footer, at);
            header.CheckPayload(footer.AsSpan(RecordHeader.Size), at);
            var totals = ClusterTotals.Read(footer.AsSpan(RecordHeader.Size));
            if (totals.Length != range.Length || totals.DirectoryOffset >= at)
            {
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"the archive of the cluster has {range.Length} bytes, its footer announces {totals.Length}");
            }

            using var directory = new RangeStream(range, totals.DirectoryOffset);
            return ClusterDirectory.Read(new MemberSplitter(directory, totals.DirectoryOffset));
        }
        catch (PureDumpException e)
        {
            throw e.Named(range.Name);
        }
        catch (IOException e)
        {
            throw FileErrors.Translate(e, $"could not read the archive \"{range.Name}\"");
        }
    }

    // The members' own footers are a few bytes each. One that is damaged says so itself when its member is opened; the others can be read.
    private void CheckTotals()
    {
        var have = default(ClusterTotals);
        byte[] footer = new byte[ArchiveFile.FooterSize];
        try
        {
            foreach (ClusterMember member in Members)
            {
                long at = member.End - footer.Length;
                if (member.Length < footer.Length || Read(_range, footer, at) < footer.Length)
                {
                    return;
                }

                if (!RecordHeader.IsWhole(footer) || (RecordType)footer[RecordHeader.TypeOffset] != RecordType.Footer)
                {
                    return;
                }

                RecordHeader.Read(footer, at).CheckPayload(footer.AsSpan(RecordHeader.Size), at);
                var totals = ArchiveTotals.Read(footer.AsSpan(RecordHeader.Size));
                have = have with
                {
                    RowCount = have.RowCount + totals.RowCount,
                    RawBytes = have.RawBytes + totals.RawBytes,
                    StoredBytes = have.StoredBytes + totals.StoredBytes,
                };
            }
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.ArchiveDamaged)
        {
            return;
        }

        if ((have.RowCount, have.RawBytes, have.StoredBytes) != (Totals.RowCount, Totals.RawBytes, Totals.StoredBytes))
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{Name}: the footer of the cluster announces {Totals.RowCount} rows in {Totals.RawBytes} bytes, its members have "
                    + $"{have.RowCount} in {have.RawBytes}");
        }
    }

    private static int Read(IRangeReader range, Span<byte> target, long offset)
    {
        try
        {
            return range.Read(target, offset);
        }
        catch (IOException e)
        {
            throw FileErrors.Translate(e, $"could not read the archive \"{range.Name}\"");
        }
    }

    private static PureDumpException Truncated(long length) => new(
        ErrorKind.ArchiveDamaged,
        $"the archive of the cluster is truncated or its end is damaged: no footer stands at the end of its {length} bytes",
        "puredump verify says what is there; puredump restore --salvage takes it");
}
