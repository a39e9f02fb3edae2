using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;

namespace PureDump.Tests.Script;

/// <summary>Rows of COPY's text format become INSERT statements, however they are cut into frames.</summary>
public sealed class InsertWriterTests
{
    private static readonly DumpOrigin s_origin = new()
    {
        Database = "d", ServerVersion = "18.0", ServerVersionNumber = 180000, Encoding = "UTF8", Producer = "test",
    };

    private static readonly TableRows s_rows = new()
    {
        Schema = "public",
        Table = "t",
        Columns = [new("a", "integer"), new("b", "text"), new("c", "boolean"), new("d", "bit varying")],
        Format = RowFormat.Text,
        Insert = new InsertFacts(
            [
                LiteralStyle.Number,
                LiteralStyle.Generated,
                LiteralStyle.Quoted,
                LiteralStyle.Boolean,
                LiteralStyle.Bits,
                LiteralStyle.Generated,
            ],
            OverridesSystemValue: false),
    };

    private const string Rows = "1\tx\\\\y'\\nz\\t\\b\tt\t101\n\\N\t\\N\t\\N\t\\N\nNaN\t\\\\N\tf\t\n";

    [Fact]
    public void Values_are_quoted_by_their_type_and_generated_columns_get_their_default() =>
        Assert.Equal(
            "INSERT INTO public.t VALUES (1, DEFAULT, 'x\\y''\nz\t\b', true, B'101', DEFAULT);\n"
            + "INSERT INTO public.t VALUES (NULL, DEFAULT, NULL, NULL, NULL, DEFAULT);\n"
            + "INSERT INTO public.t VALUES ('NaN', DEFAULT, '\\N', false, B'', DEFAULT);\n",
            Written(new ScriptOptions { Rows = RowStatements.Insert }, Rows.Length));

    [Fact]
    public void Named_columns_leave_generated_ones_out_and_rows_share_a_statement() =>
        Assert.Equal(
            "INSERT INTO public.t (a, b, c, d) VALUES\n\t(1, 'x\\y''\nz\t\b', true, B'101'),\n\t(NULL, NULL, NULL, NULL) ON CONFLICT DO "
            + "NOTHING;\n"
            + "INSERT INTO public.t (a, b, c, d) VALUES\n\t('NaN', '\\N', false, B'') ON CONFLICT DO NOTHING;\n",
            Written(new ScriptOptions { ColumnInserts = true, RowsPerInsert = 2, OnConflictDoNothing = true }, Rows.Length));

    [Fact]
    public void Any_cut_into_frames_gives_the_same_statements()
    {
        string whole = Written(new ScriptOptions(), Rows.Length);
        for (int size = 1; size < Rows.Length; size++)
        {
            Assert.Equal(whole, Written(new ScriptOptions(), size));
        }
    }

    [Fact]
    public void A_large_value_is_written_as_it_comes()
    {
        string value = string.Concat(Enumerable.Repeat("it's \\\\ a \\n row ", 20_000));
        var output = new MemoryStream();
        var writer = new InsertWriter(s_rows, new ScriptOptions(), s_origin);
        byte[] bytes = Encoding.UTF8.GetBytes($"1\t{value}");

        writer.Write(bytes, output);

        Assert.True(output.Length > bytes.Length - (1 << 16));
        writer.Write("\tt\t1\n"u8, output);
        string expected = value
            .Replace("'", "''", StringComparison.Ordinal)
            .Replace("\\\\", "\\", StringComparison.Ordinal)
            .Replace("\\n", "\n", StringComparison.Ordinal);
        Assert.Equal(
            $"INSERT INTO public.t VALUES (1, DEFAULT, '{expected}', true, B'1', DEFAULT);\n",
            Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Backslashes_are_doubled_where_strings_are_not_standard_conforming()
    {
        var output = new MemoryStream();
        new InsertWriter(s_rows, new ScriptOptions(), s_origin with { StandardConformingStrings = false })
            .Write("1\ta\\\\b\tt\t1\n2\ta\\nb\tt\t1\n"u8, output);

        Assert.Equal(
            "INSERT INTO public.t VALUES (1, DEFAULT, E'a\\\\b', true, B'1', DEFAULT);\nINSERT INTO public.t VALUES (2, DEFAULT, "
                + "'a\nb', true, B'1', DEFAULT);\n",
            Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Rows_whose_types_are_not_known_are_refused()
    {
        PureDumpException error = Assert.Throws<PureDumpException>(
            () => new InsertWriter(s_rows with { Insert = null }, new ScriptOptions(), s_origin));

        Assert.Equal(ErrorKind.Usage, error.Kind);
    }

    private static string Written(ScriptOptions options, int frameSize)
    {
        var output = new MemoryStream();
        var writer = new InsertWriter(s_rows, options, s_origin);
        byte[] bytes = Encoding.UTF8.GetBytes(Rows);
        for (int i = 0; i < bytes.Length; i += frameSize)
        {
            writer.Write(bytes.AsSpan(i, Math.Min(frameSize, bytes.Length - i)), output);
        }

        writer.End(output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
