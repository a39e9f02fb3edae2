using System.Globalization;
using System.Text;
using PureDump.Cli;
using PureDump.Cli.Terminals;
using PureDump.Formats.Errors;
using PureDump.TestSupport;

namespace PureDump.Tests.Cli;

/// <summary>What <c>verify</c> says of archives of pg_dump, which have no checksums.</summary>
public sealed class PgArchiveVerifyTests
{
    private static string Folder => Repository.PathOf("formats", "golden", "pg");

    public static TheoryData<string> Files =>
        [
            .. Directory
                .GetFiles(Folder)
                .Where(static path => Path.GetExtension(path) is ".dump" or ".tar")
                .Select(static path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal),
        ];

    public static TheoryData<string> Directories =>
        [.. Directory.GetDirectories(Folder).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    [MemberData(nameof(Directories))]
    public void A_whole_one_is_read_to_its_end_and_what_that_does_not_tell_is_said(string name)
    {
        string path = Path.Combine(Folder, name);

        (int exitCode, string error) = Run(["verify", path]);

        Assert.Equal(0, exitCode);
        Assert.Contains($"{path} can be read to its end: ", error, StringComparison.Ordinal);
        Assert.Contains("has no checksums: bytes that changed inside a value do not show", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_behind_its_last_block_are_spoken_of()
    {
        byte[] archive = File.ReadAllBytes(Path.Combine(Folder, "custom-18-gzip.dump"));

        (int exitCode, string error) = Run(["verify"], [.. archive, .. new byte[512]]);

        Assert.Equal(0, exitCode);
        Assert.Contains(
            "; behind its last block stands more (512 bytes), which is no part of it and which no restore looks at",
            error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("behind its last block", Run(["verify"], archive).Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void One_that_was_cut_is_damaged_in_a_file_and_in_a_pipe(string name)
    {
        byte[] archive = File.ReadAllBytes(Path.Combine(Folder, name));
        byte[] cut = archive[..(archive.Length / 2)];
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, cut);
            int due = ErrorTable.ExitCode(ErrorKind.ArchiveDamaged);

            Assert.Equal((0, due, due), (Run(["verify"], archive).ExitCode, Run(["verify"], cut).ExitCode, Run(["verify", path]).ExitCode));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (int ExitCode, string Error) Run(string[] words, byte[]? input = null)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using Stream stream = new MemoryStream(input ?? []);
        int exitCode = CommandLine.Run(
            words,
            new Surroundings
            {
                Input = stream,
                Output = output,
                Error = error,
                Environment = static _ => null,
            }
        );
        return (exitCode, error + Encoding.UTF8.GetString(output.ToArray()));
    }
}
