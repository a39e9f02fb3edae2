using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;

namespace PureDump.Tests.Script;

/// <summary>Where a script's statements end, and what is no statement.</summary>
public sealed class ScriptReaderTests
{
    // Each is one statement, whatever stands in it.
    public static TheoryData<string> Whole =>
        [
            "select ';';",
            "select 'it''s;';",
            "select 'a\\';",
            "select E'a\\';b';",
            "select e'\\\\';",
            "select E'a''\\';b';",
            "select E'a'\n '\\'b;';",
            "select E'a' -- comment\n '\\'b;';",
            "select U&'d\\0061t;', U&\"d\\0061;t\";",
            "select N'x;', B'10;', X'1f;';",
            "select \"a;b\"\"c;\";",
            "select $$a;$b$;$$;",
            "select $tag$ $$;$ta$;$tag $;$tag$;",
            "select $ä1$;$ä1$;",
            "select a$b$c;",
            "select $1;",
            "select 1 /* ; /* ; */ ; */ + 2;",
            "select 1 */**/ 2;",
            "select 1 /* ' $$ */;",
            "select 1 -- ;'$$\n;",
            "select 5 - -1;",
            "select 1 --/*\n;",
            "create rule r as on insert to t do also (select 1; select ')'; select 2);",
            "create function f() returns int language sql begin atomic select 1; select 2; end;",
            "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql BEGIN /* x */ ATOMIC SELECT CASE WHEN true THEN CASE 1 WHEN 1 THEN "
                + "2 END END; SELECT 3; END;",
            "create procedure p() language sql begin atomic insert into t values ('end;'); end;",
            "create function f(begin int default (case when true then 1 end)) returns int language sql begin atomic select begin; end;",
            "create function public.begin() returns int language sql return 1;",
            "create function f() returns int language sql as $$select 1$$;",
            "begin;",
            "select 1 \\; select 2;",
            "select a[1:2], b::text, c :=> 1, ':x' from t;",
            "select '\u00e4;', \u00e4;",
        ];

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_statement_ends_at_the_semicolon_that_counts(string statement)
    {
        string sent = statement.Replace("\\; ", "; ", StringComparison.Ordinal);

        Assert.Equal([$"{Lines(statement)} {sent}", $"{Lines(statement)} select 'next';"], ScriptParts.Of($"{statement}select 'next';"));
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_script_cut_at_any_byte_gives_the_same_statements(string statement)
    {
        byte[] script = Encoding.Latin1.GetBytes($"\n{statement}\n\\set x 'a b' \"c\"\ncopy t from stdin;\n1\t2\n\\.\nselect 1");
        List<string> whole = ScriptParts.Of(script);

        for (int size = 1; size <= script.Length; size++)
        {
            Assert.Equal(whole, ScriptParts.Of(script, size));
        }

        // A line at a time, as where they are echoed.
        List<string> lines = [];
        Assert.Equal(whole, ScriptParts.Of(script, 3, lines: lines));
        Assert.Equal(Encoding.Latin1.GetString(script).Split('\n').Where(line => line.Length > 0 && line is not ("1\t2" or "\\.")), lines);
    }

    /// <summary>pg_dumpall names a database in UTF-8 behind the rows of one in another encoding.</summary>
    [Theory]
    [InlineData("UTF8")]
    [InlineData("LATIN1")]
    [InlineData("SQL_ASCII")]
    [InlineData("EUC_JP")]
    public void The_words_of_a_command_do_not_depend_on_the_sessions_encoding(string encoding) =>
        Assert.Equal(
            ["1 \\connect[größe ключ]"],
            ScriptParts.Of(Encoding.UTF8.GetBytes("\\connect 'größe ключ'\n"), adjust: reader => reader.Encoding = encoding));

    [Fact]
    public void What_stands_before_a_statement_and_empty_lines_in_it_are_not_sent() =>
        Assert.Equal(
            ["7 select 1\n, 'a\n\nb';", "9 /* kept */;", "10 select 2"],
            ScriptParts.Of("\n-- a comment\nselect 1\n\n, 'a\n\nb';\n-- x\n  /* kept */;\nselect 2\n"));

    [Theory]
    [InlineData("\\.\n", "")]
    [InlineData("1\n2\n\\.\n", "1\n2\n")]
    [InlineData("1\r\n2\r\n\\.\r\n", "1\r\n2\r\n")]
    [InlineData("\\.x\n \\.\n\\\\.\na\\.\n\\.\n", "\\.x\n \\.\n\\\\.\na\\.\n")]
    [InlineData("'; select \\.\n\\! x\n\\.\n", "'; select \\.\n\\! x\n")]
    public void Rows_end_at_the_line_that_ends_them(string rows, string data)
    {
        List<string> parts = ScriptParts.Of($"copy t from stdin;\n{rows}select 1;\n");

        int line = 1 + Lines(rows);
        Assert.Equal(["1 copy t from stdin;", $"{line} rows:{data}", $"{line + 1} select 1;"], parts);
    }

    [Fact]
    public void Rows_that_end_with_the_script_are_seen_to_be_cut() =>
        Assert.Equal(["1 copy t from stdin;", "3 cut rows:1\n\\"], ScriptParts.Of("copy t from stdin;\n1\n\\"));

    [Fact]
    public void What_follows_a_copy_on_its_line_comes_after_the_rows() =>
        Assert.Equal(
            ["1 copy t from stdin;", "3 rows:1\n", "3 copy u from stdin;", "5 rows:2\n", "5 select 1;"],
            ScriptParts.Of("copy t from stdin; copy u from stdin; select 1;\n1\n\\.\n2\n\\.\n"));

    [Theory]
    [InlineData("COPY t FROM stdin;", 1)]
    [InlineData("copy binary \"a;b\".t (x, \"from\") from /* */ STDIN with (format csv);", 1)]
    [InlineData("copy t from 'stdin';", 0)]
    [InlineData("copy t from program 'stdin';", 0)]
    [InlineData("copy t to stdout;", 0)]
    [InlineData("copy (select * from stdin) to stdout;", 0)]
    [InlineData("insert into t select * from stdin;", 0)]
    [InlineData("\"copy\" t from stdin;", 0)]
    [InlineData("copy t from stdin \\; select 1 \\; copy t from stdin;", 2)]
    public void A_statement_that_asks_for_rows_is_known(string statement, int count)
    {
        var reader = new ScriptReader(new MemoryStream(Encoding.UTF8.GetBytes(statement)));

        Assert.Equal(ScriptPart.Statement, reader.Read());
        Assert.Equal(count, reader.CopyFromStdinCount);
    }

    [Theory]
    [InlineData("\\connect -reuse-previous=on \"dbname='a \"\"b'\"\n", "1 \\connect[-reuse-previous=on][\"dbname='a \"\"b'\"]")]
    [InlineData("\\set x 'it''s\\n\\x41\\101' y\\\\ select 1;\n", "1 \\set[x][it's\nAA][y]|1 select 1;")]
    [InlineData("  \\echo a\\q\n", "1 \\echo[a]|1 \\q")]
    [InlineData("\\restrict k`id`\r\nselect 1;", "1 \\restrict[k`id`]|2 select 1;")]
    [InlineData("select 1\n\\echo x\n;", "2 \\echo[x]|3 select 1\n;")]
    public void A_backslash_outside_quotes_begins_a_command(string script, string parts) =>
        Assert.Equal(parts, string.Join('|', ScriptParts.Of(script)));

    [Fact]
    public void A_backslash_escapes_in_every_literal_where_the_session_says_so() =>
        Assert.Equal(
            ["1 select 'a\\';b', U&'c';"],
            ScriptParts.Of("select 'a\\';b', U&'c';"u8.ToArray(), adjust: reader => reader.StandardConformingStrings = false));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_a_script() =>
        Assert.Equal(["1 select 1;"], ScriptParts.Of([0xef, 0xbb, 0xbf, .. "select 1;"u8]));

    [Fact]
    public void Variables_stand_for_their_text_outside_quotes_only()
    {
        var variables = new Variables { ["x"] = "1; select 2", ["n"] = "a\"b'c\\", ["loop"] = ":loop" };

        Assert.Equal(
            [
                "1 select 1;",
                "1 select 2 ;",
                "2 select  E'a\"b''c\\\\', \"a\"\"b'c\\\", ':x', \":x\", $$:x$$, :none, 1::x /* :x */, TRUE, FALSE;",
            ],
            ScriptParts.Of(
                "select :x ;\nselect :'n', :\"n\", ':x', \":x\", $$:x$$, :none, 1::x /* :x */, :{?x}, :{?y};"u8.ToArray(),
                variables: variables));
        Assert.Contains("inside its own value", Refused(":loop;", variables), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("select 'a\0b';", "zero byte")]
    [InlineData("s\0e\0l\0;\0", "zero byte")]
    public void A_zero_byte_is_refused(string script, string reason) => Assert.Contains(reason, Refused(script), StringComparison.Ordinal);

    [Fact]
    public void A_name_or_a_command_without_end_is_refused_in_bounded_memory()
    {
        Assert.Contains("longer than", Refused($"${new string('a', 1 << 20)}"), StringComparison.Ordinal);
        Assert.Contains("longer than", Refused($":{new string('a', 1 << 20)}"), StringComparison.Ordinal);
        Assert.Contains("longer than", Refused($"\\echo {new string('a', 1 << 20)}"), StringComparison.Ordinal);
    }

    /// <summary>psql sends words of any length, and the server cuts names with a notice.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("a1$_")]
    public void A_word_of_any_length_is_one_word(string letters)
    {
        string word = string.Concat(Enumerable.Repeat(letters, 300_000));
        string script = $"select 1 as {word};\nselect {word}e'\\'';'; {word}\\echo {new string('b', 100_000)}\n;";
        List<string> parts = ScriptParts.Of(Encoding.UTF8.GetBytes(script));

        Assert.Equal(4, parts.Count);
        Assert.Equal(
            [$"1 select 1 as {word};", $"2 select {word}e'\\'';';"],
            parts[..2].Select(static part => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(part))));
    }

    [Fact]
    public void Variables_that_name_others_twice_end_where_a_person_would_stop_waiting()
    {
        var variables = new Variables { ["a0"] = "" };
        for (int i = 1; i <= 40; i++)
        {
            variables[$"a{i}"] = $":a{i - 1}:a{i - 1}";
        }

        Assert.Contains("variables", Refused("select 1 :a40;", variables), StringComparison.Ordinal);
        Assert.Equal(["1 select 1 ;"], ScriptParts.Of("select 1 :a10;"u8.ToArray(), variables: variables));
    }

    [Fact]
    public void The_words_of_a_command_are_bounded_with_what_they_stand_for()
    {
        var variables = new Variables { ["long"] = new string('x', 1 << 20) };
        string command = $"\\set twice {string.Concat(Enumerable.Repeat(":long", 1000))}";

        Assert.Contains("with its variables a backslash command is longer than", Refused(command, variables), StringComparison.Ordinal);
    }

    /// <summary>In a branch that is not taken: commands are seen, statements and the rows behind them are not, and what was begun before
    /// goes on.</summary>
    [Theory]
    [InlineData("select \\off 1, (( \\on 2;", "1 \\off[1,][((]|1 \\on[2;]|1 select ")]
    [InlineData("select \\off\n1, ((; 'a\n;' $$ \\no $$\n\\on\n 2;\n3;", "1 \\off|4 \\on|5 select  2;|6 3;")]
    [InlineData("\\off\ncopy t from stdin;\n'\n\\on\n\\.\n1;\n\\on\n2;", "1 \\off|7 \\on|8 2;")]
    [InlineData(
        "create function f() begin atomic \\off\nend;\n\\on\n1; end;\n2;",
        "1 \\off|3 \\on|4 create function f() begin atomic 1; end;|5 2;")]
    [InlineData("\\off\n:x \\say :x\n\\on\n\\say :x", "1 \\off|2 \\say[:x]|3 \\on|4 \\say[1]")]
    [InlineData("1;\n\\off\n2", "1 1;|2 \\off")]
    public void What_is_skipped_leaves_nothing_behind(string script, string due)
    {
        Assert.All([1, 2, 3, 5, 1000], size =>
        {
            using var stream = new PiecesStream(Encoding.ASCII.GetBytes(script), size);
            var reader = new ScriptReader(stream, new Variables { ["x"] = "1" });
            var parts = new List<string>();
            while (reader.Read() is var part && part != ScriptPart.End)
            {
                if (part == ScriptPart.Statement)
                {
                    parts.Add($"{reader.Line} {Encoding.ASCII.GetString(reader.Statement)}");
                    continue;
                }

                reader.Skips = reader.Command!.Name == "off" || (reader.Skips && reader.Command.Name != "on");
                parts.Add($"{reader.Line} \\{reader.Command.Name}{string.Concat(reader.Command.Arguments.Select(word => $"[{word}]"))}");
            }

            Assert.Equal(due, string.Join('|', parts));
        });
    }

    private static string Refused(string script, IScriptVariables? variables = null)
    {
        PureDumpException error = Assert.Throws<PureDumpException>(() =>
            ScriptParts.Of(Encoding.Latin1.GetBytes(script), variables: variables));
        Assert.Equal(ErrorKind.ScriptRefused, error.Kind);
        return error.Message;
    }

    private static int Lines(string text) => Math.Max(1, text.Count(letter => letter == '\n') + (text.EndsWith('\n') ? 0 : 1));

    private sealed class Variables : Dictionary<string, string>, IScriptVariables
    {
        public bool TryGet(ReadOnlySpan<byte> name, out byte[] value)
        {
            bool isSet = TryGetValue(Encoding.UTF8.GetString(name), out string? text);
            value = Encoding.UTF8.GetBytes(text ?? "");
            return isSet;
        }
    }
}
