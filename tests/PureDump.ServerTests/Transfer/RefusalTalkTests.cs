using System.Globalization;
using System.Text;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Transfer;

/// <summary>What somebody says who is no server yet: a message before the login, of anything.</summary>
public sealed class RefusalTalkTests
{
    /// <summary>A server that is none yet: what it says before the login.</summary>
    [Theory]
    [InlineData("dump")]
    [InlineData("pg_dump")]
    [InlineData("psql")]
    [InlineData("createdb")]
    public void What_a_server_says_before_the_login_can_be_read(string verb)
    {
        const string message = "no\u001b]0;PWNED\a\u009b31m\u202e\b\r\npuredump: dumped everything";
        byte[] fields = Encoding.UTF8.GetBytes($"SFATAL\0VFATAL\0C28000\0M{message}\0D{message}\0H{message}\0\0");
        byte[] answer = [(byte)'E', 0, 0, (byte)((fields.Length + 4) >> 8), (byte)(fields.Length + 4), .. fields];
        using var refusing = new RefusingServer(answer);

        Command run = Command.Run(
            TestedProgram.Words[0],
            [
                .. TestedProgram.Words[1..],
                verb,
                "-h",
                "127.0.0.1",
                "-p",
                refusing.Port.ToString(CultureInfo.InvariantCulture),
                "-U",
                "x",
                .. verb == "createdb" ? (string[])["x"] : ["-d", "x"],
            ]);

        Assert.NotEqual(0, run.ExitCode);
        HostileNameTests.AssertReadable(run.Error);
        Assert.Contains("\\u001b]0;PWNED\\u0007", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("puredump: dumped everything", run.Error.Split('\n'));
    }
}
