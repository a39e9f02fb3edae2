using PureDump.Formats.Errors;
using PureDump.Postgres.Wire;
using Xunit;

namespace PureDump.Tests.Wire;

public sealed class StartupMessagesTests
{
    [Fact]
    public void Messages_have_the_bytes_of_the_documentation()
    {
        Assert.Equal([0, 0, 0, 8, 4, 210, 22, 47], StartupMessages.TlsRequest());
        Assert.Equal([0, 0, 0, 16, 4, 210, 22, 46, 0, 0, 1, 2, 9, 8, 7, 6], StartupMessages.CancelRequest(258, [9, 8, 7, 6]));
        Assert.Equal([(byte)'p', 0, 0, 0, 7, (byte)'p', (byte)'w', 0], StartupMessages.Password("pw"u8));
        Assert.Equal([(byte)'Q', 0, 0, 0, 7, (byte)';', (byte)';', 0], StartupMessages.Query(";;"));
        Assert.Equal([0, 0, 0, 14, 0, 3, 0, 0, (byte)'a', 0, (byte)'b', (byte)'c', 0, 0], StartupMessages.Startup([new("a", "bc")]));
        Assert.Equal(
            [(byte)'p', 0, 0, 0, 13, (byte)'M', 0, 0, 0, 0, 3, (byte)'n', (byte)',', (byte)','],
            StartupMessages.SaslInitialResponse("M", "n,,"));
    }

    [Fact]
    public void A_parameter_with_a_nul_is_refused()
    {
        Assert.Equal(
            ErrorKind.ConnectionOptions,
            Assert.Throws<PureDumpException>(() => StartupMessages.Startup([new("user", "a\0superuser")])).Kind);
    }

    [Fact]
    public void Any_body_is_read_or_refused_by_name()
    {
        var random = new Random(20260105);
        for (int round = 0; round < 10_000; round++)
        {
            byte[] body = new byte[random.Next(20)];
            random.NextBytes(body);
            for (int index = 0; index < body.Length; index++)
            {
                body[index] = random.Next(3) == 0 ? (byte)0 : body[index];
            }

            Try(() => StartupMessages.ParameterStatus(body));
            Try(() => StartupMessages.BackendKey(body));
            Try(() => StartupMessages.FirstColumn(body));
            Try(() => AuthenticationRequest.Parse(body).Mechanisms());
        }

        static void Try(Action read)
        {
            try
            {
                read();
            }
            catch (PureDumpException error)
            {
                Assert.Equal(ErrorKind.Protocol, error.Kind);
            }
        }
    }
}
