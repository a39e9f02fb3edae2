using System.Text;
using PureDump.Formats.Errors;
using PureDump.Postgres.Wire;
using Xunit;

namespace PureDump.Tests.Wire;

public sealed class ServerMessageTests
{
    [Fact]
    public void Every_field_of_an_error_is_read()
    {
        ServerMessage message = Parse(
            "SFEHLER", "VERROR", "C23505", "Mduplicate key", "DKey (a)=(1) already exists.", "Htry another", "P15", "p3",
            "qselect 1", "WCOPY t, line 2", "spublic", "tt", "ca", "dinteger", "nt_pkey", "Fnbtinsert.c", "L666", "R_bt_check_unique");

        Assert.Equal("ERROR", message.Severity);
        Assert.Equal("23505", message.SqlState);
        Assert.Equal("duplicate key", message.Message);
        Assert.Equal("Key (a)=(1) already exists.", message.Detail);
        Assert.Equal("try another", message.Hint);
        Assert.Equal(15, message.Position);
        Assert.Equal(3, message.InternalPosition);
        Assert.Equal("select 1", message.InternalQuery);
        Assert.Equal("COPY t, line 2", message.Where);
        Assert.Equal("public", message.SchemaName);
        Assert.Equal("t", message.TableName);
        Assert.Equal("a", message.ColumnName);
        Assert.Equal("integer", message.DataTypeName);
        Assert.Equal("t_pkey", message.ConstraintName);
        Assert.False(message.IsFatal);
    }

    [Fact]
    public void The_translated_severity_never_wins_over_the_untranslated_one()
    {
        Assert.Equal("FATAL", Parse("VFATAL", "SSCHWERWIEGEND").Severity);
        Assert.Equal("FATAL", Parse("SSCHWERWIEGEND", "VFATAL").Severity);
        Assert.True(Parse("SSCHWERWIEGEND", "VFATAL").IsFatal);
    }

    [Theory]
    [InlineData("28P01", ErrorKind.Authentication)]
    [InlineData("28000", ErrorKind.Authentication)]
    [InlineData("42501", ErrorKind.Permission)]
    [InlineData("55P03", ErrorKind.Lock)]
    [InlineData("3D000", ErrorKind.NotFound)]
    [InlineData("57P01", ErrorKind.Connection)]
    [InlineData("57P03", ErrorKind.Connection)]
    [InlineData("08006", ErrorKind.Connection)]
    [InlineData("57014", ErrorKind.Server)]
    [InlineData("42P01", ErrorKind.Server)]
    [InlineData("", ErrorKind.Server)]
    public void The_sqlstate_decides_the_kind_of_error(string sqlState, ErrorKind expected)
    {
        PureDumpException error = Parse("SERROR", "C" + sqlState, "Mno").ToException(null);

        Assert.Equal(expected, error.Kind);
        Assert.Equal(sqlState, error.SqlState);
    }

    [Fact]
    public void An_exception_names_what_was_done_and_keeps_detail_and_hint()
    {
        PureDumpException error = Parse("SERROR", "C42P01", "Mrelation does not exist", "Dit never did", "Hcreate it")
            .ToException("table public.t");

        Assert.Equal("table public.t: relation does not exist (it never did)", error.Message);
        Assert.Equal("create it", error.Hint);
    }

    [Fact]
    public void A_message_without_terminator_is_a_protocol_error()
    {
        byte[] whole = Body("SERROR", "C42P01", "Mno");
        for (int length = 0; length < whole.Length; length++)
        {
            var error = Assert.Throws<PureDumpException>(() => ServerMessage.Parse(whole.AsSpan(0, length)));
            Assert.Equal(ErrorKind.Protocol, error.Kind);
        }
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_by_name()
    {
        var random = new Random(20260101);
        for (int round = 0; round < 8_000; round++)
        {
            byte[] bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            if (round % 2 == 0)
            {
                for (int index = 0; index < bytes.Length; index++)
                {
                    bytes[index] = "SVCMDHPpqWstcdn\0\0\0"u8[bytes[index] % 18];
                }
            }

            try
            {
                Assert.NotNull(ServerMessage.Parse(bytes).ToException("fuzz").Message);
            }
            catch (PureDumpException error)
            {
                Assert.Equal(ErrorKind.Protocol, error.Kind);
            }
        }
    }

    private static ServerMessage Parse(params string[] fields) => ServerMessage.Parse(Body(fields));

    private static byte[] Body(params string[] fields) =>
        Encoding.UTF8.GetBytes(string.Concat(fields.Select(field => field + "\0")) + "\0");
}
