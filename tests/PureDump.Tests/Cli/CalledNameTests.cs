using PureDump.Cli;

namespace PureDump.Tests.Cli;

public sealed class CalledNameTests
{
    [Theory]
    [InlineData("/usr/bin/pg_dump", "pg_dump -s shop")]
    [InlineData("pg_dump", "pg_dump -s shop")]
    [InlineData("./pg_dump.exe", "pg_dump -s shop")]
    [InlineData("/usr/local/bin/pg_isready", "pg_isready -s shop")]
    [InlineData("createdb", "createdb -s shop")]
    [InlineData("dropdb", "dropdb -s shop")]
    [InlineData("/opt/puredump", "-s shop")]
    [InlineData("pg_dump2", "-s shop")]
    [InlineData("", "-s shop")]
    public void A_link_called_as_a_client_runs_its_verb(string program, string expected) =>
        Assert.Equal(expected, string.Join(' ', CommandLine.Called(program, ["-s", "shop"])));
}
