using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive.Cluster;

/// <summary>The archive of a cluster in a file, read by its directory: any member without the others.</summary>
public sealed class ClusterFile
{
    /// <summary>Reads the footer, the directory and the globals' Toc.</summary>
    /// <param name="path">Of the file.</param>
    /// <exception cref="PureDumpException">The file cannot be read (<see cref="ErrorKind.File"/>), is not the whole archive of a
    /// cluster (<see cref="ErrorKind.ArchiveDamaged"/>) or is of another version (<see cref="ErrorKind.ArchiveVersion"/>).</exception>
    public ClusterFile(string path)
    {
        Path = path;
        try
        {
            (Members, Totals) = ReadDirectory(path);
        }
        catch (PureDumpException e)
        {
            throw e.Named(path);
        }

        CheckTotals();
        using var globals = new ArchiveFile(path, Members[0]);
        Header = globals.Header;
        Globals = globals.Toc;
        Databases = ClusterNames.Of(Globals);
        if (!Databases.SequenceEqual(Members.Skip(1).Select(static member => member.Name)))
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{path}: the globals name other databases than the directory of the cluster");
        }
    }

    /// <summary>The path it was opened by.</summary>
    public string Path { get; }

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

    /// <summary>Whether a file begins as the archive of a cluster does.</summary>
    /// <exception cref="PureDumpException">It cannot be read.</exception>
    public static bool IsAt(string path)
    {
        try
        {
            using FileStream file = OpenFile(path);
            Span<byte> head = stackalloc byte[ArchiveHeader.Size];
            return ArchiveHeader.IsOfCluster(head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not open the archive \"{path}\"");
        }
    }

    /// <summary>Reads what is cheap to read back of a file that was just written: all but the rows, without making entries of the Tocs'
    /// bytes.</summary>
    /// <exception cref="PureDumpException">As for opening it.</exception>
    public static void Check(string path)
    {
        foreach (ClusterMember member in ReadDirectory(path).Members)
        {
            ArchiveFile.Check(path, member);
        }
    }

    /// <summary>Opens a member, to be disposed of.</summary>
    /// <exception cref="PureDumpException">It is damaged, or another one stands there.</exception>
    public ArchiveFile Open(ClusterMember member)
    {
        var archive = new ArchiveFile(Path, member);
        try
        {
            if (member.Kind == MemberKind.Database && ClusterNames.OfDatabase(archive.Toc) is { } name && name != member.Name)
            {
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"{Path}: the directory announces {member.Label} at offset {member.Offset}, there is database \"{name}\"");
            }

            return archive;
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

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

    private static (IReadOnlyList<ClusterMember> Members, ClusterTotals Totals) ReadDirectory(string path)
    {
        try
        {
            using FileStream file = OpenFile(path);
            byte[] footer = new byte[ClusterTotals.RecordSize];
            if (file.Length < ArchiveHeader.Size + footer.Length)
            {
                throw Truncated(file.Length);
            }

            file.Seek(-footer.Length, SeekOrigin.End);
            file.ReadExactly(footer);
            if (!RecordHeader.IsWhole(footer) || (RecordType)footer[RecordHeader.TypeOffset] != RecordType.ClusterFooter)
            {
                throw Truncated(file.Length);
            }

            long at = file.Length - footer.Length;
            RecordHeader header = RecordHeader.Read(footer, at);
            header.CheckPayload(footer.AsSpan(RecordHeader.Size), at);
            var totals = ClusterTotals.Read(footer.AsSpan(RecordHeader.Size));
            if (totals.Length != file.Length || totals.DirectoryOffset >= at)
            {
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"the archive of the cluster has {file.Length} bytes, its footer announces {totals.Length}");
            }

            file.Seek(totals.DirectoryOffset, SeekOrigin.Begin);
            return ClusterDirectory.Read(new MemberSplitter(file, totals.DirectoryOffset));
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not read the archive \"{path}\"");
        }
    }

    // The members' own footers are a few bytes each. One that is damaged says so itself when its member is opened; the others can be read.
    private void CheckTotals()
    {
        var have = default(ClusterTotals);
        try
        {
            using FileStream file = OpenFile(Path);
            byte[] footer = new byte[ArchiveFile.FooterSize];
            foreach (ClusterMember member in Members)
            {
                if (member.Length < footer.Length)
                {
                    return;
                }

                long at = member.End - footer.Length;
                file.Seek(at, SeekOrigin.Begin);
                file.ReadExactly(footer);
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
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            throw FileErrors.Translate(e, $"could not read the archive \"{Path}\"");
        }

        if ((have.RowCount, have.RawBytes, have.StoredBytes) != (Totals.RowCount, Totals.RawBytes, Totals.StoredBytes))
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{Path}: the footer of the cluster announces {Totals.RowCount} rows in {Totals.RawBytes} bytes, its members have "
                    + $"{have.RowCount} in {have.RawBytes}");
        }
    }

    private static FileStream OpenFile(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    private static PureDumpException Truncated(long length) => new(
        ErrorKind.ArchiveDamaged,
        $"the archive of the cluster is truncated or its end is damaged: no footer stands at the end of its {length} bytes",
        "puredump verify says what is there; puredump restore --salvage takes it");
}
