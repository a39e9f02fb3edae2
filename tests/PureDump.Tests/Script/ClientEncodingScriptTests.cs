using System.Text;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;

namespace PureDump.Tests.Script;

/// <summary>
/// Scripts in the encodings that only clients use: any byte of a character but its first may look like a quote, a backslash, a
/// dollar sign. A script must be cut where the same script in UTF-8 is cut.
/// </summary>
public sealed class ClientEncodingScriptTests
{
    private const int ScriptCount = 300;

    // What a lexer looks for; of "?" the generator makes a character.
    private static readonly string[] s_pieces =
    [
        "'", "'", "''", "\"", "\"\"", "$$", "$?$", "$a?$", "$a$", "$", "\\", "\\\\", "\\'", "\\;", "e'", "E'", "e'?", "?'", "?\"", "?$",
        "/*", "*/", "?*/", "--", "-- ?", "\n", "\n", "\n\n", "\r\n", ";", ";", ";\n",
        "(", ")", ":", "::", ":?", ":v", ":'v'", ":\"v\"", ":{?v}",
        " ", "\t", "?", "?", "??", "?;", "a", "select ", "1", "$1", "create function ?() begin atomic ", " end ", "case ",
        "\\echo ? '?' \"?\"\n", "\\set x '?\\n?'\n", "\\q", "copy ? from stdin;\n?\t?\n\\.\n", 
        "copy t from stdin;\n\\\\?\n?\\.\n\\.\n", "'?';", "$?$?$?$;",
    ];

    public static TheoryData<string> Encodings => [.. ClientEncodingText.Encodings];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_script_is_cut_where_the_same_script_in_utf8_is_cut(string encoding)
    {
        for (int seed = 0; seed < ScriptCount; seed++)
        {
            var random = new Random(seed);
            bool isValid = seed % 2 == 0;
            var characters = new ClientEncodingText(encoding, random, isValid, count: 6);
            string script = Script(characters, random);
            string value = new(characters.Draw(random), 1);
            List<string> inUtf8 = Parts(Encoding.UTF8.GetBytes(script), "UTF8", int.MaxValue, Encoding.UTF8.GetBytes(value));
            List<string> expected = [.. inUtf8.Select(part => Expected(part, characters))];

            // A value that is none is not quoted, which UTF-8 is not asked to show.
            bool asksForValue = script.Contains(":'v'", StringComparison.Ordinal) || script.Contains(":\"v\"", StringComparison.Ordinal);
            if (!isValid && asksForValue)
            {
                continue;
            }

            foreach (int pieceSize in (int[])[1, 2, 3, 1 + random.Next(60), int.MaxValue])
            {
                List<string> parts = Parts(characters.Bytes(script), encoding, pieceSize, characters.Bytes(value));
                Assert.True(
                    expected.SequenceEqual(parts),
                    $"seed {seed}, pieces of {pieceSize} bytes:\n{script}\n"
                    + $"--- expected\n{string.Join("\n| ", expected)}\n--- found\n{string.Join("\n| ", parts)}");
            }
        }
    }

    /// <summary>The first byte of a character at the end of a line does not take the line end in: psql reads line by line.</summary>
    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_line_end_is_never_part_of_a_character(string encoding)
    {
        byte[] script = [.. "-- a"u8, 0x81, .. "\nselect 1;\n/*"u8, 0x81, (byte)'0', .. "\n*/ select '"u8, 0x8f, .. "\n';select 2"u8];

        for (int size = 1; size <= script.Length; size++)
        {
            Assert.Equal(
                ["2 select 1;", "5 /*\u00810\n*/ select '\u008f\n';", "5 select 2"],
                ScriptParts.Of(script, size, reader => reader.Encoding = encoding));
        }
    }

    [Theory]
    [InlineData("SJIS", new byte[] { 0x81 }, "'; insert into hit values('x'); --'\n;")]
    [InlineData("BIG5", new byte[] { 0xa5 }, "'; insert into hit values('x'); --'\n;")]
    [InlineData("GBK", new byte[] { 0x81 }, "'; insert into hit values('x'); --'\n;")]
    [InlineData("UHC", new byte[] { 0x81 }, "'; insert into hit values('x'); --'\n;")]
    [InlineData("GB18030", new byte[] { 0x81, 0x30, 0x81 }, "'; insert into hit values('x'); --'\n;")]
    [InlineData("JOHAB", new byte[] { 0x8f, 0xa1 }, "'; insert into hit values('x'); --'\n;")]
    [InlineData("SJIS", new byte[] { 0x95 }, "\\'; --'\n;")]
    public void A_quote_inside_a_character_closes_nothing(string encoding, byte[] first, string rest)
    {
        byte[] script = [.. "select '"u8, .. first, .. Encoding.Latin1.GetBytes(rest), .. "select 2;"u8];
        int count = rest[0] == '\\' ? 3 : 2;

        for (int size = 1; size <= script.Length; size++)
        {
            Assert.Equal(count, ScriptParts.Of(script, size, reader => reader.Encoding = encoding).Count);
        }
    }

    /// <summary>The bytes that were read already are read anew where the session's encoding changes.</summary>
    [Theory]
    [InlineData("SJIS")]
    [InlineData("GBK")]
    public void The_encoding_may_change_between_two_statements(string encoding)
    {
        byte[] script = [.. "select 1; select '"u8, 0x81, .. "'; select 2; '; select '"u8, 0x81, .. "'; select 3;"u8];

        for (int size = 1; size <= script.Length; size++)
        {
            using var stream = new MemoryStream(script);
            var reader = new ScriptReader(stream);
            var statements = new List<string>();
            foreach (string next in (string[])["UTF8", encoding, "UTF8", "UTF8"])
            {
                reader.Encoding = next;
                Assert.Equal(ScriptPart.Statement, reader.Read());
                statements.Add(Encoding.Latin1.GetString(reader.Statement));
            }

            Assert.Equal(["select 1;", "select '\u0081'; select 2; ';", "select '\u0081';", "select 3;"], statements);
        }
    }

    [Theory]
    [InlineData("SJIS")]
    [InlineData("BIG5")]
    [InlineData("GB18030")]
    public void A_value_that_is_no_text_of_the_encoding_is_not_quoted(string encoding)
    {
        var variables = new Variable([0x81]);

        byte[] script = "select :'v', :\"v\";"u8.ToArray();

        List<string> parts = ScriptParts.Of(script, adjust: reader => reader.Encoding = encoding, variables: variables);

        Assert.Equal(["1 select :'v', :\"v\";"], parts);
    }

    private static string Script(ClientEncodingText characters, Random random)
    {
        var script = new StringBuilder();
        int count = 1 + random.Next(40);
        for (int i = 0; i < count; i++)
        {
            foreach (char letter in s_pieces[random.Next(s_pieces.Length)])
            {
                script.Append(letter == '?' ? characters.Draw(random) : letter);
            }
        }

        return script.ToString();
    }

    private static List<string> Parts(byte[] script, string encoding, int pieceSize, byte[] value) =>
        ScriptParts.Of(script, pieceSize, reader => reader.Encoding = encoding, new Variable(value));

    // A part of the script in UTF-8 as ScriptParts has to show it of the other one: bytes as Latin-1, the words of commands as
    // what was typed.
    private static string Expected(string part, ClientEncodingText characters)
    {
        if (!IsCommand(part))
        {
            return Encoding.Latin1.GetString(characters.Bytes(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(part))));
        }

        return string.Join('[', part.Split('[').Select(word => TypedText.Decode(characters.Bytes(word))));
    }

    private static bool IsCommand(string part) => part[(part.IndexOf(' ', StringComparison.Ordinal) + 1)..].StartsWith('\\');

    private sealed class Variable(byte[] text) : IScriptVariables
    {
        public bool TryGet(ReadOnlySpan<byte> name, out byte[] value)
        {
            value = text;
            return name.SequenceEqual("v"u8);
        }
    }
}
