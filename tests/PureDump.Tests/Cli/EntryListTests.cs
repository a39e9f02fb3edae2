using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Tests.Cli;

/// <summary>What -L makes of a list of entries, however it was edited.</summary>
public sealed class EntryListTests
{
    private static readonly Toc s_toc = new(
        new DumpOrigin
        {
            Database = "d",
            ServerVersion = "18.0",
            ServerVersionNumber = 180000,
            Encoding = "UTF8",
            Producer = "test",
        },
        [
            .. new[] { 3, 1, 7 }.Select(id => new TocEntry
            {
                Id = new DumpId(id),
                Kind = EntryKind.Table,
                Name = $"t{id}",
                Section = Section.PreData,
            }),
        ]);

    [Theory]
    [InlineData("", "")]
    [InlineData("7; 1259 1 TABLE public t ann\n1;\n", "7 1")]
    [InlineData(";7\n\n \t\r\n3\r\n", "3")]
    [InlineData("  +7 and more ; comment ; 3\n3 1", "7 3")]
    [InlineData("1", "1")]
    public void Numbers_come_in_the_order_of_the_lines(string text, string expected) => Assert.Equal(expected, Read(text, out _));

    [Theory]
    [InlineData("8;", "line ignored: 8")]
    [InlineData("0", "line ignored: 0")]
    [InlineData("-7;", "line ignored: -7")]
    [InlineData("99999999999999999999999999;", "line ignored: 99999999999999999999999999")]
    [InlineData("2147483648", "line ignored: 2147483648")]
    [InlineData("TABLE; 1", "line ignored: TABLE")]
    [InlineData("+", "line ignored: +")]
    [InlineData("1;\n1; again", "line ignored: 1")]
    public void What_names_nothing_is_said_and_passed_over(string text, string warning)
    {
        Read(text, out List<string> warnings);
        Assert.Equal([warning], warnings);
    }

    [Fact]
    public void A_number_that_no_entry_has_is_an_error()
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() => Read("3\n2;", out _));
        Assert.Equal((ErrorKind.NotFound, "could not find entry for ID 2"), (error.Kind, error.Message));
    }

    [Fact]
    public void A_comment_may_be_of_any_length_and_is_not_held()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(["7"], EntryList.Read(new EndlessComment(100_000_000), s_toc, Assert.Fail).Select(id => id.ToString()));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_file_that_is_no_list_is_refused_by_the_length_of_its_line()
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() => Read($"3\n{new string('x', 1_000_000)}", out _));
        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.StartsWith("line 2 of the list has more than 1024 characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_bytes_is_refused_and_not_printed()
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() => Read("3\n\u001b[31m7", out _));
        Assert.Equal("line 2 of the list holds control characters", error.Message);
    }

    private static string Read(string text, out List<string> warnings)
    {
        warnings = [];
        return string.Join(' ', EntryList.Read(new StringReader(text), s_toc, warnings.Add));
    }

    // "7;" and as many letters as are asked for.
    private sealed class EndlessComment(int length) : TextReader
    {
        private int _at;

        public override int Read() => _at++ switch
        {
            0 => '7',
            1 => ';',
            _ => _at < length ? 'x' : -1,
        };
    }
}
