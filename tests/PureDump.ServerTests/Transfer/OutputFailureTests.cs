using PureDump.Formats.Errors;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>A dump that cannot be written: the file is named, and what was there before stays.</summary>
public sealed class OutputFailureTests : IDisposable
{
    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Newest);
    private readonly string _database;

    public OutputFailureTests()
    {
        _database = _server.CreateDatabase();
        _server.Execute(
            _database,
            "CREATE TABLE noise AS SELECT g AS id, sha512(g::text::bytea) AS filler FROM generate_series(1, 200000) g; CREATE TABLE "
                + "other AS SELECT * FROM noise");
    }

    [Fact]
    public void A_missing_directory_is_named_before_anything_is_done()
    {
        using var file = new TemporaryFile();
        string path = Path.Combine(file.Directory, "missing", "x.pdump");
        PureDumpException error = Bounded.Fails(ErrorKind.File, () => Operations.Dump(_server, _database, path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        file.AssertNothingLeft();
    }

    [Fact]
    public void A_directory_in_place_of_the_file_is_named()
    {
        using var file = new TemporaryFile();
        PureDumpException error = Bounded.Fails(ErrorKind.File, () => Operations.Dump(_server, _database, file.Directory));
        Assert.Contains(file.Directory, error.Message, StringComparison.Ordinal);
        file.AssertNothingLeft();
    }

    /// <summary>As others that SIGPIPE ends: <c>| head</c> is no failure.</summary>
    [Theory]
    [InlineData("dump", "-F", "plain")]
    [InlineData("pg_dump", "-F", "p")]
    [InlineData("psql", "-c", "SELECT * FROM noise")]
    public void Who_has_read_enough_text_ends_a_run_without_a_word(string verb, string option, string value)
    {
        using PureDumpProcess process = PureDumpProcess.Start(_server, verb, option, value, "-d", _database);
        Assert.NotEqual(-1, process.Output.ReadByte());
        process.Output.Dispose();
        Assert.Equal(141, process.WaitForExit());
        Assert.Equal("", process.Error.Trim());
    }

    [Fact]
    public void A_full_disk_is_an_error_that_names_the_file_and_leaves_nothing()
    {
        Requirement.That(Environment.IsPrivilegedProcess, "only root can mount the small file system that this test fills");
        using var file = new TemporaryFile();
        Command mount = Command.Run("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", file.Directory]);
        Requirement.That(mount.ExitCode == 0, $"no file system can be mounted here: {mount.Error}");
        try
        {
            PureDumpException error = Bounded.Fails(ErrorKind.File, () => Operations.Dump(_server, _database, file.Path, jobs: 3));
            Assert.Contains(file.Path, error.Message, StringComparison.Ordinal);
            Assert.Contains("space", error.Message, StringComparison.Ordinal);
            file.AssertNothingLeft();
        }
        finally
        {
            Command.Run("umount", [file.Directory]).Succeeded();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_device_that_takes_nothing_is_an_error_that_names_it(int jobs)
    {
        PureDumpException error = Bounded.Fails(ErrorKind.File, () => Operations.Dump(_server, _database, "/dev/full", jobs: jobs));
        Assert.Contains("/dev/full", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_fails_after_any_number_of_writes_is_the_error_and_never_a_hang()
    {
        for (int writeCount = 0; writeCount < 40; writeCount++)
        {
            var output = new FailingStream(writeCount);
            PureDumpException error = Bounded.Fails(
                ErrorKind.File,
                () =>
                    Engine.DumpOperation.ToStream(
                        new Engine.DumpRequest { Source = Operations.TargetOf(_server, _database), Jobs = 3 },
                        output,
                        new RecordingObserver(),
                        TestContext.Current.CancellationToken));
            Assert.Contains("the medium is gone", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_was_there_stays_when_a_dump_onto_it_fails()
    {
        using var file = new TemporaryFile();
        File.WriteAllText(file.Path, "yesterday's");
        Bounded.Fails(ErrorKind.NotFound, () => Operations.Dump(_server, _database, file.Path, new() { Tables = ["no_such_table"] }));
        Assert.Equal("yesterday's", File.ReadAllText(file.Path));
        Assert.Equal([file.Path], Directory.GetFileSystemEntries(file.Directory));
    }

    [Fact]
    public void A_reader_that_goes_away_ends_the_dump_with_an_error()
    {
        using var dump = PureDumpProcess.Start(_server, "dump", "-d", _database, "-Z", "none", "-j", "2");
        dump.Output.ReadExactly(new byte[1000]);
        dump.Output.Dispose();
        Assert.Equal(ErrorTable.ExitCode(ErrorKind.File), dump.WaitForExit());
    }

    public void Dispose() => _server.DropDatabase(_database);

    private sealed class FailingStream(int writeCount) : MemoryStream
    {
        private int _left = writeCount;

        public override void Write(ReadOnlySpan<byte> buffer) => Count();

        public override void Write(byte[] buffer, int offset, int count) => Count();

        private void Count()
        {
            if (_left-- == 0)
            {
                throw new IOException("the medium is gone");
            }
        }
    }
}
