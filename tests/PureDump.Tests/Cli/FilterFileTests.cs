using PureDump.Cli.Options;
using PureDump.Formats.Errors;

namespace PureDump.Tests.Cli;

public sealed class FilterFileTests
{
    [Theory]
    [InlineData("include table orders", "orders")]
    [InlineData("  INCLUDE\tTable   orders    # a comment", "orders")]
    [InlineData("include table orders#comment", "orders")]
    [InlineData("include table \"public\". orders ", "\"public\".orders")]
    [InlineData("include table \"a b\"\"c\".\"d#e\"", "\"a b\"\"c\".\"d#e\"")]
    [InlineData("include table two words", "two words")]
    [InlineData("include table f( a , b c )", "f(a, b c)")]
    [InlineData("include table \"two\nlines\" # end", "\"two\nlines\"")]
    [InlineData("include table \"\r\nt\r\n\"", "\"\nt\n\"")]
    [InlineData(@"include table ""two\nlines\\x""", "\"two\nlines\\x\"")]
    [InlineData(@"include table ""\q""", "\"\"")]
    public void A_pattern_is_read_as_pg_dump_reads_it(string text, string pattern) =>
        Assert.Equal([new FilterItem(true, FilterObject.Table, pattern)], Read(text));

    [Fact]
    public void Every_kind_that_a_dump_knows_is_taken_in_order_and_comments_are_not() =>
        Assert.Equal(
            [
                new(true, FilterObject.TableAndChildren, "a"),
                new(false, FilterObject.TableData, "b"),
                new(false, FilterObject.TableDataAndChildren, "c"),
                new(false, FilterObject.Schema, "d"),
                new(true, FilterObject.Extension, "e"),
                new(true, FilterObject.ForeignData, "f"),
            ],
            Read("include table_and_children a\n\n \t\nexclude table_data b\n# exclude table x\nexclude table_data_and_children c\n"
                + "exclude schema d\ninclude extension e\ninclude foreign_data f"));

    [Theory]
    [InlineData("k", 1, "invalid filter command (expected \"include\" or \"exclude\")")]
    [InlineData("#\n\ninclude", 3, "missing filter object type")]
    [InlineData("include xxx", 1, "unsupported filter object type: \"xxx\"")]
    [InlineData("include table", 1, "missing object name pattern")]
    [InlineData("include table \t", 1, "missing object name pattern")]
    [InlineData("\ninclude table \"open\nto the end\n", 3, "unexpected end of file")]
    [InlineData("include table \"a\nb\"\nexclude foreign_data x", 3, "exclude filter for \"foreign data\" is not allowed")]
    [InlineData("include table_data x", 1, "include filter for \"table data\" is not allowed")]
    [InlineData("include table_data_and_children x", 1, "include filter for \"table data and children\" is not allowed")]
    [InlineData("exclude database x", 1, "exclude filter for \"database\" is not allowed")]
    [InlineData("include function f()", 1, "include filter for \"function\" is not allowed")]
    public void A_line_that_cannot_be_used_is_refused_with_its_number(string text, int line, string message)
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() => Read(text));

        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Equal($"invalid format in filter read from file \"f.txt\" on line {line}: {message}", error.Message);
    }

    [Fact]
    public void Of_a_cluster_databases_can_be_excluded_and_nothing_else()
    {
        Assert.Equal(
            [new(false, FilterObject.Database, "a*"), new(false, FilterObject.Database, "\"B b\"")],
            ReadCluster("exclude database a*\nexclude database \"B b\""));
        Assert.Equal(Malformed("include filter for \"database\" is not allowed"), Refused("include database a"));
        Assert.Equal(Malformed("include filter for \"table\" is not allowed"), Refused("include table a"));
        Assert.Equal(Malformed("unsupported filter object"), Refused("exclude table a"));
        Assert.Equal(Malformed("unsupported filter object type: \"x\""), Refused("exclude x a"));

        static string Refused(string text) => Assert.Throws<PureDumpException>(() => ReadCluster(text)).Message;

        static string Malformed(string what) => $"invalid format in filter read from file \"f.txt\" on line 1: {what}";

        static List<FilterItem> ReadCluster(string text) => FilterFile.Read(new StringReader(text), "f.txt", FilterUses.Cluster);
    }

    private static List<FilterItem> Read(string text) => FilterFile.Read(new StringReader(text), "f.txt", FilterUses.Dump);
}
