using System.IO.Pipes;
using PureDump.Engine;
using PureDump.Formats.Archive;
using PureDump.ServerTests.Fixture;
using PureDump.Storage.Local;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Real databases go through an archive and come back the same, by pg_dump's word and by content hashes.</summary>
public sealed class MainJobTests
{
    [Theory]
    [EveryMajor]
    public void Pagila_comes_back_the_same_on_its_own_server_and_on_the_newest(int major)
    {
        PostgresServer source = ServerPool.Get(major);
        string database = source.CreateDatabase();
        Samples.LoadPagila(source, database);
        AssertComesBack(source, database, source);
        AssertComesBack(source, database, ServerPool.Get(TestMajors.Newest));
    }

    [Theory]
    [EveryMajor]
    public void Chinook_comes_back_the_same_on_its_own_server_and_on_the_newest(int major)
    {
        PostgresServer source = ServerPool.Get(major);
        string database = source.CreateDatabase();
        Samples.LoadChinook(source, database);
        AssertComesBack(source, database, source);
        AssertComesBack(source, database, ServerPool.Get(TestMajors.Newest));
    }

    [Fact]
    public void A_dump_goes_through_a_pipe_into_a_restore_with_nothing_on_disk()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Oldest);
        string source = server.CreateDatabase();
        string target = server.CreateDatabase();
        Samples.LoadPagila(server, source);
        using var output = new AnonymousPipeServerStream(PipeDirection.Out);
        using var input = new AnonymousPipeClientStream(PipeDirection.In, output.ClientSafePipeHandle);
        var dump = new Thread(() =>
        {
            DumpOperation.ToStream(
                new DumpRequest { Source = Operations.TargetOf(server, source), Jobs = 3 },
                output,
                new RecordingObserver(),
                TestContext.Current.CancellationToken);
            output.Dispose();
        });
        dump.Start();
        Operations.RestorePipe(server, target, input);
        dump.Join();
        Operations.AssertSame(server, source, server, target);
    }

    [Fact]
    public void A_restored_database_dumps_to_the_same_archive_again()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string source = server.CreateDatabase("fixed_point");
        Samples.LoadChinook(server, source);
        using var first = new TemporaryFile();
        using var second = new TemporaryFile();
        Operations.Dump(server, source, first.Path, deterministic: true);
        server.DropDatabase(source);
        server.CreateDatabase(source);
        Operations.Restore(server, source, first.Path);
        Operations.Dump(server, source, second.Path, deterministic: true);
        using var a = new ArchiveFile(FileRange.Open(first.Path));
        using var b = new ArchiveFile(FileRange.Open(second.Path));
        Assert.Equal(a.Toc.Entries.Select(entry => entry.CreateSql), b.Toc.Entries.Select(entry => entry.CreateSql));
        Assert.Equal(a.Totals.RawBytes, b.Totals.RawBytes);
    }

    [Fact]
    public void A_deterministic_dump_has_the_same_bytes_whatever_the_number_of_jobs_is()
    {
        PostgresServer server = ServerPool.Get(TestMajors.Oldest);
        string database = server.CreateDatabase();
        Samples.LoadPagila(server, database);
        using var first = new TemporaryFile();
        using var second = new TemporaryFile();
        Operations.Dump(server, database, first.Path, jobs: 1, deterministic: true);
        Operations.Dump(server, database, second.Path, jobs: 4, deterministic: true);
        Assert.Equal(File.ReadAllBytes(first.Path), File.ReadAllBytes(second.Path));
    }

    private static void AssertComesBack(PostgresServer source, string database, PostgresServer target)
    {
        using var file = new TemporaryFile();
        string copy = target.CreateDatabase();
        Operations.Dump(source, database, file.Path);
        Operations.Restore(target, copy, file.Path);
        Operations.AssertSame(source, database, target, copy);
    }
}
