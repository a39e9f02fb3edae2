using System.IO.Compression;
using System.Text;
using PureDump.Formats.Archive;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Rows;
using PureDump.Formats.Script;
using PureDump.Postgres.Wire;
using PureDump.Storage.Local;

namespace PureDump.Fuzz;

/// <summary>Every reader of bytes from outside.</summary>
internal static class FuzzTargets
{
    /// <summary>All targets.</summary>
    /// <param name="goldenFolder">The archives of formats/golden, the corpus of the archive readers.</param>
    public static IReadOnlyList<FuzzTarget> All(string goldenFolder)
    {
        byte[][] archives = [.. Directory.GetFiles(goldenFolder, "*.pdump").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        byte[][] clusters = [.. archives.Where(static archive => ArchiveHeader.IsOfCluster(archive))];
        byte[][] columns =
        [
            .. Directory.GetFiles(goldenFolder, "valid-columns-*.pdump").Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
        ];
        return
        [
            new("column-image", ColumnImages.Of(columns), ColumnImages.Join),
            new("column-rows", ColumnImages.RowsOf(columns), ColumnImages.Split),
            new("archive-stream", archives, bytes => ReadStream(bytes, isSalvage: false)),
            new("archive-salvage", archives, bytes => ReadStream(bytes, isSalvage: true)),
            new("archive-verify", archives, bytes => new ArchiveVerifier().Verify(new MemoryStream(bytes), null, CancellationToken.None)),
            new("archive-file", archives, ReadFile),
            new("cluster-stream", clusters, bytes => ReadCluster(bytes, isSalvage: false)),
            new("cluster-salvage", clusters, bytes => ReadCluster(bytes, isSalvage: true)),
            new("cluster-verify", clusters, bytes => new ClusterVerifier().Verify(new MemoryStream(bytes), null, CancellationToken.None)),
            new("cluster-file", clusters, ReadClusterFile),
            new("toc", [.. archives.Select(TocOf).Where(toc => toc.Length > 0)], bytes => TocFormat.Read(bytes, bytes.Length)),
            new("large-object-rows", [LargeObjectRow()], ReadPieces),
            new("binary-copy-header", [BinaryCopy.Header.ToArray()], ReadCopyHeader),
            new("binary-rows", [ValueRows.Rows()], ValueRows.Read),
            new("type-name", ValueRows.Statements, ValueRows.ReadStatement),
            new(
                "server-message",
                [Encoding.UTF8.GetBytes("SERROR\0VERROR\0C42P01\0Mrelation \"x\" does not exist\0P15\0\0")],
                bytes => ServerMessage.Parse(bytes)),
            new(
                "server-message-cut",
                [Encoding.UTF8.GetBytes("SERROR\0VERROR\0C42P01\0Mrelation \"é\" does not exist\0P15\0\0")],
                ReadCutMessage),
            new(
                "data-row",
                [
                    [0, 2, 0, 0, 0, 1, 65, 255, 255, 255, 255],
                ],
                bytes => DataRow.Texts(bytes, Encoding.UTF8)),
            new(
                "parameter-status",
                [
                    [.. "server_version"u8, 0, .. "15.3"u8, 0],
                ],
                bytes => DataRow.Parameter(bytes)),
            new("server-stream", [ServerStream()], ReadServerStream),
            .. PgArchiveTargets.All(Path.Combine(goldenFolder, "pg")),
            new("script", Scripts(goldenFolder), ReadScript),
            new(
                "row-description",
                [
                    [0, 1, (byte)'a', 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 23, 0, 4, 255, 255, 255, 255, 0, 0],
                ],
                bytes => DataRow.Columns(bytes)),
        ];
    }

    private static void ReadCutMessage(byte[] bytes)
    {
        const int sizeMin = 5;
        if (bytes.Length >= sizeMin)
        {
            byte[] cut = [.. bytes];
            ServerMessage.EndCut(cut);
            ServerMessage.Parse(cut);
        }
    }

    private static void ReadStream(byte[] bytes, bool isSalvage)
    {
        using var reader = new ArchiveStreamReader(new MemoryStream(bytes), isSalvage ? _ => { } : null);
        ReadRows(reader);
    }

    private static void ReadCluster(byte[] bytes, bool isSalvage)
    {
        using var cluster = new ClusterStreamReader(new MemoryStream(bytes), isSalvage ? _ => { } : null);
        while (cluster.Next() is { } reader)
        {
            ReadRows(reader);
        }
    }

    private static void ReadRows(ArchiveStreamReader reader)
    {
        using var pool = new RowBlockPool(1);
        while (reader.Read(out _) is RecordType type && type != RecordType.Footer)
        {
            if (type == RecordType.Rows)
            {
                using RowBlock block = pool.Rent(CancellationToken.None);
                reader.Take(block);
            }
        }
    }

    private static void ReadFile(byte[] bytes) => WithFile(bytes, static path =>
    {
        using var file = new ArchiveFile(FileRange.Open(path));
        ReadBlocks(file);
    });

    private static void ReadClusterFile(byte[] bytes) => WithFile(bytes, static path =>
    {
        using var cluster = new ClusterFile(FileRange.Open(path));
        foreach (ClusterMember member in cluster.Members)
        {
            using ArchiveFile file = cluster.Open(member);
            ReadBlocks(file);
        }
    });

    private static void WithFile(byte[] bytes, Action<string> read)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void ReadBlocks(ArchiveFile file)
    {
        using var pool = new RowBlockPool(1);
        using var decoder = new BlockDecoder();
        byte[] room = new byte[RecordHeader.Size + ArchiveLimits.RecordLengthMax];
        foreach (TocEntry entry in file.Toc.Entries)
        {
            foreach (IndexItem item in file.BlocksOf(entry.Id))
            {
                using RowBlock block = pool.Rent(CancellationToken.None);
                file.Read(item, block, decoder, room);
            }
        }
    }

    // The Toc record of an archive that was stored without a codec.
    private static byte[] TocOf(byte[] archive)
    {
        if (archive.Length < ArchiveHeader.Size + RecordHeader.Size || !RecordHeader.IsWhole(archive.AsSpan(ArchiveHeader.Size)))
        {
            return [];
        }

        RecordHeader header = RecordHeader.Read(archive.AsSpan(ArchiveHeader.Size), ArchiveHeader.Size);
        return header.Codec == PayloadCodec.None
            ? archive.AsSpan(ArchiveHeader.Size + RecordHeader.Size, header.StoredLength).ToArray()
            : [];
    }

    private static byte[] LargeObjectRow() =>
        [0, 3, 0, 0, 0, 4, 0, 0, 3, 233, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 65, 66];

    private static void ReadPieces(byte[] bytes)
    {
        ReadOnlySpan<byte> rows = bytes;
        while (!rows.IsEmpty)
        {
            LargeObjectPiece.Take(ref rows);
        }
    }

    private static void ReadCopyHeader(byte[] bytes)
    {
        if (bytes.Length >= BinaryCopy.HeaderSize)
        {
            BinaryCopy.ReadHeader(bytes.AsSpan(0, BinaryCopy.HeaderSize));
        }
    }

    private static byte[] ServerStream() =>
        [
            (byte)'N',
            0,
            0,
            0,
            11,
            .. "SNOTICE"u8,
            (byte)'Z',
            0,
            0,
            0,
            5,
            (byte)'I',
            (byte)'d',
            0,
            0,
            0,
            6,
            65,
            66,
            (byte)'C',
            0,
            0,
            0,
            8,
            .. "OK 1"u8,
        ];

    // The beginnings of real scripts, and what scripts seldom hold.
    private static IReadOnlyList<byte[]> Scripts(string goldenFolder)
    {
        const int lengthMax = 1 << 13;
        string samples = Path.Combine(goldenFolder, "..", "..", "tests", "samples");
        var scripts = new List<byte[]>();
        foreach (string path in Directory.GetFiles(samples, "*.sql.gz").Order(StringComparer.Ordinal))
        {
            using var text = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            byte[] head = new byte[lengthMax];
            scripts.Add(head[..text.ReadAtLeast(head, lengthMax, throwOnEndOfStream: false)]);
        }

        scripts.Add(File.ReadAllBytes(Path.Combine(goldenFolder, "..", "..", "tests", "PureDump.Fuzz", "scripts", "cluster.sql")));
        scripts.Add(File.ReadAllBytes(Path.Combine(goldenFolder, "..", "..", "tests", "PureDump.Fuzz", "scripts", "odd.sql")));
        return scripts;
    }

    // Whatever the bytes are: read in pieces of another size they are the same statements.
    private static void ReadScript(byte[] bytes)
    {
        string whole = Read(bytes, int.MaxValue);
        string pieces = Read(bytes, 1 + (bytes.Length % 61));
        if (whole != pieces)
        {
            throw new InvalidOperationException($"read in pieces it is another script:\n{whole}\n---\n{pieces}");
        }

        static string Read(byte[] bytes, int pieceSize)
        {
            var reader = new ScriptReader(new PiecesStream(bytes, pieceSize));
            var parts = new StringBuilder();
            try
            {
                while (reader.Read() is var part && part != ScriptPart.End)
                {
                    parts
                        .Append(reader.Line)
                        .Append(part == ScriptPart.Command ? reader.Command!.Name : Encoding.Latin1.GetString(reader.Statement))
                        .Append('\0');
                    for (int count = part == ScriptPart.Statement ? reader.CopyFromStdinCount : 0; count > 0; count--)
                    {
                        reader.BeginCopy();
                        while (reader.ReadCopy(out ReadOnlySpan<byte> rows))
                        {
                            parts.Append(Encoding.Latin1.GetString(rows));
                        }
                    }
                }
            }
            catch (PureDumpException e)
            {
                parts.Append(e.Message);
            }

            return parts.ToString();
        }
    }

    private sealed class PiecesStream(byte[] bytes, int pieceSize) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, pieceSize)]);
    }

    private static void ReadServerStream(byte[] bytes)
    {
        var reader = new WireReader(new MemoryStream(bytes));
        while (true)
        {
            reader.ReadMessage(out _);
        }
    }
}
