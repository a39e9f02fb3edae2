using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.Storage.Local;

namespace PureDump.ServerTests.Transfer;

/// <summary>What a dump takes and leaves, by every option of its selection.</summary>
public sealed class DumpSelectionTests(OptionArchive source) : IClassFixture<OptionArchive>
{
    [Fact]
    public void Schemas() => AssertTables(new() { Schemas = ["sales"] }, "sales.customer sales.purchase", "sales.customer sales.purchase");

    [Fact]
    public void Excluded_schemas() => AssertTables(new() { ExcludedSchemas = ["sales"] }, "public.log", "public.log");

    [Fact]
    public void Tables() =>
        AssertTables(new() { Tables = ["sales.purchase", "log"] }, "public.log sales.purchase", "public.log sales.purchase");

    [Fact]
    public void Excluded_tables() => AssertTables(new() { ExcludedTables = ["sales.purchase", "log"] }, "sales.customer", "sales.customer");

    [Fact]
    public void Excluded_table_data() =>
        AssertTables(new() { ExcludedTableData = ["sales.*"] }, "public.log sales.customer sales.purchase", "public.log");

    [Fact]
    public void Schema_only() => AssertTables(new() { WithData = false }, "public.log sales.customer sales.purchase", "");

    [Fact]
    public void Data_only() => AssertTables(new() { WithSchema = false }, "", "public.log sales.customer sales.purchase");

    [Fact]
    public void Only_text()
    {
        Toc toc = TocOf(new() { TextOnly = true });
        Assert.All(toc.Entries.Where(entry => entry.Rows is not null), entry => Assert.Equal(RowFormat.Text, entry.Rows!.Format));
    }

    [Fact]
    public void One_section()
    {
        Toc toc = TocOf(new() { Sections = [Section.PostData] });
        Assert.Contains(toc.Entries, entry => entry.Name == "purchase_by_customer");
        Assert.DoesNotContain(toc.Entries, entry => entry.Kind is EntryKind.Table or EntryKind.TableData);
    }

    [Fact]
    public void Neither_owners_nor_privileges_nor_comments()
    {
        Toc toc = TocOf(new() { WithOwners = false, WithPrivileges = false, WithComments = false });
        Assert.DoesNotContain(toc.Entries, entry => entry.Kind is EntryKind.Acl or EntryKind.Comment || !string.IsNullOrEmpty(entry.Owner));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("sales.missing")]
    public void A_table_that_is_not_there_is_an_error_and_no_file(string pattern)
    {
        using var file = new TemporaryFile();
        Bounded.Fails(ErrorKind.NotFound, () => Operations.Dump(source.Server, source.Database, file.Path, new() { Tables = [pattern] }));
        file.AssertNothingLeft();
    }

    [Fact]
    public void With_strict_names_every_pattern_must_match()
    {
        using var file = new TemporaryFile();
        PureDumpException error = Bounded.Fails(
            ErrorKind.NotFound,
            () => Operations.Dump(source.Server, source.Database, file.Path, new() { Tables = ["log", "missing"], StrictNames = true }));
        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
        file.AssertNothingLeft();
    }

    private void AssertTables(DumpSelection selection, string tables, string rows)
    {
        Toc toc = TocOf(selection);
        Assert.Equal(tables, Names(toc, EntryKind.Table));
        Assert.Equal(rows, Names(toc, EntryKind.TableData));
    }

    private static string Names(Toc toc, string kind) =>
        string.Join(
            ' ',
            toc.Entries.Where(entry => entry.Kind == kind).Select(entry => $"{entry.Schema}.{entry.Name}").Order(StringComparer.Ordinal));

    private Toc TocOf(DumpSelection selection)
    {
        using var file = new TemporaryFile();
        Operations.Dump(source.Server, source.Database, file.Path, selection);
        using var archive = new ArchiveFile(FileRange.Open(file.Path));
        return archive.Toc;
    }
}
