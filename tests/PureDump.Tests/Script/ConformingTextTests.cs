using System.Text;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;

namespace PureDump.Tests.Script;

/// <summary>Statements that were written for standard_conforming_strings off, as they are where it is on.</summary>
public sealed class ConformingTextTests
{
    public static TheoryData<string, string> Statements =>
        new()
        {
            { @"SELECT 'a\\b';", @"SELECT E'a\\b';" },
            { @"SELECT 'plain', 'a\'b', 'plain';", @"SELECT 'plain', E'a\'b', 'plain';" },
            { @"SELECT'a\\b';", @"SELECT E'a\\b';" },
            { @"SELECT x'1f', X'00', b'01', B'10', 'c\\d';", @"SELECT x'1f', X'00', b'01', B'10', E'c\\d';" },
            { @"SELECT e'a\\b', E'\'';", @"SELECT e'a\\b', E'\'';" },
            { @"SELECT N'a\\b', n'c\\d', name'e\\f';", @"SELECT NCHAR E'a\\b', nCHAR E'c\\d', name E'e\\f';" },
            { "SELECT 'a'\n  'b\\\\c';", "SELECT E'a'\n  'b\\\\c';" },
            { "SELECT 'a\\\\'\n  'b\\\\c';", "SELECT E'a\\\\'\n  'b\\\\c';" },
            { @"SELECT $$a\b$$, ""q\r"", 'it''s' /* 'x\' */, '''\\';", @"SELECT $$a\b$$, ""q\r"", 'it''s' /* 'x\' */, E'''\\';" },
            { "SELECT 1; -- it's \\\nSELECT 'a\\\\';", "SELECT 1;\nSELECT E'a\\\\';" },
            { @"COMMENT ON TABLE t IS 'größe\\';", @"COMMENT ON TABLE t IS E'größe\\';" },
            {
                @"CREATE FUNCTION f() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT 'a\\;'; SELECT 'b;'; END;",
                @"CREATE FUNCTION f() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT E'a\\;'; SELECT 'b;'; END;"
            },
        };

    [Theory, MemberData(nameof(Statements))]
    public void A_literal_with_a_backslash_says_that_it_has_escapes(string off, string on) =>
        Assert.Equal(on, ConformingText.Of(off, "UTF8").TrimEnd('\n'));

    // Every cut of a stream comes to the same.
    [Theory, MemberData(nameof(Statements))]
    public void However_little_is_read_at_a_time(string off, string on)
    {
        using var stream = new ConformingStream(new MemoryStream(Encoding.UTF8.GetBytes(off)), "UTF8");
        var bytes = new List<byte>();
        Span<byte> one = stackalloc byte[1];
        while (stream.Read(one) > 0)
        {
            bytes.Add(one[0]);
        }

        Assert.Equal(on, Encoding.UTF8.GetString([.. bytes]).TrimEnd('\n'));
    }

    // The second byte of a character may be a backslash.
    [Fact]
    public void Characters_are_not_bytes()
    {
        Encoding sjis = TextEncoding.Of("SJIS");
        Assert.Equal(sjis.GetString([.. "SELECT '"u8, 0x95, 0x5c, .. "', E'"u8, 0x95, 0x5c, .. @"\\';"u8]),
            ConformingText.Of(sjis.GetString([.. "SELECT '"u8, 0x95, 0x5c, .. "', '"u8, 0x95, 0x5c, .. @"\\';"u8]), "SJIS").TrimEnd('\n'));
    }

    [Fact]
    public void What_has_no_backslash_is_as_it_was()
    {
        const string sql = "SELECT 'a';\n\nSELECT 'b';\n";
        Assert.Same(sql, ConformingText.Of(sql, "UTF8"));
    }
}
