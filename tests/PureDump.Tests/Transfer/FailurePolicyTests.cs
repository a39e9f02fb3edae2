using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Tests.Transfer;

/// <summary>What failed is an entry, counted once; what is about no entry is passed on.</summary>
public sealed class FailurePolicyTests
{
    private static readonly TocEntry s_rows = new()
    {
        Id = new DumpId(1),
        Kind = EntryKind.TableData,
        Schema = "s",
        Name = "t",
        Section = Section.Data,
    };
    private static readonly TocEntry s_index = new()
    {
        Id = new DumpId(2),
        Kind = EntryKind.Index,
        Schema = "s",
        Name = "i",
        Section = Section.PostData,
    };

    private readonly FailingObserver _observer = new();
    private bool _isStopping;

    [Fact]
    public void Rows_that_fail_in_many_parts_are_counted_and_told_once()
    {
        FailurePolicy policy = Policy();

        for (int part = 0; part < 4; part++)
        {
            Assert.False(policy.Attempt(s_rows, static () => throw new PureDumpException(ErrorKind.Server, "no")));
        }

        Assert.Equal(1, policy.Count);
        Assert.True(policy.HasFailed(s_rows));
        Assert.Equal(s_rows.Id, Assert.Single(_observer.Failed).Id);
    }

    [Fact]
    public void Statements_of_an_entry_are_told_each()
    {
        FailurePolicy policy = Policy();

        Assert.True(policy.PassOver(s_index, new PureDumpException(ErrorKind.Server, "one")));
        Assert.True(policy.PassOver(s_index, new PureDumpException(ErrorKind.Permission, "another")));

        Assert.Equal(2, policy.Count);
        Assert.False(policy.HasFailed(s_index));
    }

    // Such as DISABLE TRIGGER, which only a superuser may say: the rows come all the same, and what becomes of them is told.
    [Fact]
    public void A_statement_beside_rows_that_fails_is_told_and_the_rows_go_on()
    {
        FailurePolicy policy = Policy();

        Assert.True(policy.PassOver(s_rows, new PureDumpException(ErrorKind.Permission, "no")));
        Assert.False(policy.HasFailed(s_rows));
        policy.Attempt(s_rows, static () => throw new PureDumpException(ErrorKind.Server, "the rows too"));

        Assert.True(policy.HasFailed(s_rows));
        Assert.Equal((2, 2), (policy.Count, _observer.Failed.Count));
    }

    [Fact]
    public void What_went_well_is_no_failure()
    {
        FailurePolicy policy = Policy();

        Assert.True(policy.Attempt(s_rows, static () => { }));
        Assert.False(policy.HasFailed(s_rows));
        Assert.Equal(0, policy.Count);
    }

    [Theory]
    [InlineData(ErrorKind.Connection)]
    [InlineData(ErrorKind.ArchiveDamaged)]
    [InlineData(ErrorKind.File)]
    [InlineData(ErrorKind.Cancelled)]
    [InlineData(ErrorKind.Internal)]
    public void What_is_about_no_entry_ends_it(ErrorKind kind)
    {
        FailurePolicy policy = Policy();

        Assert.Equal(
            kind,
            Assert.Throws<PureDumpException>(() => policy.Attempt(s_rows, () => throw new PureDumpException(kind, "no"))).Kind);
        Assert.Equal(0, policy.Count);
    }

    [Fact]
    public void The_first_failure_ends_it_where_that_was_asked_for()
    {
        FailurePolicy policy = Policy(exitOnError: true);

        PureDumpException error = Assert.Throws<PureDumpException>(() =>
            policy.Attempt(s_rows, static () => throw new PureDumpException(ErrorKind.Server, "no")));

        Assert.Contains(s_rows.Label, error.Message, StringComparison.Ordinal);
        Assert.Empty(_observer.Failed);
    }

    [Fact]
    public void While_all_is_being_stopped_nothing_is_counted()
    {
        FailurePolicy policy = Policy();
        _isStopping = true;

        Assert.Throws<PureDumpException>(() => policy.Attempt(s_rows, static () => throw new PureDumpException(ErrorKind.Server, "no")));
        Assert.Equal(0, policy.Count);
    }

    private FailurePolicy Policy(bool exitOnError = false) => new(exitOnError, _observer, () => _isStopping);

    private sealed class FailingObserver : FakeObserver
    {
        public List<TocEntry> Failed { get; } = [];

        public override void EntryFailed(TocEntry entry, PureDumpException error) => Failed.Add(entry);
    }
}
