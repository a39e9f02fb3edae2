using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Wire;
using Xunit;

namespace PureDump.Tests.Wire;

public sealed class LoginExchangeTests
{
    private static readonly byte[] s_binding = [1, 2, 3, 4, 5];

    [Fact]
    public void Md5_hashes_the_password_with_the_user_and_the_salt()
    {
        // md5(md5("secret" || "ann") || 0x01020304), worked out elsewhere.
        Assert.Equal("md59009ce60b9ca97f1e752376843d1309e", Encoding.ASCII.GetString(LoginExchange.Md5("ann", "secret", [1, 2, 3, 4])));
    }

    [Theory]
    [InlineData(false, false, "n,,", "SCRAM-SHA-256")]
    [InlineData(true, false, "y,,", "SCRAM-SHA-256")]
    [InlineData(true, true, "p=tls-server-end-point,,", "SCRAM-SHA-256-PLUS")]
    public void Scram_proves_both_sides_and_binds_where_it_can(bool isTls, bool isPlusOffered, string header, string mechanism)
    {
        var login = new LoginExchange(Target(), "secret", isTls, isTls ? s_binding : null);
        var server = new ScramPeer("secret");

        byte[] first = login.Answer(Request(10, isPlusOffered ? "SCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0" : "SCRAM-SHA-256\0\0"))!;
        int nameEnd = Array.IndexOf(first, (byte)0, 5);
        Assert.Equal(mechanism, Encoding.ASCII.GetString(first[5..nameEnd]));
        string firstText = Encoding.ASCII.GetString(first[(nameEnd + 5)..]);
        Assert.StartsWith(header, firstText);

        byte[] second = login.Answer(Request(11, server.First(firstText[header.Length..])))!;
        string binding = Convert.ToBase64String([.. Encoding.ASCII.GetBytes(header), .. isPlusOffered ? s_binding : []]);
        string proof = server.Final(Encoding.ASCII.GetString(second[5..]), binding);
        Assert.Null(login.Answer(Request(12, proof)));
        Assert.Null(login.Answer(Request(0, "")));
        Assert.True(login.IsDone);
    }

    [Fact]
    public void A_server_that_does_not_know_the_password_is_not_believed()
    {
        LoginExchange login = AtProof(out _);

        Assert.Contains(
            "signature is wrong",
            Refused(ErrorKind.Authentication, () => login.Answer(Request(12, "v=" + Convert.ToBase64String(new byte[32])))).Message);
    }

    [Fact]
    public void A_server_may_not_skip_its_proof()
    {
        LoginExchange login = AtProof(out _);

        Assert.Contains("without a proof", Refused(ErrorKind.Authentication, () => login.Answer(Request(0, ""))).Message);
    }

    [Theory]
    [InlineData("s=AAAA,i=1", "attribute \"r\" is missing")]
    [InlineData("m=ext,r={0}x,s=AAAA,i=1", "attribute \"r\" is missing")]
    [InlineData("r=other,s=AAAA,i=1", "nonce")]
    [InlineData("r={0},s=AAAA,i=1", "nonce")]
    [InlineData("r={0}x,s=!!!,i=1", "salt is not base64")]
    [InlineData("r={0}x,s=,i=1", "salt is not base64")]
    [InlineData("r={0}x,s=AAAA,i=0", "iteration count")]
    [InlineData("r={0}x,s=AAAA,i=-1", "iteration count")]
    [InlineData("r={0}x,s=AAAA", "attribute \"i\" is missing")]
    [InlineData("r={0}x,s=AAAA,i=10000001", "more than the limit")]
    [InlineData("r={0}x,s=AAAA,i=2147483647", "more than the limit")]
    [InlineData("r={0}\n,s=AAAA,i=1", "byte 0x0a")]
    [InlineData("", "attribute \"r\" is missing")]
    public void A_malformed_first_message_of_scram_is_named(string message, string expected)
    {
        var scram = new ScramClient(null, couldBind: false, "nonce");
        byte[] bytes = Encoding.ASCII.GetBytes(message.Replace("{0}", "nonce", StringComparison.Ordinal));

        Assert.Contains(expected, Refused(ErrorKind.Protocol, () => scram.Final(bytes, "secret")).Message);
    }

    [Fact]
    public void Where_channel_binding_is_required_nothing_else_gets_an_answer()
    {
        ConnectionTarget target = Target("channel_binding=require");
        foreach (
            AuthenticationRequest request in new[] { Request(0, ""), Request(3, ""), Request(5, "salt"), Request(10, "SCRAM-SHA-256\0\0") }
        )
        {
            var login = new LoginExchange(target, "secret", isTls: true, s_binding);
            Assert.Contains("channel_binding=require", Refused(ErrorKind.Authentication, () => login.Answer(request)).Message);
        }

        Assert.NotNull(new LoginExchange(target, "secret", isTls: true, s_binding).Answer(Request(10, "SCRAM-SHA-256-PLUS\0\0")));
    }

    [Fact]
    public void A_login_that_require_auth_does_not_allow_gets_no_answer()
    {
        ConnectionTarget target = Target("require_auth=scram-sha-256");
        foreach (AuthenticationRequest request in new[] { Request(0, ""), Request(3, ""), Request(5, "salt") })
        {
            var login = new LoginExchange(target, "secret", isTls: false, null);
            Assert.Contains("require_auth=scram-sha-256", Refused(ErrorKind.Authentication, () => login.Answer(request)).Message);
        }
    }

    [Fact]
    public void A_password_that_is_wanted_and_not_there_is_an_error_with_a_hint()
    {
        foreach (AuthenticationRequest request in new[] { Request(3, ""), Request(5, "salt"), Request(10, "SCRAM-SHA-256\0\0") })
        {
            var login = new LoginExchange(Target(), null, isTls: false, null);
            Assert.Contains("PGPASSWORD", Refused(ErrorKind.Authentication, () => login.Answer(request)).Hint);
        }
    }

    [Fact]
    public void A_server_may_ask_for_one_login_only()
    {
        var login = new LoginExchange(Target(), "secret", isTls: false, null);
        _ = login.Answer(Request(5, "salt"));

        Assert.Contains("after it asked for another", Refused(ErrorKind.Protocol, () => login.Answer(Request(3, ""))).Message);
    }

    [Fact]
    public void A_sasl_message_out_of_turn_is_named()
    {
        var login = new LoginExchange(Target(), "secret", isTls: false, null);

        Refused(ErrorKind.Protocol, () => login.Answer(Request(11, "r=")));
        Refused(ErrorKind.Protocol, () => login.Answer(Request(12, "v=")));
    }

    [Fact]
    public void Any_request_is_answered_or_refused_by_name()
    {
        string[] pieces = ["SCRAM-SHA-256", "SCRAM-SHA-256-PLUS", "\0", "r=", "s=", "i=", "v=", "e=", ",", "AAAA", "1", "=", "x"];
        var random = new Random(20260104);
        ConnectionTarget target = Target();
        for (int round = 0; round < 8_000; round++)
        {
            var login = new LoginExchange(target, "secret", random.Next(2) == 0, random.Next(2) == 0 ? s_binding : null);
            try
            {
                for (int step = 0; step < 4; step++)
                {
                    string text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]));
                    byte[] body = [0, 0, 0, (byte)random.Next(14), .. Encoding.ASCII.GetBytes(text)];
                    _ = login.Answer(AuthenticationRequest.Parse(body.AsMemory(0, random.Next(body.Length + 1))));
                }
            }
            catch (PureDumpException error)
            {
                Assert.True(error.Kind is ErrorKind.Protocol or ErrorKind.Authentication, $"round {round}: {error}");
            }
        }
    }

    private static LoginExchange AtProof(out ScramPeer server)
    {
        var login = new LoginExchange(Target(), "secret", isTls: false, null);
        server = new ScramPeer("secret");
        byte[] first = login.Answer(Request(10, "SCRAM-SHA-256\0\0"))!;
        _ = login.Answer(Request(11, server.First(Encoding.ASCII.GetString(first[(5 + 14 + 4 + 3)..]))));
        return login;
    }

    private static AuthenticationRequest Request(int code, string data)
    {
        byte[] body = new byte[4 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(body, code);
        Encoding.ASCII.GetBytes(data, body.AsSpan(4));
        return AuthenticationRequest.Parse(body);
    }

    private static ConnectionTarget Target(string conninfo = "") => ConnectionTarget.Resolve(
        new ConnectionArguments { Database = $"user=ann host=db {conninfo}" },
        _ => null);

    private static PureDumpException Refused(ErrorKind kind, Action action)
    {
        PureDumpException error = Assert.Throws<PureDumpException>(action);
        Assert.Equal(kind, error.Kind);
        return error;
    }

    /// <summary>The server's side of SCRAM, from RFC 5802, as a server with the stored keys does it.</summary>
    private sealed class ScramPeer(string password)
    {
        private const int Iterations = 4096;

        private readonly byte[] _salt = RandomNumberGenerator.GetBytes(16);
        private string _messages = "";

        public string First(string clientFirstBare)
        {
            string nonce = clientFirstBare[(clientFirstBare.IndexOf("r=", StringComparison.Ordinal) + 2)..];
            string first = $"r={nonce}server,s={Convert.ToBase64String(_salt)},i={Iterations}";
            _messages = $"{clientFirstBare},{first}";
            return first;
        }

        public string Final(string clientFinal, string expectedBinding)
        {
            int proofStart = clientFinal.LastIndexOf(",p=", StringComparison.Ordinal);
            Assert.StartsWith($"c={expectedBinding},r=", clientFinal);
            byte[] message = Encoding.ASCII.GetBytes($"{_messages},{clientFinal[..proofStart]}");
            byte[] salted = Rfc2898DeriveBytes.Pbkdf2(password, _salt, Iterations, HashAlgorithmName.SHA256, 32);
            byte[] storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
            byte[] clientKey = Convert.FromBase64String(clientFinal[(proofStart + 3)..]);
            byte[] signature = HMACSHA256.HashData(storedKey, message);
            for (int index = 0; index < clientKey.Length; index++)
            {
                clientKey[index] ^= signature[index];
            }

            Assert.Equal(storedKey, SHA256.HashData(clientKey));
            return "v=" + Convert.ToBase64String(HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), message));
        }
    }
}
