using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;

namespace PureDump.Tests.Archive;

/// <summary>A small archive of a cluster: a role, and two databases like that of <see cref="SampleArchive"/>.</summary>
internal static class SampleCluster
{
    public static readonly string[] Databases = ["shop", "größe"];

    public static Toc Globals { get; } = GlobalsOf(Databases);

    public static byte[] Write(IEnumerable<byte[]> orders)
    {
        using var output = new MemoryStream();
        var cluster = new ClusterWriter(output);
        using (var writer = new ArchiveWriter(output, new ArchiveHeader(null, MemberKind.Globals), SampleArchive.NoCodec, 1))
        {
            writer.WriteToc(Globals);
            cluster.Add("", writer.Complete());
        }

        // The name is UTF-8 in a database of any encoding.
        foreach ((string name, string encoding) in (ReadOnlySpan<(string, string)>)[(Databases[0], "UTF8"), (Databases[1], "LATIN1")])
        {
            var toc = new Toc(
                SampleArchive.Toc.Origin with
                {
                    Database = ClusterNames.In(encoding, name),
                    Encoding = encoding,
                },
                SampleArchive.Toc.Entries);
            cluster.Add(
                name,
                SampleArchive.Write(output, new ArchiveHeader(null, MemberKind.Database), toc, SampleArchive.NoCodec, orders));
        }

        cluster.Complete();
        return output.ToArray();
    }

    public static Toc GlobalsOf(params string[] databases) => new(
        SampleArchive.Toc.Origin with { Database = "" },
        [
            new TocEntry
            {
                Id = new DumpId(1), Kind = EntryKind.Role, Name = "ann", Section = Section.PreData,
                CreateSql = "CREATE ROLE ann;\n", DropSql = "DROP ROLE ann;\n", DropIfExistsSql = "DROP ROLE IF EXISTS ann;\n",
            },
            .. databases.Select(static (name, index) => new TocEntry
            {
                Id = new DumpId(2 + index), Kind = EntryKind.Database, Name = name, Section = Section.PreData,
                CreateSql = "", DropSql = $"DROP DATABASE {name};\n", DropIfExistsSql = $"DROP DATABASE IF EXISTS {name};\n",
            }),
        ]);

    public static IReadOnlyList<ClusterMember> MembersOf(byte[] cluster)
    {
        using var reader = new ClusterStreamReader(new MemoryStream(cluster));
        while (reader.Next() is not null)
        {
        }

        return reader.Members;
    }

    /// <summary>Everything it delivers, read front to back, as text that can be compared.</summary>
    public static string ReadStream(Stream archive)
    {
        using var cluster = new ClusterStreamReader(archive);
        var result = new System.Text.StringBuilder($"globals: {string.Join(", ", cluster.Globals.Entries.Select(entry => entry.Label))}\n");
        while (cluster.Next() is { } reader)
        {
            result.Append($"{cluster.Name}:\n").Append(SampleArchive.Read(reader));
        }

        return result.Append($"{cluster.Totals}\n").ToString();
    }

    /// <summary>What the verifier says, as text that can be compared.</summary>
    public static string Verify(Stream archive)
    {
        var verifier = new ClusterVerifier();
        verifier.Verify(archive, null, CancellationToken.None);
        return $"verify: {verifier.Findings.Count} findings\n"
            + string.Concat(
                verifier.Findings.Select(finding => $"  {finding.Finding.Offset}: {finding.Member ?? "-"}: {finding.Finding.Message}\n"));
    }
}
