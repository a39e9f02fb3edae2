using System.Text;
using PureDump.Formats.Script;

namespace PureDump.Tests.Script;

/// <summary>Where the rows of a COPY end, wherever the bytes are cut.</summary>
public sealed class CopyRowsScannerTests
{
    /// <summary>What stands behind a COPY, how much of it is rows, and how much the mark behind them.</summary>
    public static TheoryData<string, int, int> Endings => new()
    {
        { "\\.\nselect 1;", 0, 3 },
        { "\\.\r\nselect 1;", 0, 4 },
        { "1\n2\n\\.\nselect 1;\n\\.\n", 4, 3 },
        { "1\r\n\\.\r\n\\.\n", 3, 4 },
        { "\\.x\n\\.\r\r\n\\.\r x\n \\.\na\\.\n\\\\.\n\\.\n", 27, 3 },
        { "\n\n\\.\n", 2, 3 },
        { "\\\n\\.\n", 2, 3 },

        // The script ends inside rows, or with a mark whose line end is missing.
        { "", 0, 0 },
        { "1", 1, 0 },
        { "1\n", 2, 0 },
        { "1\n\\", 3, 0 },
        { "\\", 1, 0 },
        { "1\n\\.", 2, 2 },
        { "1\n\\.\r", 2, 3 },
        { "1\n\\.x", 5, 0 },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void Rows_cut_anywhere_end_at_the_same_byte(string script, int rowsLength, int endMarkLength)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(script);
        for (int size = 1; size <= bytes.Length + 1; size++)
        {
            Assert.Equal((rowsLength, endMarkLength), Scanned(bytes, _ => size));
        }

        for (int cut = 1; cut < bytes.Length; cut++)
        {
            Assert.Equal((rowsLength, endMarkLength), Scanned(bytes, position => position < cut ? cut - position : bytes.Length));
        }
    }

    [Fact]
    public void Nothing_that_may_be_a_mark_is_given_as_rows_before_more_is_seen()
    {
        var scanner = new CopyRowsScanner();
        scanner.Begin();

        Assert.Equal(2, scanner.Scan("1\n\\"u8, isLast: false, out _));
        Assert.Equal(0, scanner.Scan("\\."u8, isLast: false, out _));
        Assert.Equal(0, scanner.Scan("\\.\r"u8, isLast: false, out _));
        Assert.False(scanner.IsOver);
        Assert.Equal(4, scanner.Scan("\\.\rx"u8, isLast: false, out int endMarkLength));
        Assert.Equal(0, endMarkLength);
        Assert.False(scanner.HasEndMark);
    }

    [Fact]
    public void The_rows_of_the_next_copy_begin_with_a_line()
    {
        var scanner = new CopyRowsScanner();
        scanner.Begin();
        Assert.Equal(1, scanner.Scan("1"u8, isLast: true, out _));
        Assert.Equal(0, scanner.Scan([], isLast: true, out _));
        Assert.True(scanner.IsOver);
        Assert.False(scanner.HasEndMark);

        scanner.Begin();

        Assert.False(scanner.IsOver);
        Assert.Equal(0, scanner.Scan("\\.\n"u8, isLast: false, out int endMarkLength));
        Assert.Equal(3, endMarkLength);
        Assert.True(scanner.IsOver && scanner.HasEndMark);
    }

    // Gives the scanner what it did not take, and as many bytes more as are given at a position.
    private static (int RowsLength, int EndMarkLength) Scanned(byte[] bytes, Func<int, int> sizeAt)
    {
        var scanner = new CopyRowsScanner();
        scanner.Begin();
        int taken = 0;
        int end = 0;
        int endMarkLength = 0;
        bool isLast = false;
        while (!scanner.IsOver)
        {
            int length = scanner.Scan(bytes.AsSpan(taken, end - taken), isLast, out endMarkLength);
            taken += length;
            if (length == 0 && !scanner.IsOver)
            {
                isLast = end == bytes.Length;
                end = Math.Min(bytes.Length, end + sizeAt(end));
            }
        }

        Assert.Equal(endMarkLength > 0, scanner.HasEndMark);
        return (taken, endMarkLength);
    }
}
