using System.Buffers;
using System.Text;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Rows;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;

namespace PureDump.Tests.Script;

/// <summary>Names, literals and rows in the encodings that only clients use: as held in strings, quoted, and as INSERT.</summary>
public sealed class ClientEncodingTextTests
{
    private const int TextCount = 400;

    public static TheoryData<string> Encodings => [.. ClientEncodingText.Encodings];

    [Theory, MemberData(nameof(Encodings))]
    public void Text_comes_back_the_same_and_its_ascii_is_ascii(string encoding)
    {
        ForEachText(encoding, (text, characters) =>
        {
            byte[] bytes = characters.Bytes(text);
            string held = TextEncoding.Of(encoding).GetString(bytes);

            Assert.Equal(bytes, TextEncoding.Of(encoding).GetBytes(held));
            Assert.Equal(text.Where(char.IsAscii), held.Where(char.IsAscii));
            Assert.All(held, static one => Assert.False(char.IsSurrogate(one)));
        });
    }

    /// <summary>Where a database sorts by the bytes of names, so do strings.</summary>
    [Theory, MemberData(nameof(Encodings))]
    public void Strings_are_in_the_order_of_their_bytes(string encoding)
    {
        Encoding held = TextEncoding.Of(encoding);
        List<byte[]> texts = [];
        ForEachText(encoding, (text, characters) => texts.Add(characters.Bytes(text)));

        string[] sorted = [.. texts.Select(held.GetString).Order(StringComparer.Ordinal)];

        Assert.Equal(
            texts.Select(Convert.ToHexString).Order(StringComparer.Ordinal),
            sorted.Select(text => Convert.ToHexString(held.GetBytes(text))));
    }

    [Theory, MemberData(nameof(Encodings))]
    public void Text_that_comes_in_pieces_is_the_same(string encoding)
    {
        ForEachText(encoding, (text, characters) =>
        {
            byte[] bytes = characters.Bytes(text);
            using var reader = new StreamReader(new OneByteStream(bytes), TextEncoding.Of(encoding));

            Assert.Equal(TextEncoding.Of(encoding).GetString(bytes), reader.ReadToEnd());
        });
    }

    [Theory]
    [InlineData("SJIS", "8127")]
    [InlineData("SJIS", "fd5c")]
    [InlineData("SHIFT_JIS_2004", "85")]
    [InlineData("BIG5", "a527")]
    [InlineData("BIG5", "a50a")]
    [InlineData("GBK", "8127")]
    [InlineData("GBK", "8041")]
    [InlineData("UHC", "a1")]
    [InlineData("GB18030", "81308127")]
    [InlineData("GB18030", "8130")]
    [InlineData("GB18030", "8127")]
    [InlineData("JOHAB", "d95c")]
    [InlineData("JOHAB", "8fa127")]
    public void Bytes_that_are_no_character_are_refused(string encoding, string hex)
    {
        byte[] bytes = [.. "a'"u8, .. Convert.FromHexString(hex)];

        Assert.Throws<DecoderFallbackException>(() => TextEncoding.Of(encoding).GetString(bytes));
    }

    [Fact]
    public void A_character_that_is_not_of_the_encoding_is_not_written() =>
        Assert.Throws<EncoderFallbackException>(() => TextEncoding.Of("SJIS").GetBytes("é"));

    /// <summary>Quoted names and literals are one token each for psql's rules, whatever is in them.</summary>
    [Theory, MemberData(nameof(Encodings))]
    public void What_is_quoted_ends_where_it_is_meant_to(string encoding)
    {
        Encoding held = TextEncoding.Of(encoding);
        ForEachText(encoding, (text, characters) =>
        {
            string value = held.GetString(characters.Bytes(text));
            string[] quoted =
            [
                SqlText.Literal(value), SqlText.LiteralAnywhere(value),
                SqlText.QuotedName(value), SqlText.DollarQuoted(value),
            ];
            string script = $"select {string.Join(", ", quoted)};select 2;";
            List<string> parts = ScriptParts.Of(held.GetBytes(script), 7, reader => reader.Encoding = encoding);

            Assert.Equal(
                [Encoding.Latin1.GetString(held.GetBytes(script))[..^9], "select 2;"],
                parts.Select(static part => part[(part.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        });
    }

    /// <summary>A row of COPY as INSERT is what the same row in UTF-8 is.</summary>
    [Theory, MemberData(nameof(Encodings))]
    public void Rows_become_the_same_statements_as_in_utf8(string encoding)
    {
        ForEachText(encoding, (text, characters) =>
        {
            string row = $"{CopyEscaped(text)}\t{CopyEscaped(text)}x\n\\N\t{CopyEscaped(text)}\n";
            foreach (bool isStandard in (bool[])[true, false])
            {
                string expected = Encoding.UTF8.GetString(Inserted("UTF8", isStandard, Encoding.UTF8.GetBytes(row), int.MaxValue));

                foreach (int pieceSize in (int[])[1, 3, int.MaxValue])
                {
                    Assert.Equal(characters.Bytes(expected), Inserted(encoding, isStandard, characters.Bytes(row), pieceSize));
                }
            }
        });
    }

    [Theory]
    [InlineData("SJIS", "8127")]
    [InlineData("BIG5", "a527")]
    [InlineData("GBK", "8127")]
    [InlineData("GB18030", "8130")]
    public void A_value_that_is_no_text_of_the_encoding_becomes_no_statement(string encoding, string hex)
    {
        byte[] rows = [.. "a\t"u8, .. Convert.FromHexString(hex), .. "); drop table t; --\n"u8];

        PureDumpException error = Assert.Throws<PureDumpException>(() => Inserted(encoding, true, rows, int.MaxValue));

        Assert.Equal(ErrorKind.ArchiveDamaged, error.Kind);
        Assert.Equal($"a value of public.t, in {encoding}, holds bytes that are no character", error.Message);
    }

    /// <summary>The statements of an archive's data are cut where those in UTF-8 are.</summary>
    [Theory, MemberData(nameof(Encodings))]
    public void Statements_of_an_archive_are_cut_where_the_same_in_utf8_are(string encoding)
    {
        ForEachText(encoding, (text, characters) =>
        {
            string doubled = text.Replace("'", "''", StringComparison.Ordinal);
            string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
            string statements = $"INSERT INTO t VALUES ('{doubled}');\nINSERT INTO t VALUES (E'{escaped}');\n";

            Assert.Equal(2, Counted("UTF8", Encoding.UTF8.GetBytes(statements)));
            Assert.Equal(2, Counted(encoding, characters.Bytes(statements)));
        });
    }

    // WIN936 is GBK by another name, as long as LATIN1, in which any bytes can be written.
    [Theory]
    [InlineData("\u0081'")]
    [InlineData("x\u0081")]
    public void Archives_with_text_that_is_none_of_their_encoding_are_refused(string name)
    {
        TocEntry entry = Entry(1, EntryKind.Table, name, "CREATE TABLE x ();\n");
        TocEntry encoding = Entry(2, EntryKind.Encoding, "ENCODING", "SET client_encoding = 'LATIN1';\n");
        var toc = new Toc(Origin("LATIN1"), [encoding, entry]);
        var output = new ArrayBufferWriter<byte>();
        TocFormat.Write(toc, output);

        AssertDamaged(() => TocFormat.Read(Renamed(output.WrittenSpan), output.WrittenCount));
        using var stored = new MemoryStream();
        var archive = new PgArchiveOutput(stored, "archive");
        PgToc.Of(toc, PgArchiveFormat.Custom, new PgArchiveSettings()).Write(archive);
        archive.Flush();
        AssertDamaged(() => PgToc.Read(new PgArchiveInput(new MemoryStream(Renamed(stored.ToArray())), "archive"), PgArchiveFormat.Custom));
    }

    [Fact]
    public void Archives_with_binary_rows_in_such_an_encoding_are_refused()
    {
        TableRows rows = Table() with { Format = RowFormat.Binary };
        var entry = new TocEntry { Id = new DumpId(1), Kind = EntryKind.TableData, Name = "t", Section = Section.Data, Rows = rows };
        var output = new ArrayBufferWriter<byte>();
        TocFormat.Write(new Toc(Origin("LATIN1"), [entry]), output);

        Assert.Equal(RowFormat.Binary, TocFormat.Read(output.WrittenSpan, output.WrittenCount).Entries[0].Rows!.Format);
        AssertDamaged(() => TocFormat.Read(Renamed(output.WrittenSpan), output.WrittenCount));
    }

    private static TocEntry Entry(int id, string kind, string name, string sql) =>
        new() { Id = new DumpId(id), Kind = kind, Name = name, Section = Section.PreData, CreateSql = sql };

    private static byte[] Renamed(ReadOnlySpan<byte> archive)
    {
        byte[] renamed = archive.ToArray();
        "WIN936"u8.CopyTo(renamed.AsSpan(renamed.AsSpan().IndexOf("LATIN1"u8)));
        return renamed;
    }

    private static void AssertDamaged(Action read) => Assert.Equal(ErrorKind.ArchiveDamaged, Assert.Throws<PureDumpException>(read).Kind);

    private static DumpOrigin Origin(string encoding) => new()
    {
        Database = "d",
        ServerVersion = "18.0",
        ServerVersionNumber = 180000,
        Encoding = encoding,
        StandardConformingStrings = true,
        Producer = "test",
    };

    private static TableRows Table() => new()
    {
        Schema = "public",
        Table = "t",
        Format = RowFormat.Text,
        Columns = [new("a", "text"), new("b", "text")],
        Insert = new InsertFacts([LiteralStyle.Quoted, LiteralStyle.Quoted], false),
    };

    private static int Counted(string encoding, byte[] statements)
    {
        using var pool = new RowBlockPool(1);
        using RowBlock block = pool.Rent(CancellationToken.None);
        new StatementReader(new MemoryStream(statements), encoding, hasStandardStrings: true, "t").Read(block);
        return block.RowCount;
    }

    private static byte[] Inserted(string encoding, bool isStandard, byte[] rows, int pieceSize)
    {
        DumpOrigin origin = Origin(encoding) with { StandardConformingStrings = isStandard };
        var writer = new InsertWriter(Table(), new ScriptOptions(), origin);
        var output = new MemoryStream();
        for (int at = 0; at < rows.Length; at += Math.Min(pieceSize, rows.Length - at))
        {
            writer.Write(rows.AsSpan(at, Math.Min(pieceSize, rows.Length - at)), output);
        }

        writer.End(output);
        return output.ToArray();
    }

    // Of ASCII and characters whose later bytes look like it.
    private static void ForEachText(string encoding, Action<string, ClientEncodingText> visit)
    {
        for (int seed = 0; seed < TextCount; seed++)
        {
            var random = new Random(seed);
            var characters = new ClientEncodingText(encoding, random, isValid: true);
            int length = random.Next(12);
            char Next() => random.Next(2) == 0 ? characters.Draw(random) : "'\"\\$;az-"[random.Next(8)];
            visit(string.Concat(Enumerable.Range(0, length).Select(_ => Next())), characters);
        }
    }

    private static string CopyEscaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal);

    private sealed class OneByteStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
    }
}
