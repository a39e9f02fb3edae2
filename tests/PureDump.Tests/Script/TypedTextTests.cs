using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Connection;

namespace PureDump.Tests.Script;

/// <summary>What is typed are bytes, and all of them come back.</summary>
public sealed class TypedTextTests
{
    private const int Seed = 7;

    [Fact]
    public void Any_bytes_can_be_had_back_and_no_two_texts_are_the_same()
    {
        var random = new Random(Seed);
        byte[] letters = [(byte)'a', (byte)'\\', 0x7f, 0x80, 0xbf, 0xc3, 0xa9, 0xe9, 0xed, 0xa0, 0xb2, 0xf0, 0x9f, 0x98, 0x80, 0xff];
        var texts = new Dictionary<string, string>();
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = new byte[random.Next(12)];
            foreach (ref byte value in bytes.AsSpan())
            {
                value = letters[random.Next(letters.Length)];
            }

            string text = TypedText.Decode(bytes);
            Assert.Equal(bytes, TypedText.Encode(text));
            Assert.Equal(System.Text.Unicode.Utf8.IsValid(bytes), TypedText.IsUtf8(text));
            string hex = Convert.ToHexString(bytes);
            Assert.Equal(hex, texts.TryAdd(text, hex) ? hex : texts[text]);
            Assert.Equal(Encoding.Latin1.GetString(bytes), TypedText.In("LATIN1", text));
        }
    }

    [Fact]
    public void A_byte_that_is_not_utf8_is_shown_as_its_number()
    {
        Assert.Equal(@"b\xe9.sql", TypedText.Shown("b\udce9.sql"));
        Assert.Equal(@"\x80\xff", TypedText.Shown("\udc80\udcff"));
        Assert.Equal("é\ud83d\udc80", TypedText.Shown("é\ud83d\udc80"));
    }

    [Fact]
    public void A_script_in_utf8_takes_no_name_that_is_not()
    {
        Assert.Equal(ErrorKind.Usage, Assert.Throws<PureDumpException>(() => TypedText.Written("UTF8", "r\udce9")).Kind);
        Assert.Equal("r\u00e9", TypedText.Written("LATIN1", "r\udce9"));
        Assert.Equal("r\u00c3\u00a9", TypedText.Written("LATIN1", "r\u00e9"));
    }

    [Fact]
    public void Bytes_of_a_uri_and_of_a_passfile_are_those_of_an_argument()
    {
        var values = new ConnectionValues();
        ConnectionUri.Read("postgresql://r%e9@h/d%E9\udce8", values);
        Assert.Equal(("r\udce9", "d\udce9\udce8"), (values["user"], values["dbname"]));

        using var file = new MemoryStream([.. "h:5432:*:r"u8, 0xe9, .. ":p"u8, 0xe8, (byte)'\n']);
        PassFile passFile = PassFile.Parse(TypedText.ReadLines(file));
        Assert.Equal("p\udce8", passFile.Find(new TargetHost("h", null, 5432), "x", "r\udce9"));
    }
}
