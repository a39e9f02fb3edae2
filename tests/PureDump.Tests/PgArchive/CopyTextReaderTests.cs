using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Rows;

namespace PureDump.Tests.PgArchive;

public sealed class CopyTextReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Rows_of_any_length_come_whole_and_large_ones_in_pieces(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        int rowCount = 0;
        while (text.Length < 12 << 20)
        {
            // Lines that look like the end and are none; rows of exactly a block, and far more.
            text.Append(random.Next(8) switch
            {
                0 => "\\\\.",
                1 => "x\\\\.",
                2 => "",
                3 => new string('y', RowBlock.Capacity - 1 + random.Next(3)),
                4 => new string('z', random.Next(3 * RowBlock.Capacity)),
                _ => new string('w', random.Next(200)),
            }).Append('\n');
            rowCount++;
        }

        string rows = text.ToString();
        var read = new StringBuilder();
        int readCount = 0;
        bool isInRow = false;
        using var pool = new RowBlockPool(1);
        var reader = new CopyTextReader(new MemoryStream(Encoding.ASCII.GetBytes(rows + "\\.\n\n\n")), "t");
        while (Next() is { } block)
        {
            using (block)
            {
                Assert.Equal(isInRow, block.IsContinuation);
                Assert.True(block.Continues ? !block.Bytes.Contains((byte)'\n') : block.Bytes[^1] == '\n');
                isInRow = block.Continues;
                readCount += block.RowCount;
                read.Append(Encoding.ASCII.GetString(block.Bytes));
            }
        }

        Assert.Equal(rowCount, readCount);
        Assert.True(rows == read.ToString());

        RowBlock? Next()
        {
            RowBlock block = pool.Rent(CancellationToken.None);
            if (reader.Read(block))
            {
                return block;
            }

            block.Dispose();
            return null;
        }
    }

    [Theory]
    [InlineData("\\.\n\n\n", true)]
    [InlineData("\\.\n", true)]
    [InlineData("", false)]
    [InlineData("1\n", false)]
    [InlineData("1\n\\.", false)]
    [InlineData("\\.\n\n\nx", false)]
    [InlineData("\\.\n1\n", false)]
    [InlineData("x\\.\n\\.\n", false)]
    [InlineData("x\\\ny\n\\.\n", false)]
    public void The_end_of_rows_must_be_there_and_nothing_behind_it(string data, bool isWhole)
    {
        using var pool = new RowBlockPool(1);
        using RowBlock block = pool.Rent(CancellationToken.None);
        var reader = new CopyTextReader(new MemoryStream(Encoding.ASCII.GetBytes(data)), "TABLE DATA t");
        if (isWhole)
        {
            Assert.False(reader.Read(block));
        }
        else
        {
            PureDumpException refused = Assert.Throws<PureDumpException>(() => reader.Read(block));
            Assert.Equal(ErrorKind.ArchiveDamaged, refused.Kind);
            Assert.StartsWith("the rows of TABLE DATA t ", refused.Message, StringComparison.Ordinal);
        }
    }
}
