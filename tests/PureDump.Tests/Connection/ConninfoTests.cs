using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;
using Xunit;

namespace PureDump.Tests.Connection;

public sealed class ConninfoTests
{
    [Theory]
    [InlineData("host=a port=1", "host=a;port=1")]
    [InlineData("  host = a\n\tport =1 ", "host=a;port=1")]
    [InlineData("password='two words'", "password=two words")]
    [InlineData(@"password='it\'s \\'", @"password=it's \")]
    [InlineData(@"password=two\ words", "password=two words")]
    [InlineData("password=a=b", "password=a=b")]
    [InlineData("password=''host=a", "password=;host=a")]
    [InlineData("host=", "host=")]
    [InlineData("host=a host=b", "host=b")]
    [InlineData("", "")]
    [InlineData("requiressl=1", "sslmode=require")]
    [InlineData(@"password=end\", "password=end")]
    [InlineData("password=pässwörd😀", "password=pässwörd😀")]
    public void A_conninfo_string_is_read_as_libpq_reads_it(string text, string expected) => Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData("host", "missing \"=\" after \"host\"")]
    [InlineData("host x", "missing \"=\" after \"host\"")]
    [InlineData("host='x", "the quoted value of \"host\" has no end")]
    [InlineData("=x", "unknown connection option \"\"")]
    public void A_malformed_conninfo_string_says_where(string text, string expected) => Assert.Contains(expected, Refused(text).Message);

    [Theory]
    [InlineData("password=my secret")]
    [InlineData("password=my secret=1")]
    [InlineData("password='my secret")]
    public void An_error_never_repeats_what_may_be_part_of_a_password(string text)
    {
        PureDumpException error = Refused(text);
        Assert.DoesNotContain("secret", error.Message);
    }

    [Theory]
    [InlineData("postgresql://", "")]
    [InlineData("postgres://db", "host=db")]
    [InlineData("postgresql://db:77/shop", "host=db;port=77;dbname=shop")]
    [InlineData("postgresql://ann@db", "user=ann;host=db")]
    [InlineData("postgresql://ann:pw@db", "user=ann;password=pw;host=db")]
    [InlineData("postgresql://ann:p%40s%3As%2F%25@db", "user=ann;password=p@s:s/%;host=db")]
    [InlineData("postgresql://:pw@db", "password=pw;host=db")]
    [InlineData("postgresql://ann:@db", "user=ann;host=db")]
    [InlineData("postgresql:///shop", "dbname=shop")]
    [InlineData("postgresql:///shop?host=/tmp&port=7", "dbname=shop;host=/tmp;port=7")]
    [InlineData("postgresql://%2Ftmp:7/shop", "host=/tmp;port=7;dbname=shop")]
    [InlineData("postgresql://a:1,b:2/shop", "host=a,b;port=1,2;dbname=shop")]
    [InlineData("postgresql://a,b:2", "host=a,b;port=,2")]
    [InlineData("postgresql://[::1]:77/shop", "host=::1;port=77;dbname=shop")]
    [InlineData("postgresql://[::1],[fe80::2]:5", "host=::1,fe80::2;port=,5")]
    [InlineData("postgresql://db?sslmode=require", "host=db;sslmode=require")]
    [InlineData("postgresql://db/?ssl=true", "host=db;sslmode=require")]
    [InlineData("postgresql://db/sh%C3%B6p", "host=db;dbname=shöp")]
    [InlineData("postgresql://db/shop?options=-c%20a%3Db&", "host=db;dbname=shop;options=-c a=b")]
    [InlineData("postgresql://db/a@b", "host=db;dbname=a@b")]
    public void A_uri_is_read_as_libpq_reads_it(string uri, string expected) => Assert.Equal(expected, Read(uri));

    [Theory]
    [InlineData("postgresql://[::1", "no closing")]
    [InlineData("postgresql://[]", "is empty")]
    [InlineData("postgresql://[::1]x", "after the IPv6 address")]
    [InlineData("postgresql://db/%zz", "without two hexadecimal digits in the database name")]
    [InlineData("postgresql://db/%4", "without two hexadecimal digits")]
    [InlineData("postgresql://db/a%00b", "%00 in the database name")]
    [InlineData("postgresql://db?sslmode", "a query parameter has no \"=\"")]
    [InlineData("postgresql://db?sslmode=a=b", "\"sslmode\" has more than one \"=\"")]
    [InlineData("postgresql://db?hots=a", "unknown connection option \"hots\" (connection URI)")]
    [InlineData("postgresql://db/a b", "blank in the database name")]
    public void A_malformed_uri_says_where(string uri, string expected) => Assert.Contains(expected, Refused(uri).Message);

    [Theory]
    [InlineData("postgresql://ann:top@secret@db/shop")]
    [InlineData("postgresql://ann:secret/top@db/shop")]
    public void A_sign_in_a_password_is_explained_without_showing_it(string uri)
    {
        PureDumpException error = Refused(uri);

        Assert.Contains("%40", error.Hint);
        Assert.DoesNotContain("secret", error.Message);
    }

    [Fact]
    public void Any_text_is_read_or_refused_by_name()
    {
        string[] pieces =
        [
            "postgresql://",
            "host",
            "password",
            "port",
            "=",
            "'",
            "\\",
            " ",
            "\n",
            "%",
            "%41",
            "%zz",
            "[",
            "]",
            ":",
            "/",
            "?",
            "&",
            "@",
            ",",
            "ä",
            "\ud800",
            "x",
            "1",
        ];
        var random = new Random(20260102);
        for (int round = 0; round < 10_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                _ = ConnectionTarget.Resolve(new ConnectionArguments { Database = text, User = "x" }, _ => null);
            }
            catch (PureDumpException error)
            {
                Assert.True(error.Kind == ErrorKind.ConnectionOptions, $"\"{text}\": {error}");
            }
        }
    }

    private static string Read(string text)
    {
        var values = new ConnectionValues();
        if (ConnectionUri.IsRecognized(text))
        {
            ConnectionUri.Read(text, values);
        }
        else
        {
            ConninfoString.Read(text, values);
        }

        string[] order = ["user", "password", "host", "port", "dbname", "sslmode", "options"];
        if (text.Contains("?host", StringComparison.Ordinal))
        {
            order = ["dbname", "host", "port"];
        }

        return string.Join(';', order.Where(keyword => values[keyword] is not null).Select(keyword => $"{keyword}={values[keyword]}"));
    }

    private static PureDumpException Refused(string text)
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() => Read(text));
        Assert.Equal(ErrorKind.ConnectionOptions, error.Kind);
        return error;
    }
}
