using System.Buffers.Binary;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Session;
using PureDump.Postgres.Wire;
using Xunit;

namespace PureDump.Tests.Wire;

/// <summary>Servers that send more than any has to say, or not what they were asked: a named error, and memory as before.</summary>
public sealed class WireLimitsTests
{
    private const long MemoryMax = 64 << 20;
    private const string VersionSql = "server_version_num";

    private static readonly byte[] s_ready = FakeServer.Message('Z', (byte)'I');

    /// <summary>What a server can answer to the question for its version that is none.</summary>
    public static TheoryData<string, byte[]> NoVersions { get; } = new()
    {
        { "NULL", Row((string?)null) },
        { "0 rows", [] },
        { "2 rows", [.. Row("170002"), .. Row("170002")] },
        { "a row of 2 columns", Row("170002", "170002") },
        { "a row of 0 columns", Row() },
        { "\"abc\" in place of a number", Row("abc") },
        { "\"\" in place of a number", Row("") },
        { "\"-1\" in place of a number", Row("-1") },
        { "\"99999999999999999999\" in place of a number", Row("99999999999999999999") },
        { "of the number 0", Row("0") },
        { "of the number 99999999999", Row("99999999999") },
        { "not in the encoding of the session", FakeServer.Message('D', 0, 1, 0, 0, 0, 1, 0xff) },
        { "malformed DataRow", FakeServer.Message('D', 0, 1, 0, 0, 0, 9) },
    };

    [Theory]
    [MemberData(nameof(NoVersions))]
    public void A_version_that_is_none_is_a_breach_of_the_protocol(string told, byte[] answer)
    {
        using var server = new FakeServer(stream =>
            Serve(stream, sql => sql.Contains(VersionSql, StringComparison.Ordinal) ? [.. answer, .. s_ready] : Answer("7")));
        PureDumpException error = Assert.Throws<PureDumpException>(() => ServerSession.Open(server.Target(), null, CancellationToken.None));

        Assert.Equal(ErrorKind.Protocol, error.Kind);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("seventeen")]
    [InlineData("99999999999")]
    public void A_version_at_the_login_that_is_none_is_one_too(string? version)
    {
        byte[] parameter = version is null ? [] : FakeServer.Parameter("server_version", version);
        using var server = new FakeServer(stream =>
        {
            _ = FakeServer.ReadStartup(stream);
            stream.Write([.. FakeServer.Authentication(0), .. parameter, .. FakeServer.Message('K', 0, 0, 0, 7, 1, 2, 3, 4), .. s_ready]);
            AnswerAll(stream, static _ => Answer("7"));
        });

        Assert.Equal(
            ErrorKind.Protocol,
            Assert.Throws<PureDumpException>(() => ServerSession.Open(server.Target(), null, CancellationToken.None)).Kind);
    }

    [Fact]
    public void Rows_without_end_for_a_question_of_one_row_are_not_held() => AssertProtocol(
        "larger than 16777216 bytes", Endless(Row("x")), static connection => connection.QueryValue("SELECT 1"));

    [Fact]
    public void Rows_without_end_that_nobody_wants_are_not_held()
    {
        byte[] rows = [.. Enumerable.Repeat(Row(new string('x', 1000)), 1000).SelectMany(static row => row)];
        using var server = new FakeServer(stream => Serve(stream, _ =>
        {
            for (int i = 0; i < 200; i++)
            {
                stream.Write(rows);
            }

            // One that is longer than any buffer.
            byte[] head = [(byte)'D', 0, 0, 0, 0];
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), 4 + (200 << 20));
            stream.Write(head);
            for (int i = 0; i < 200; i++)
            {
                stream.Write(new byte[1 << 20]);
            }

            return [.. Complete("SELECT 200001"), .. s_ready];
        }));

        AssertBounded(server, static connection => Assert.Equal("SELECT 200001", connection.Execute("SELECT 1")));
    }

    [Fact]
    public void Parameters_of_ever_new_names_are_not_held()
    {
        int number = 0;
        AssertProtocol(
            "more than 256 parameters",
            stream =>
            {
                while (true)
                {
                    stream.Write(FakeServer.Parameter($"p{number++}", "x"));
                }
            },
            static connection => connection.Execute("SELECT 1"));
    }

    [Fact]
    public void Parameters_of_ever_new_names_at_the_login_are_not_held()
    {
        using var server = new FakeServer(static stream =>
        {
            _ = FakeServer.ReadStartup(stream);
            stream.Write(FakeServer.Authentication(0));
            for (int i = 0; ; i++)
            {
                stream.Write(FakeServer.Parameter($"p{i}", "x"));
            }
        });
        PureDumpException error = Assert.Throws<PureDumpException>(() =>
            HostSearch.Open(server.Target(), StartupParameters.None, CancellationToken.None));

        Assert.Equal(ErrorKind.Protocol, error.Kind);
        Assert.Contains("more than 256 parameters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Notices_at_the_login_are_kept_as_far_as_somebody_reads_them()
    {
        byte[] notice = FakeServer.Message('N', Encoding.UTF8.GetBytes("SNOTICE\0C00000\0Mhello\0\0"));
        using var server = new FakeServer(stream =>
        {
            _ = FakeServer.ReadStartup(stream);
            stream.Write([
                .. FakeServer.Authentication(0),
                .. Enumerable.Repeat(notice, 10_000).SelectMany(static one => one),
                .. FakeServer.Welcome()[FakeServer.Authentication(0).Length..],
            ]);
            _ = stream.ReadByte();
        });
        using StartedConnection connection = HostSearch.Open(server.Target(), StartupParameters.None, CancellationToken.None);

        Assert.Equal(WireLimits.StartupNoticeCountMax, connection.Notices.Count);
    }

    /// <summary>Letters of one, two and four bytes: the text is cut between two of them.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("😀")]
    public void The_text_of_an_error_is_kept_up_to_a_limit(string letter)
    {
        const int length = 60 << 20;
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(letter, 1 << 10)));
        using var server = new FakeServer(stream => Serve(stream, _ =>
        {
            byte[] begin = Encoding.UTF8.GetBytes("SERROR\0VERROR\0C42601\0M");
            int count = length / text.Length;
            byte[] head = [(byte)'E', 0, 0, 0, 0];
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), 4 + begin.Length + (count * text.Length) + 2);
            stream.Write([.. head, .. begin]);
            for (int i = 0; i < count; i++)
            {
                stream.Write(text);
            }

            return [0, 0, .. s_ready];
        }));

        AssertBounded(server, connection =>
        {
            PureDumpException error = Assert.Throws<PureDumpException>(() => connection.Execute("SELECT 1"));
            Assert.Equal((ErrorKind.Server, "42601"), (error.Kind, error.SqlState));
            Assert.EndsWith($"{letter}...", error.Message, StringComparison.Ordinal);
            Assert.InRange(Encoding.UTF8.GetByteCount(error.Message), WireLimits.ReportSizeMax / 2, WireLimits.ReportSizeMax);
            Assert.Empty(error.Message.Replace(letter, "", StringComparison.Ordinal).Trim('.'));
        });
    }

    /// <summary>Every type but rows, errors and notices: its length alone is refused.</summary>
    [Theory]
    [InlineData('C')]
    [InlineData('S')]
    [InlineData('Z')]
    [InlineData('I')]
    [InlineData('A')]
    [InlineData('G')]
    [InlineData('H')]
    [InlineData('W')]
    [InlineData('1')]
    [InlineData('\0')]
    public void A_message_that_is_always_short_is_not_believed_when_it_is_long(char type) => AssertProtocol(
        "allowed are 4 to 30004",
        stream => stream.Write([(byte)type, 0x3f, 0xff, 0xff, 0xff]),
        static connection => connection.Execute("SELECT 1"));

    [Fact]
    public void A_result_of_as_many_columns_as_can_be_said_is_taken()
    {
        byte[] column = [0, .. new byte[18]];
        using var server = new FakeServer(stream =>
            Serve(
                stream,
                _ =>
                    [
                        .. FakeServer.Message('T', [0xff, 0xff, .. Enumerable.Repeat(column, 65535).SelectMany(static one => one)]),
                        .. Complete("SELECT 0"),
                        .. s_ready,
                    ]));
        using WireConnection connection = Open(server);
        var query = new SimpleQuery(connection, "SELECT"u8);

        Assert.Equal(QueryPart.Columns, query.Next());
        Assert.Equal(65535, query.Columns.Count);
    }

    [Fact]
    public void A_list_of_mechanisms_without_end_is_refused()
    {
        byte[] list = [.. Enumerable.Repeat("X\0"u8.ToArray(), 100_000).SelectMany(static one => one), 0];
        PureDumpException error = Assert.Throws<PureDumpException>(() =>
            new AuthenticationRequest(AuthenticationRequest.Sasl, list).Mechanisms());

        Assert.Equal(ErrorKind.Protocol, error.Kind);
        Assert.Contains("more than 32 SASL mechanisms", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("53300", ErrorKind.Connection)]
    [InlineData("53200", ErrorKind.Connection)]
    [InlineData("57P03", ErrorKind.Connection)]
    [InlineData("57P01", ErrorKind.Connection)]
    [InlineData("28P01", ErrorKind.Authentication)]
    [InlineData("3D000", ErrorKind.NotFound)]
    public void What_a_server_lets_nobody_in_for_is_told_by_its_kind(string sqlState, ErrorKind kind)
    {
        using var server = new FakeServer(stream =>
        {
            _ = FakeServer.ReadStartup(stream);
            stream.Write(FakeServer.Error(sqlState, "no"));
        });

        Assert.Equal(
            kind,
            Assert.Throws<PureDumpException>(() => HostSearch.Open(server.Target(), StartupParameters.None, CancellationToken.None)).Kind);
        Assert.Equal(1, server.ConnectionCount);
    }

    /// <summary>Only one that starts up or shuts down has not answered.</summary>
    [Theory]
    [InlineData("53300", false)]
    [InlineData("57P03", true)]
    public void A_server_without_a_slot_is_an_answer_and_the_next_host_is_not_asked(string sqlState, bool asksNext)
    {
        using var full = new FakeServer(stream =>
        {
            _ = FakeServer.ReadStartup(stream);
            stream.Write(FakeServer.Error(sqlState, "no"));
        });
        using var next = new FakeServer(static stream => Serve(stream, static _ => s_ready));
        ConnectionTarget target = full.Target($"host=127.0.0.1,127.0.0.1 port={full.Port},{next.Port}");
        if (asksNext)
        {
            HostSearch.Open(target, StartupParameters.None, CancellationToken.None).Dispose();
        }
        else
        {
            Assert.Throws<PureDumpException>(() => HostSearch.Open(target, StartupParameters.None, CancellationToken.None));
        }

        Assert.Equal(asksNext ? 1 : 0, next.ConnectionCount);
    }

    private static byte[] Row(params string?[] values)
    {
        var body = new List<byte> { 0, (byte)values.Length };
        foreach (string? value in values)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(value ?? "");
            byte[] length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, value is null ? -1 : bytes.Length);
            body.AddRange([.. length, .. bytes]);
        }

        return FakeServer.Message('D', [.. body]);
    }

    private static byte[] Complete(string tag) => FakeServer.Message('C', [.. Encoding.ASCII.GetBytes(tag), 0]);

    private static byte[] Answer(string value) => [.. Row(value), .. Complete("SELECT 1"), .. s_ready];

    private static Action<Stream> Endless(byte[] message) => stream =>
    {
        while (true)
        {
            stream.Write(message);
        }
    };

    private static void Serve(Stream stream, Func<string, byte[]> answer)
    {
        _ = FakeServer.ReadStartup(stream);
        stream.Write(FakeServer.Welcome());
        AnswerAll(stream, answer);
    }

    private static void AnswerAll(Stream stream, Func<string, byte[]> answer)
    {
        while (stream.ReadByte() == 'Q')
        {
            stream.Write(answer(Encoding.UTF8.GetString(FakeServer.ReadStartup(stream))));
        }
    }

    private static WireConnection Open(FakeServer server) =>
        new(HostSearch.Open(server.Target(), StartupParameters.None, CancellationToken.None));

    private static void AssertProtocol(string told, Action<Stream> answer, Action<WireConnection> ask)
    {
        using var server = new FakeServer(stream => Serve(stream, _ =>
        {
            answer(stream);
            return [];
        }));
        AssertBounded(server, connection =>
        {
            PureDumpException error = Assert.Throws<PureDumpException>(() => ask(connection));
            Assert.Equal(ErrorKind.Protocol, error.Kind);
            Assert.Contains(told, error.Message, StringComparison.Ordinal);
        });
    }

    // All that is taken on the way is taken on this thread.
    private static void AssertBounded(FakeServer server, Action<WireConnection> ask)
    {
        using WireConnection connection = Open(server);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ask(connection);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryMax);
    }
}
