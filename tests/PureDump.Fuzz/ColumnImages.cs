using System.Buffers.Binary;
using PureDump.Formats.Archive;
using PureDump.Formats.Columns;
using PureDump.Formats.Rows;

namespace PureDump.Fuzz;

/// <summary>Blocks of columns on their own: behind the checksums of an archive a mutation hardly ever reaches them.</summary>
internal static class ColumnImages
{
    private const int FrameSize = 3 * sizeof(int);
    private const int RowLengthMax = 1 << 16;

    /// <summary>The images of all blocks of archives: number of rows, their length, the length of the coded part, coded and plain
    /// part.</summary>
    public static IReadOnlyList<byte[]> Of(IEnumerable<byte[]> archives) => [.. RowsOf(archives).Select(static rows => Image(rows))];

    /// <summary>Their rows: how many they are, then they.</summary>
    public static IReadOnlyList<byte[]> RowsOf(IEnumerable<byte[]> archives)
    {
        var result = new List<byte[]>();
        foreach (byte[] archive in archives)
        {
            using var reader = new ArchiveStreamReader(new MemoryStream(archive));
            using var pool = new RowBlockPool(1);
            while (reader.Read(out _) is RecordType type && type != RecordType.Footer)
            {
                if (type == RecordType.Rows && reader.Record.Layout == RowLayout.Columns)
                {
                    using RowBlock block = pool.Rent(CancellationToken.None);
                    reader.Take(block);
                    byte[] rows = new byte[sizeof(int) + block.Length];
                    BinaryPrimitives.WriteInt32LittleEndian(rows, block.RowCount);
                    block.Bytes.CopyTo(rows.AsSpan(sizeof(int)));
                    result.Add(rows);
                }
            }
        }

        return result;
    }

    /// <summary>Joins an image.</summary>
    public static void Join(byte[] bytes)
    {
        if (bytes.Length < FrameSize)
        {
            return;
        }

        ReadOnlySpan<byte> parts = bytes.AsSpan(FrameSize);
        int codedLength = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(2 * sizeof(int))), (uint)parts.Length);
        byte[] target = new byte[BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(sizeof(int))) % RowLengthMax];
        new ColumnJoiner().Join(parts[..codedLength], parts[codedLength..], BinaryPrimitives.ReadInt32LittleEndian(bytes), target);
    }

    /// <summary>Takes rows apart and puts them together: what can be taken apart comes back.</summary>
    public static void Split(byte[] bytes)
    {
        if (bytes.Length < sizeof(int))
        {
            return;
        }

        int rowCount = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        ReadOnlySpan<byte> rows = bytes.AsSpan(sizeof(int));
        var splitter = new ColumnSplitter();
        if (splitter.TrySplit(rows, rowCount))
        {
            byte[] joined = new byte[rows.Length];
            new ColumnJoiner().Join(splitter.Coded, splitter.Plain, rowCount, joined);
            if (!rows.SequenceEqual(joined))
            {
                throw new InvalidOperationException("rows came out of their columns as others");
            }
        }
    }

    private static byte[] Image(byte[] rows)
    {
        var splitter = new ColumnSplitter();
        int rowCount = BinaryPrimitives.ReadInt32LittleEndian(rows);
        if (!splitter.TrySplit(rows.AsSpan(sizeof(int)), rowCount))
        {
            throw new InvalidOperationException("the rows of a golden archive cannot be taken apart");
        }

        byte[] image = new byte[FrameSize + splitter.Coded.Length + splitter.Plain.Length];
        BinaryPrimitives.WriteInt32LittleEndian(image, rowCount);
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(sizeof(int)), rows.Length - sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(2 * sizeof(int)), splitter.Coded.Length);
        splitter.Coded.CopyTo(image.AsSpan(FrameSize));
        splitter.Plain.CopyTo(image.AsSpan(FrameSize + splitter.Coded.Length));
        return image;
    }
}
