using PureDump.Engine;
using PureDump.Formats.Errors;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>A network that fails after so many bytes: a named error at every one of them, and never a hang.</summary>
public sealed class NetworkFailureTests : IDisposable
{
    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);
    private readonly string _database;

    public NetworkFailureTests()
    {
        _database = _server.CreateDatabase();
        _server.Execute(
            _database,
            SmallArchive.Sql + "CREATE TABLE noise AS SELECT g AS id, sha512(g::text::bytea) AS filler FROM generate_series(1, 50000) g;");
    }

    // From the first byte of the start-up through the catalog into the rows.
    public static TheoryData<long> ByteCounts =>
        [0, 1, 50, 300, 1_000, 3_000, 10_000, 30_000, 60_000, 100_000, 200_000, 500_000, 2_000_000];

    [Theory]
    [MemberData(nameof(ByteCounts))]
    public void A_dump_over_a_network_that_fails_is_an_error_of_the_connection(long byteCount)
    {
        using var proxy = new CuttingProxy(_server, byteCount);
        using var file = new TemporaryFile();
        Bounded.Fails(
            ErrorKind.Connection,
            () =>
                DumpOperation.ToFile(
                    new DumpRequest { Source = proxy.TargetOf(_database), Jobs = 2 },
                    file.Path,
                    new RecordingObserver(),
                    TestContext.Current.CancellationToken));
        file.AssertNothingLeft();
    }

    [Theory]
    [MemberData(nameof(ByteCounts))]
    public void A_restore_over_a_network_that_fails_is_an_error_of_the_connection(long byteCount)
    {
        using var file = new TemporaryFile();
        Operations.Dump(_server, _database, file.Path);
        foreach (bool isPipe in (bool[])[false, true])
        {
            string target = _server.CreateDatabase();
            using var proxy = new CuttingProxy(_server, byteCount);
            var request = new RestoreRequest { Target = proxy.TargetOf(target), Jobs = 2 };
            Bounded.Fails(ErrorKind.Connection, () =>
            {
                using FileStream stream = File.OpenRead(file.Path);
                _ = isPipe
                    ? RestoreOperation.FromStream(request, stream, new RecordingObserver(), TestContext.Current.CancellationToken)
                    : RestoreOperation.FromFile(request, file.Path, new RecordingObserver(), TestContext.Current.CancellationToken);
            });
            _server.DropDatabase(target);
        }
    }

    // The catalog is read over Npgsql, which waits for the server to take its request to cancel.
    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(300)]
    [InlineData(3_000)]
    [InlineData(10_000)]
    [InlineData(30_000)]
    [InlineData(60_000)]
    [InlineData(2_000_000)]
    public void A_dump_over_a_network_that_goes_silent_can_be_cancelled(long byteCount)
    {
        using var proxy = new CuttingProxy(_server, byteCount, goesSilent: true);
        using var cancellation = new CancellationTokenSource();
        using var file = new TemporaryFile();
        CancelWhenSilent(proxy, cancellation);
        Bounded.Fails(ErrorKind.Cancelled, () => DumpOperation.ToFile(
            new DumpRequest { Source = proxy.TargetOf(_database), Jobs = 2 }, file.Path, new RecordingObserver(), cancellation.Token));
        file.AssertNothingLeft();
    }

    [Theory]
    [InlineData(50)]
    [InlineData(30_000)]
    [InlineData(2_000_000)]
    public void A_restore_over_a_network_that_goes_silent_can_be_cancelled(long byteCount)
    {
        using var file = new TemporaryFile();
        Operations.Dump(_server, _database, file.Path);
        string target = _server.CreateDatabase();
        using (var proxy = new CuttingProxy(_server, byteCount, goesSilent: true))
        using (var cancellation = new CancellationTokenSource())
        {
            CancelWhenSilent(proxy, cancellation);
            Bounded.Fails(ErrorKind.Cancelled, () => RestoreOperation.FromFile(
                new RestoreRequest { Target = proxy.TargetOf(target), Jobs = 2 }, file.Path, new RecordingObserver(), cancellation.Token));
        }

        _server.DropDatabase(target);
    }

    public void Dispose() => _server.DropDatabase(_database);

    private static void CancelWhenSilent(CuttingProxy proxy, CancellationTokenSource cancellation) => new Thread(() =>
    {
        while (!proxy.IsOver)
        {
            Thread.Sleep(10);
        }

        Thread.Sleep(100);
        cancellation.Cancel();
    })
    { IsBackground = true }.Start();
}
