using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;

namespace PureDump.Tests.Script;

public sealed class PlainSqlWriterTests
{
    [Theory]
    [InlineData("a\n\\! touch x")]
    [InlineData("a\rb")]
    public void A_database_whose_name_would_end_the_line_that_connects_to_it_is_refused(string name)
    {
        var text = new StringWriter();
        var origin = new DumpOrigin
        {
            Database = name,
            ServerVersion = "x",
            ServerVersionNumber = 180000,
            Encoding = "UTF8",
            Producer = "x",
        };
        var writer = new PlainSqlWriter(text, origin, new ScriptOptions { CreateDatabase = true });
        var entry = new TocEntry
        {
            Id = new DumpId(1),
            Kind = EntryKind.Database,
            Name = name,
            Section = Section.PreData,
            CreateSql = "CREATE DATABASE x;\n",
        };

        PureDumpException error = Assert.Throws<PureDumpException>(() => writer.WriteEntry(entry));

        Assert.Equal(ErrorKind.Catalog, error.Kind);
        Assert.DoesNotContain("\\connect", text.ToString());
    }
}
