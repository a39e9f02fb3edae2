using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Npgsql;
using PureDump.Postgres.Connection;
using ChannelBinding = PureDump.Postgres.Connection.ChannelBinding;
using SslMode = PureDump.Postgres.Connection.SslMode;
using SslNegotiation = PureDump.Postgres.Connection.SslNegotiation;

namespace PureDump.Tests.Library;

/// <summary>A data source of Npgsql's as the login it means.</summary>
public sealed class DataSourceLoginTests
{
    private static readonly Dictionary<string, string> s_noVariables = [];

    [Fact]
    public void Every_keyword_of_npgsql_is_known()
    {
        var defaults = new NpgsqlConnectionStringBuilder { Host = "db" };
        string[] unknown =
        [
            .. typeof(NpgsqlConnectionStringBuilder)
                .GetProperties()
                .Select(static property => property.GetCustomAttribute<DisplayNameAttribute>()?.DisplayName)
                .OfType<string>()
                .Where(keyword => defaults.ContainsKey(keyword) && IsUnknown(keyword, defaults[keyword])),
        ];

        Assert.Empty(unknown);
        Assert.True(IsUnknown("No Such Keyword", null));
    }

    [Fact]
    public void What_npgsql_says_becomes_what_libpq_would_say()
    {
        using NpgsqlDataSource source = new NpgsqlDataSourceBuilder(
            "Host=db1, db2:5433,[::1]:5434;Port=5400;Username=it's;Database=sh op\\;Password=a'b;Persist Security Info=true;"
                + "SSL Mode=VerifyFull;Root Certificate=/ca.pem;SSL Negotiation=Direct;Channel Binding=Require;Timeout=7;Pooling=false;"
                + "Application Name=shop;Options=-c work_mem=1MB;Command Timeout=3").Build();
        ConnectionTarget target = DatabaseLogin.Of(source).Resolve();

        Assert.Equal(
            [("db1", 5400), ("db2", 5433), ("::1", 5434)],
            target.Hosts.Select(static host => (host.Name!, host.Port)));
        Assert.Equal(("it's", "sh op\\", "a'b"), (target.User, target.Database, target.Password));
        Assert.Equal((SslMode.VerifyFull, SslNegotiation.Direct), (target.SslMode, target.SslNegotiation));
        Assert.Equal(("/ca.pem", ChannelBinding.Require), (target.SslRootCert, target.ChannelBinding));
        Assert.Equal(
            ("shop", "-c work_mem=1MB", TimeSpan.FromSeconds(7)),
            (target.ApplicationName, target.Options, target.ConnectTimeout));
        Assert.DoesNotContain("a'b", target.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_that_npgsql_does_not_look_at_lead_nowhere_else()
    {
        var variables = new Dictionary<string, string>
        {
            ["PGHOSTADDR"] = "10.0.0.1", ["PGPORT"] = "1", ["PGDATABASE"] = "other", ["PGSSLMODE"] = "disable", ["PGUSER"] = "ann",
        };
        ConnectionTarget target = Resolve("Host=db", variables);

        TargetHost host = Assert.Single(target.Hosts);
        Assert.Equal(("db", null, 5432), (host.Name, host.Address, host.Port));
        Assert.Equal(("ann", "ann", SslMode.Prefer), (target.User, target.Database, target.SslMode));
    }

    [Theory]
    [InlineData("Username=ann", "no host")]
    [InlineData("Host=db;Check Certificate Revocation=true", "Revocation")]
    [InlineData("Host=db;SSL Mode=Sometimes", "sslmode")]
    [InlineData("Host=db;Password=secret;=", "cannot be read")]
    public void What_cannot_be_done_is_named_without_the_password(string connection, string words)
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() => Resolve(connection, s_noVariables));
        Assert.Equal(ErrorKind.ConnectionOptions, error.Kind);
        Assert.Contains(words, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    private static bool IsUnknown(string keyword, object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } given ? given : "x";
        try
        {
            Resolve($"Host=db;{keyword}={text}", s_noVariables);
            return false;
        }
        catch (PureDumpException error)
        {
            // A value that means nothing is another matter.
            return error.Message.Contains("not known here", StringComparison.Ordinal);
        }
    }

    private static ConnectionTarget Resolve(string connection, Dictionary<string, string> variables) =>
        DataSourceLogin.Resolve(connection, name => variables.GetValueOrDefault(name));
}
