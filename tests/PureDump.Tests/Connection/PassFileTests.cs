using PureDump.Postgres.Connection;
using Xunit;

namespace PureDump.Tests.Connection;

public sealed class PassFileTests
{
    [Theory]
    [InlineData("db:5432:shop:ann:pw", "pw")]
    [InlineData("db:5432:shop:bob:pw", null)]
    [InlineData("db:1:shop:ann:pw", null)]
    [InlineData("*:*:*:*:pw", "pw")]
    [InlineData("d*:*:*:*:pw", null)]
    [InlineData(@"\*:*:*:*:pw", null)]
    [InlineData("#db:5432:shop:ann:pw", null)]
    [InlineData(@"db:5432:shop:ann:a\:b\\c", @"a:b\c")]
    [InlineData("db:5432:shop:ann:pw:rest", "pw")]
    [InlineData("db:5432:shop:ann:", "")]
    [InlineData("db:5432:shop:ann", null)]
    [InlineData("db:5432", null)]
    [InlineData("", null)]
    [InlineData("db:5432:shop:ann:pw\r", "pw")]
    public void A_line_matches_as_libpq_matches_it(string line, string? expected)
    {
        Assert.Equal(expected, PassFile.Parse([line]).Find(new TargetHost("db", null, 5432), "shop", "ann"));
    }

    [Fact]
    public void The_first_match_wins()
    {
        PassFile file = PassFile.Parse(["other:*:*:*:a", "db:*:*:*:b", "*:*:*:*:c"]);

        Assert.Equal("b", file.Find(new TargetHost("db", null, 5432), "shop", "ann"));
        Assert.Equal("c", file.Find(new TargetHost("third", null, 5432), "shop", "ann"));
    }

    [Fact]
    public void A_default_socket_directory_is_called_localhost()
    {
        PassFile file = PassFile.Parse(["localhost:*:*:*:local", "/srv/pg:*:*:*:own"]);

        Assert.Equal("local", file.Find(new TargetHost("/var/run/postgresql", null, 5432), "shop", "ann"));
        Assert.Equal("local", file.Find(new TargetHost("/tmp", null, 5432), "shop", "ann"));
        Assert.Equal("own", file.Find(new TargetHost("/srv/pg", null, 5432), "shop", "ann"));
        Assert.Null(file.Find(new TargetHost("/srv/other", null, 5432), "shop", "ann"));
    }

    [Fact]
    public void A_host_without_a_name_is_looked_up_by_its_address()
    {
        Assert.Equal("pw", PassFile.Parse(["10.0.0.1:*:*:*:pw"]).Find(new TargetHost(null, "10.0.0.1", 5432), "shop", "ann"));
    }

    [Fact]
    public void A_file_that_others_can_read_is_ignored_with_a_warning()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("modes of files are a thing of Unix");
            return;
        }

        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "*:*:*:*:pw\n");
            var warnings = new List<string>();
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Assert.Null(PassFile.Load(path, warnings.Add));
            Assert.Contains("group or world access", Assert.Single(warnings));

            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Assert.NotNull(PassFile.Load(path, warnings.Add));
            Assert.Single(warnings);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_is_not_a_plain_file_is_ignored_with_a_warning_and_absence_without()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "devices are a thing of Unix");
        var warnings = new List<string>();

        Assert.Null(PassFile.Load("/dev/null", warnings.Add));
        Assert.Null(PassFile.Load("/tmp", warnings.Add));
        Assert.Equal(2, warnings.Count(warning => warning.Contains("not a plain file", StringComparison.Ordinal)));
        Assert.Null(PassFile.Load("/nowhere/pgpass", warnings.Add));
        Assert.Equal(2, warnings.Count);
    }
}
