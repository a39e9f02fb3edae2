using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Storage.Local;

namespace PureDump.Tests.Archive;

/// <summary>The archive of a cluster, formats/pdump.md, section 10: written, read front to back and by its directory, and
/// damaged.</summary>
public sealed class ClusterArchiveTests
{
    private static readonly byte[][] Rows =
    [
        SampleArchive.Row(1, 2, 3),
        SampleArchive.Row(new byte[300]),
        SampleArchive.Row([.. Enumerable.Range(0, 200).Select(i => (byte)(i * 7))]),
    ];
    private static readonly byte[] Cluster = SampleCluster.Write(Rows);

    [Fact]
    public void Each_member_delivers_by_the_directory_what_its_archive_delivers_alone()
    {
        using var file = new WrittenFile(Cluster);
        var cluster = new ClusterFile(FileRange.Open(file.Path));

        Assert.Equal(SampleCluster.Databases, cluster.Databases);
        Assert.Equal(["globals", "database \"shop\"", "database \"größe\""], cluster.Members.Select(static member => member.Label));
        Assert.Equal((2L * Rows.Length, Cluster.Length), (cluster.Totals.RowCount, cluster.Totals.Length));
        using var alone = new WrittenFile(SampleArchive.Write(SampleArchive.NoCodec, Rows));
        using ArchiveFile shop = cluster.Open(cluster.Find("shop"));
        using ArchiveFile latin = cluster.Open(cluster.Find("größe"));
        Assert.Equal(SampleArchive.ReadFile(alone.Path), SampleArchive.Read(shop));
        Assert.Equal(
            SampleArchive.ReadFile(alone.Path).Replace("Größe", "Gr\u00f6\u00dfe", StringComparison.Ordinal),
            SampleArchive.Read(latin));

        ClusterFile.Check(FileRange.Open(file.Path));
        Assert.Equal(ErrorKind.NotFound, Record(() => cluster.Find("no such"))?.Kind);
    }

    [Fact]
    public void Members_that_are_not_wanted_can_be_passed_over_in_a_pipe()
    {
        using var reader = new ClusterStreamReader(new TrickleStream(Cluster));
        Assert.Equal(SampleCluster.Databases, reader.Databases);
        Assert.NotNull(reader.Next());
        Assert.NotNull(reader.Next());
        Assert.Equal("größe", reader.Name);
        Assert.Null(reader.Next());
        Assert.Equal(2 * Rows.Length, reader.Totals.RowCount);
    }

    [Fact]
    public void Any_flipped_bit_is_an_error_and_never_other_data()
    {
        using var file = new WrittenFile(Cluster);
        string whole = ReadAll(file.Path);
        for (int at = 0; at < Cluster.Length; at++)
        {
            byte[] damaged = [.. Cluster];
            damaged[at] ^= (byte)(1 << (at % 8));

            Assert.NotNull(Record(() => SampleCluster.ReadStream(new MemoryStream(damaged))));
            if (at % 3 == 0)
            {
                Assert.True(
                    Record(() => Assert.DoesNotContain(" 0 findings", SampleCluster.Verify(new MemoryStream(damaged))))
                        is null
                            or { Kind: ErrorKind.ArchiveVersion },
                    $"offset {at}");
            }

            // What is read by the directory is the same or an error; end records and the rest of the header are not needed for it.
            if (at % 5 == 0)
            {
                File.WriteAllBytes(file.Path, damaged);
                string? read = null;
                _ = Record(() => read = ReadAll(file.Path));
                Assert.True(read is null || read == whole, $"offset {at}");
            }
        }
    }

    [Fact]
    public void Any_cut_is_an_error_in_a_pipe_and_in_a_file()
    {
        using var file = new WrittenFile(Cluster);
        for (int length = 0; length < Cluster.Length; length += 13)
        {
            byte[] cut = Cluster[..length];
            File.WriteAllBytes(file.Path, cut);

            Assert.Equal(ErrorKind.ArchiveDamaged, Record(() => SampleCluster.ReadStream(new MemoryStream(cut)))?.Kind);
            Assert.Equal(ErrorKind.ArchiveDamaged, Record(() => ReadAll(file.Path))?.Kind);
            if (length >= ArchiveHeader.Size)
            {
                Assert.Contains("truncated", SampleCluster.Verify(new MemoryStream(cut)));
            }
        }
    }

    [Fact]
    public void Bytes_behind_it_and_between_members_are_found()
    {
        int second = (int)SampleCluster.MembersOf(Cluster)[2].Offset;
        byte[] behind = [.. Cluster, 0];
        byte[] between = [.. Cluster[..second], .. "odd"u8, .. Cluster[second..]];

        Assert.Equal(ErrorKind.ArchiveDamaged, Record(() => SampleCluster.ReadStream(new MemoryStream(behind)))?.Kind);
        Assert.Contains("bytes follow the footer of the cluster", SampleCluster.Verify(new MemoryStream(behind)));
        Assert.Equal(ErrorKind.ArchiveDamaged, Record(() => SampleCluster.ReadStream(new MemoryStream(between)))?.Kind);
        Assert.Contains($"3 bytes that belong to no member stand at offset {second}", SampleCluster.Verify(new MemoryStream(between)));
    }

    [Fact]
    public void Damage_in_one_database_is_said_with_its_name_and_leaves_the_others_readable()
    {
        IReadOnlyList<ClusterMember> members = SampleCluster.MembersOf(Cluster);
        byte[] damaged = [.. Cluster];
        damaged[members[2].Offset - 700] ^= 1;
        using var file = new WrittenFile(damaged);
        var lost = new List<ArchiveFinding>();

        string findings = SampleCluster.Verify(new MemoryStream(damaged));
        Assert.Contains("database \"shop\": ", findings);
        Assert.DoesNotContain("größe", findings);
        using ArchiveFile whole = new ClusterFile(FileRange.Open(file.Path)).Open(members[2]);
        Assert.Equal(2, whole.Toc.Entries.Count(static entry => entry.HasBlocks));

        using var salvage = new ClusterStreamReader(new MemoryStream(damaged), lost.Add);
        while (salvage.Next() is not null)
        {
        }

        Assert.Equal(3, salvage.Members.Count);
        Assert.All(lost, finding => Assert.StartsWith("database \"shop\": ", finding.Message));
        Assert.NotEmpty(lost);
    }

    [Fact]
    public void A_lost_footer_does_not_hide_the_next_database()
    {
        int second = (int)SampleCluster.MembersOf(Cluster)[2].Offset;
        byte[] damaged = [.. Cluster[..(second - 128)], .. Cluster[second..]];

        string findings = SampleCluster.Verify(new MemoryStream(damaged));

        Assert.Contains("database \"shop\": the archive is truncated", findings);
        Assert.DoesNotContain("größe\": ", findings);
    }

    [Fact]
    public void A_reader_of_the_other_kind_says_what_it_has()
    {
        using var cluster = new WrittenFile(Cluster);
        using var single = new WrittenFile(SampleArchive.Write(SampleArchive.NoCodec, Rows));

        foreach (
            Action read in (Action[])
                [
                    () => SampleArchive.ReadStream(new MemoryStream(Cluster)),
                    () => new ArchiveFile(FileRange.Open(cluster.Path)).Dispose(),
                    () => new ArchiveVerifier().Verify(new MemoryStream(Cluster), null, default),
                ])
        {
            PureDumpException? error = Record(read);
            Assert.Equal(ErrorKind.Usage, error?.Kind);
            Assert.Contains("this is the archive of a cluster, not of one database", error?.Message);
        }

        Assert.True(IsOfCluster(cluster.Path));
        Assert.False(IsOfCluster(single.Path));
        Assert.Equal(ErrorKind.ArchiveDamaged, Record(() => SampleCluster.ReadStream(File.OpenRead(single.Path)))?.Kind);
    }

    /// <summary>What an older program does: it knows of bit 0 alone.</summary>
    [Fact]
    public void Every_member_has_a_bit_that_was_reserved_before()
    {
        Assert.All(
            SampleCluster.MembersOf(Cluster),
            member => Assert.NotEqual(0, Cluster[member.Offset + ArchiveHeader.FlagsOffset] & 0xfe));
        byte[] head = [.. Cluster[..ArchiveHeader.Size]];
        head[ArchiveHeader.FlagsOffset] = 4;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(
            head.AsSpan(ArchiveHeader.ChecksumOffset),
            System.IO.Hashing.XxHash3.HashToUInt64(head.AsSpan(0, ArchiveHeader.ChecksumOffset)));
        Assert.Equal(ErrorKind.ArchiveVersion, Record(() => ArchiveHeader.Read(head))?.Kind);
    }

    [Fact]
    public void Globals_that_break_a_rule_are_refused()
    {
        Assert.Equal(["a", "b"], ClusterNames.Of(SampleCluster.GlobalsOf("a", "b")));
        Toc[] refused =
        [
            SampleCluster.GlobalsOf("a", "a"),
            SampleCluster.GlobalsOf(""),
            SampleCluster.GlobalsOf(new string('x', ArchiveLimits.DatabaseNameLengthMax + 1)),
            new(SampleArchive.Toc.Origin, SampleCluster.Globals.Entries),
            new(SampleCluster.Globals.Origin, [.. SampleArchive.Toc.Entries]),
            new(SampleCluster.Globals.Origin, [.. SampleCluster.Globals.Entries.Reverse()]),
            new(SampleCluster.Globals.Origin with { Encoding = "LATIN1" }, SampleCluster.GlobalsOf("ö").Entries),
        ];
        Assert.All(refused, globals => Assert.Equal(ErrorKind.ArchiveDamaged, Record(() => ClusterNames.Of(globals))?.Kind));
    }

    private static string ReadAll(string path)
    {
        var cluster = new ClusterFile(FileRange.Open(path));
        return string.Concat(cluster.Members.Select(member =>
        {
            using ArchiveFile archive = cluster.Open(member);
            return SampleArchive.Read(archive);
        }));
    }

    private static PureDumpException? Record(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (PureDumpException e)
        {
            return e;
        }
    }

    private sealed class WrittenFile : IDisposable
    {
        public WrittenFile(byte[] content)
        {
            Path = System.IO.Path.GetTempFileName();
            File.WriteAllBytes(Path, content);
        }

        public string Path { get; }

        public void Dispose() => File.Delete(Path);
    }

    // A pipe that gives a few bytes at a time.
    private sealed class TrickleStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 37)]);
    }

    private static bool IsOfCluster(string path)
    {
        using var range = FileRange.Open(path);
        return ClusterFile.IsIn(range);
    }
}
