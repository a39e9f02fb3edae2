using System.IO.Hashing;
using PureDump.Engine;
using PureDump.Formats.Archive;
using PureDump.Formats.Errors;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>Archives that are damaged, cut off, of another kind or of another time, brought to a real server.</summary>
public sealed class DamageFailureTests : IDisposable
{
    private const string HasTables = "SELECT count(*)::text FROM pg_class WHERE relnamespace = 'public'::regnamespace";

    private readonly PostgresServer _server = ServerPool.Get(TestMajors.Oldest);
    private readonly TemporaryFile _file = SmallArchive.Write();
    private readonly byte[] _archive;

    public DamageFailureTests() => _archive = File.ReadAllBytes(_file.Path);

    [Fact]
    public void Verify_finds_any_flipped_bit()
    {
        for (int at = 0; at < _archive.Length; at++)
        {
            byte[] damaged = Flipped(at);
            var verifier = new ArchiveVerifier();
            Exception? refused = Record.Exception(() =>
                verifier.Verify(new MemoryStream(damaged), null, TestContext.Current.CancellationToken));
            Assert.True(
                refused is PureDumpException || verifier.Findings.Count > 0,
                $"byte {at} of {_archive.Length} was flipped and verify saw nothing: {refused}");
        }
    }

    [Fact]
    public void A_flipped_bit_never_delivers_other_data_by_file_nor_by_pipe()
    {
        string whole = Restored(_archive, isPipe: false).Contents!;
        string database = _server.CreateDatabase();
        _server.Execute(database, SmallArchive.Sql);
        Assert.Equal(_server.Scalar(database, SmallArchive.Contents), whole);
        int step = (_archive.Length / 20) + 1;
        for (int at = 0; at < _archive.Length; at += step)
        {
            foreach (bool isPipe in (bool[])[false, true])
            {
                (Exception? error, string? contents) = Restored(Flipped(at), isPipe);
                bool isNamed = error is PureDumpException { Kind: ErrorKind.ArchiveDamaged or ErrorKind.ArchiveVersion };
                Assert.True(
                    isNamed || (error is null && contents == whole),
                    $"byte {at}, pipe {isPipe}: {error?.ToString() ?? "other data"}");
                Assert.True(error is not null || !isPipe, $"byte {at} was flipped in a pipe and nobody noticed");
            }
        }
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused_before_the_target_is_touched()
    {
        string database = _server.CreateDatabase();
        foreach (int length in Cuts())
        {
            File.WriteAllBytes(_file.Path, _archive[..length]);
            PureDumpException error = Bounded.Fails(ErrorKind.ArchiveDamaged, () => Operations.Restore(_server, database, _file.Path));
            Assert.Contains(_file.Path, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal("0", _server.Scalar(database, HasTables));
        _server.DropDatabase(database);
    }

    [Fact]
    public void A_pipe_cut_off_anywhere_is_an_error()
    {
        foreach (int length in Cuts())
        {
            (Exception? error, _) = Restored(_archive[..length], isPipe: true);
            Assert.True(
                error is PureDumpException { Kind: ErrorKind.ArchiveDamaged },
                $"cut to {length} of {_archive.Length} bytes: {error}");
        }
    }

    [Fact]
    public void The_process_exits_with_the_code_of_a_damaged_archive_by_file_and_by_pipe()
    {
        string database = _server.CreateDatabase();
        byte[] cut = _archive[..(_archive.Length * 2 / 3)];
        File.WriteAllBytes(_file.Path, cut);
        using var file = PureDumpProcess.Start(_server, "restore", "-d", database, _file.Path);
        Assert.Equal(ErrorTable.ExitCode(ErrorKind.ArchiveDamaged), file.WaitForExit());
        Assert.Contains(_file.Path, file.Error, StringComparison.Ordinal);
        Assert.Equal("0", _server.Scalar(database, HasTables));

        using var pipe = PureDumpProcess.Start(_server, "restore", "-d", database, "-j", "2", "-");
        pipe.Input.Write(cut);
        pipe.Input.Dispose();
        Assert.Equal(ErrorTable.ExitCode(ErrorKind.ArchiveDamaged), pipe.WaitForExit());
        _server.DropDatabase(database);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--\n-- PostgreSQL database dump\n--\n")]
    [InlineData("anything at all, long enough to hold a header of sixty-four bytes and more")]
    public void What_is_no_archive_is_refused_by_name(string text)
    {
        File.WriteAllText(_file.Path, text);
        PureDumpException error = AssertUntouched(ErrorKind.ArchiveDamaged);
        Assert.Contains("not a PureDump archive", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_head_of_an_archive_of_pg_dump_is_called_truncated()
    {
        File.WriteAllText(_file.Path, "PGDMP\x01\x0e\0");
        PureDumpException error = AssertUntouched(ErrorKind.ArchiveDamaged);
        Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_of_a_newer_format_is_refused_with_both_versions()
    {
        byte[] newer = [.. _archive];
        newer[8] = 2;
        BitConverter.TryWriteBytes(newer.AsSpan(56), XxHash3.HashToUInt64(newer.AsSpan(0, 56)));
        File.WriteAllBytes(_file.Path, newer);
        PureDumpException error = AssertUntouched(ErrorKind.ArchiveVersion);
        Assert.Contains("2.0", error.Message, StringComparison.Ordinal);
        Assert.Contains("1.x", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _file.Dispose();

    private PureDumpException AssertUntouched(ErrorKind kind)
    {
        string database = _server.CreateDatabase();
        PureDumpException error = Bounded.Fails(kind, () => Operations.Restore(_server, database, _file.Path));
        Assert.Contains(_file.Path, error.Message, StringComparison.Ordinal);
        Assert.Equal("0", _server.Scalar(database, HasTables));
        _server.DropDatabase(database);
        return error;
    }

    private byte[] Flipped(int at)
    {
        byte[] damaged = [.. _archive];
        damaged[at] ^= (byte)(1 << (at % 8));
        return damaged;
    }

    // Every border of a record, and the middle of every record.
    private IEnumerable<int> Cuts()
    {
        int at = ArchiveHeader.Size;
        while (at < _archive.Length)
        {
            yield return at;
            int next = _archive.AsSpan(at + 1).IndexOf("PDRC"u8);
            int end = next < 0 ? _archive.Length : at + 1 + next;
            yield return (at + end) / 2;
            at = end;
        }

        yield return _archive.Length - 1;
    }

    private (Exception? Error, string? Contents) Restored(byte[] archive, bool isPipe)
    {
        string database = _server.CreateDatabase();
        File.WriteAllBytes(_file.Path, archive);
        var request = new RestoreRequest { Target = Operations.TargetOf(_server, database), Jobs = 2 };
        int failureCount = 0;
        Exception? error = Bounded.Outcome(() =>
            failureCount = isPipe
                ? RestoreOperation
                    .FromStream(request, new MemoryStream(archive), new RecordingObserver(), TestContext.Current.CancellationToken)
                    .FailureCount
                : RestoreOperation
                    .FromFile(request, _file.Path, new RecordingObserver(), TestContext.Current.CancellationToken)
                    .FailureCount);
        string? contents = error is null && failureCount == 0 ? _server.Scalar(database, SmallArchive.Contents) : null;
        _server.DropDatabase(database);
        return (error, contents);
    }
}
