using PureDump.Engine;
using PureDump.Formats.Errors;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>The archives of formats/golden/rejected, restored into a database: refused out of a file and out of a pipe, and nothing
/// stays.</summary>
public sealed class RejectedArchiveRestoreTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_breaks_a_rule_of_the_format_is_not_restored(bool isPipe)
    {
        PostgresServer server = ServerPool.Get(TestMajors.Newest);
        string database = server.CreateDatabase();
        string[] archives =
        [
            .. Directory.GetFiles(Repository.PathOf("formats", "golden", "rejected"), "*.pdump")
                .Where(static path => !Path.GetFileName(path).StartsWith('C')).Order(StringComparer.Ordinal),
        ];
        var request = new RestoreRequest { Target = Operations.TargetOf(server, database), SingleTransaction = true };

        Assert.All(archives, path =>
        {
            PureDumpException error = Operations.Fails(() => Restore(request, path, isPipe));
            Assert.True(error.Kind is ErrorKind.ArchiveDamaged or ErrorKind.ArchiveVersion, $"{path}: {error}");
        });
        Assert.Equal("0", server.Scalar(database, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
        server.DropDatabase(database);
    }

    private static void Restore(RestoreRequest request, string path, bool isPipe)
    {
        if (!isPipe)
        {
            RestoreOperation.FromFile(request, path, new RecordingObserver(), TestContext.Current.CancellationToken);
            return;
        }

        using FileStream stream = File.OpenRead(path);
        RestoreOperation.FromStream(request, stream, new RecordingObserver(), TestContext.Current.CancellationToken);
    }
}
