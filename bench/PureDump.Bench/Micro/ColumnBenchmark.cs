using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using PureDump.Bench.EndToEnd.Data;
using PureDump.Formats.Columns;
using PureDump.Formats.Rows;

namespace PureDump.Bench.Micro;

/// <summary>Taking a block of rows apart into columns, without the codec behind it, and putting it together again.</summary>
public class ColumnBenchmark
{
    // Enough rows for a block, and few enough to be made at once.
    private const double Scale = 0.01;

    private readonly ColumnSplitter _splitter = new();
    private readonly ColumnJoiner _joiner = new();
    private byte[] _rows = [];
    private byte[] _coded = [];
    private byte[] _plain = [];
    private byte[] _joined = [];
    private int _rowCount;

    /// <summary>A data set of the end-to-end bench: of its largest table, the first block.</summary>
    [Params("tpch", "wide", "narrow", "jsonb", "sparse")]
    public string Data { get; set; } = "";

    /// <summary>Makes the rows, takes them apart once, and makes sure that they come back.</summary>
    [GlobalSetup]
    public void Begin()
    {
        (_rows, _rowCount) = FirstBlock(Data);
        Split();
        (_coded, _plain) = (_splitter.Coded.ToArray(), _splitter.Plain.ToArray());
        _joined = new byte[_rows.Length];
        Join();
        if (!_joined.AsSpan().SequenceEqual(_rows))
        {
            throw new InvalidOperationException($"the rows of {Data} do not come back");
        }

        Console.WriteLine(
            $"// {Data}: {_rowCount} rows, {_rows.Length} bytes, become {_coded.Length} to be coded and {_plain.Length} that are not"
        );
    }

    /// <summary>One block.</summary>
    [Benchmark]
    public void Split()
    {
        if (!_splitter.TrySplit(_rows, _rowCount))
        {
            throw new InvalidOperationException($"the rows of {Data} cannot be taken apart");
        }
    }

    /// <summary>One block.</summary>
    [Benchmark]
    public void Join() => _joiner.Join(_coded, _plain, _rowCount, _joined);

    private static (byte[] Rows, int RowCount) FirstBlock(string name)
    {
        Dataset dataset = Datasets.Find(name);
        TablePlan table = dataset.Plan(Scale, Dataset.UsualSeed).Tables.Single(table => table.Name == dataset.LargestTable);
        var all = new MemoryStream();
        var writer = new RowWriter(all.Write);
        table.Write(writer);
        writer.Flush();
        ReadOnlySpan<byte> rows = all.GetBuffer().AsSpan(0, (int)all.Length);
        int count = 0;
        int end = 0;
        while (end < rows.Length && end + LengthOf(rows[end..]) is int next && next <= RowBlock.Capacity)
        {
            end = next;
            count++;
        }

        return (rows[..end].ToArray(), count);
    }

    private static int LengthOf(ReadOnlySpan<byte> row)
    {
        int at = sizeof(short);
        for (int left = BinaryPrimitives.ReadInt16BigEndian(row); left > 0; left--)
        {
            at += sizeof(int) + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(row[at..]));
        }

        return at;
    }
}
