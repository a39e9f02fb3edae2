using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>A named pipe in place of a file: nobody writes into it, or somebody who falls silent. One Ctrl-C ends the run.</summary>
public sealed class SilentPipeTests : IDisposable
{
    private readonly TemporaryFile _pipe = new("pipe");

    public SilentPipeTests() => Command.Run("mkfifo", [_pipe.Path]).Succeeded();

    public void Dispose() => _pipe.Dispose();

    /// <summary>What comes before the silence; null: nobody opens the pipe for writing.</summary>
    [Theory]
    [InlineData("list", null)]
    [InlineData("list", "P")]
    [InlineData("list", "PGDMP")]
    [InlineData("list", "PureDump")]
    [InlineData("verify", null)]
    [InlineData("verify", "x")]
    [InlineData("show --rows -t t", null)]
    [InlineData("restore -l", "PGD")]
    [InlineData("restore -f -", null)]
    [InlineData("restore -f -", "-")]
    [InlineData("restore -f -", "\u001f")]
    [InlineData("convert -F plain", null)]
    [InlineData("convert -F plain", "toc.dat")]
    [InlineData("pg_restore -l", null)]
    [InlineData("pg_restore -f -", "PGDMP")]
    public void One_Ctrl_C_ends_a_command_that_waits_for_its_head(string words, string? head)
    {
        string[] parts = words.Split(' ');
        string[] line = parts[0] == "show" ? ["show", _pipe.Path, .. parts[1..]] : [.. parts, _pipe.Path];
        using PureDumpProcess process = PureDumpProcess.Start(line);

        AssertInterrupted(process, head, parts[0].StartsWith("pg_", StringComparison.Ordinal) ? 1 : 130);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("select 1")]
    [InlineData("(")]
    [InlineData("\u001f")]
    public void One_Ctrl_C_ends_a_psql_that_waits_for_its_script(string? head)
    {
        using PureDumpProcess process = PureDumpProcess.Start(
            ServerPool.Get(TestMajors.Newest),
            "psql",
            "-X",
            "-d",
            "postgres",
            "-f",
            _pipe.Path);

        AssertInterrupted(process, head, 3);
    }

    [Fact]
    public void A_pipe_is_read_from_its_first_byte_whoever_opens_it_first()
    {
        // A command that reads to the end: one that has what it wants leaves the writer with a broken pipe.
        using PureDumpProcess process = PureDumpProcess.Start(["restore", "-f", "-", _pipe.Path]);
        Thread.Sleep(1000);
        using (FileStream writer = File.OpenWrite(_pipe.Path))
        {
            foreach (byte one in File.ReadAllBytes(Repository.PathOf("formats", "golden", "pg", "custom-18-none.dump")))
            {
                writer.WriteByte(one);
                writer.Flush();
            }
        }

        string script = new StreamReader(process.Output).ReadToEnd();
        Assert.True(process.WaitForExit() == 0, process.Error);
        Assert.Contains("\nCOPY ", script, StringComparison.Ordinal);
    }

    private void AssertInterrupted(PureDumpProcess process, string? head, int exitCode)
    {
        // Opening a pipe waits for the other side.
        using FileStream? writer = head is null ? null : File.OpenWrite(_pipe.Path);
        writer?.Write(System.Text.Encoding.ASCII.GetBytes(head!));
        writer?.Flush();

        // Nothing to be seen from outside says that it waits.
        Thread.Sleep(1500);
        Assert.False(process.HasExited, process.Error);
        process.Interrupt();

        Assert.Equal(exitCode, process.WaitForExit());
        Assert.Contains("interrupted", process.Error, StringComparison.Ordinal);
    }
}
