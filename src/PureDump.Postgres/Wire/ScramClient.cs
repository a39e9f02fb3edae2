using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>
/// The client's side of SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677): three messages as text, and the proof
/// that the server knows the password too. No input or output of its own.
/// </summary>
internal sealed class ScramClient
{
    /// <summary>
    /// More rounds than any server asks for (PostgreSQL's default is 4096); a hostile one could otherwise keep the
    /// processor busy for hours.
    /// </summary>
    public const int IterationsMax = 10_000_000;

    private const int NonceSize = 18;
    private const int HashSize = 32;

    private readonly string _header;
    private readonly byte[] _binding;
    private readonly string _clientNonce;
    private string _authenticationMessage = "";
    private byte[] _serverKey = [];

    /// <summary>A login of its own, with a fresh nonce.</summary>
    /// <param name="channelBinding">The tls-server-end-point data for -PLUS, or null for plain SCRAM.</param>
    /// <param name="couldBind">Without a binding: whether the client would have bound had the server offered it.</param>
    public ScramClient(byte[]? channelBinding, bool couldBind)
        : this(channelBinding, couldBind, Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceSize)))
    {
    }

    /// <summary>The same with a given nonce, for tests against published vectors.</summary>
    internal ScramClient(byte[]? channelBinding, bool couldBind, string clientNonce)
    {
        // The "y" lets the server notice that somebody between took its offer of channel binding away.
        _header = channelBinding is not null ? "p=tls-server-end-point,," : couldBind ? "y,," : "n,,";
        _binding = channelBinding ?? [];
        _clientNonce = clientNonce;
    }

    /// <summary>True once the server has proved that it knows the password.</summary>
    public bool IsServerProved { get; private set; }

    /// <summary>The first message of the client. The user name is empty: PostgreSQL takes the one of the start-up message.</summary>
    public string First() => $"{_header}n=,r={_clientNonce}";

    /// <summary>Answers the server's first message with the proof.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.Protocol"/>: the message breaks the rules of SCRAM.</exception>
    public string Final(ReadOnlySpan<byte> serverFirst, string password)
    {
        string text = Text(serverFirst);
        ReadOnlySpan<char> rest = text;
        ReadOnlySpan<char> nonce = Attribute(ref rest, 'r');
        ReadOnlySpan<char> saltText = Attribute(ref rest, 's');
        ReadOnlySpan<char> iterationsText = Attribute(ref rest, 'i');
        if (nonce.Length <= _clientNonce.Length || !nonce.StartsWith(_clientNonce, StringComparison.Ordinal))
        {
            throw Broken("its nonce does not begin with the client's");
        }

        byte[] salt = Base64(saltText, "salt");
        if (!int.TryParse(iterationsText, NumberStyles.None, CultureInfo.InvariantCulture, out int iterations) || iterations < 1)
        {
            throw Broken("its iteration count is not a number");
        }

        if (iterations > IterationsMax)
        {
            throw Broken($"it asks for {iterations} iterations, more than the limit of {IterationsMax}");
        }

        byte[] header = Encoding.ASCII.GetBytes(_header);
        string withoutProof = $"c={Convert.ToBase64String([.. header, .. _binding])},r={nonce}";
        _authenticationMessage = $"n=,r={_clientNonce},{text},{withoutProof}";

        byte[] salted = Rfc2898DeriveBytes.Pbkdf2(SaslPrep.Encode(password), salt, iterations, HashAlgorithmName.SHA256, HashSize);
        byte[] clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        byte[] signature = HMACSHA256.HashData(SHA256.HashData(clientKey), Encoding.UTF8.GetBytes(_authenticationMessage));
        _serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
        for (int index = 0; index < HashSize; index++)
        {
            clientKey[index] ^= signature[index];
        }

        return $"{withoutProof},p={Convert.ToBase64String(clientKey)}";
    }

    /// <summary>Checks the server's last message.</summary>
    /// <exception cref="PureDumpException">
    /// <see cref="ErrorKind.Authentication"/>: the server does not know the password, or says the client does not.
    /// <see cref="ErrorKind.Protocol"/>: the message breaks the rules of SCRAM.
    /// </exception>
    public void Verify(ReadOnlySpan<byte> serverFinal)
    {
        if (_serverKey.Length == 0)
        {
            throw Broken("its last message came before its first");
        }

        ReadOnlySpan<char> rest = Text(serverFinal);
        if (rest.StartsWith("e=", StringComparison.Ordinal))
        {
            throw new PureDumpException(ErrorKind.Authentication, $"the server ended the SCRAM login: {rest[2..]}");
        }

        byte[] signature = Base64(Attribute(ref rest, 'v'), "signature");
        byte[] expected = HMACSHA256.HashData(_serverKey, Encoding.UTF8.GetBytes(_authenticationMessage));
        if (!CryptographicOperations.FixedTimeEquals(signature, expected))
        {
            throw new PureDumpException(
                ErrorKind.Authentication,
                "the server's SCRAM signature is wrong: it does not know the password and may not be the server it claims to be");
        }

        IsServerProved = true;
    }

    private static string Text(ReadOnlySpan<byte> message)
    {
        // Printable ASCII is all the grammar allows in what PostgreSQL sends, and it makes characters and bytes the same.
        foreach (byte value in message)
        {
            if (value is < 0x20 or > 0x7E)
            {
                throw Broken($"it holds byte 0x{value:x2}");
            }
        }

        return Encoding.ASCII.GetString(message);
    }

    private static ReadOnlySpan<char> Attribute(ref ReadOnlySpan<char> rest, char name)
    {
        if (rest.Length < 2 || rest[0] != name || rest[1] != '=')
        {
            throw Broken($"attribute \"{name}\" is missing");
        }

        int end = rest.IndexOf(',') is var comma && comma >= 0 ? comma : rest.Length;
        ReadOnlySpan<char> value = rest[2..end];
        rest = end < rest.Length ? rest[(end + 1)..] : default;
        return value;
    }

    private static byte[] Base64(ReadOnlySpan<char> text, string what)
    {
        byte[] bytes = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64Chars(text, bytes, out int length) && length > 0
            ? bytes[..length]
            : throw Broken($"its {what} is not base64");
    }

    private static PureDumpException Broken(string what) => new(ErrorKind.Protocol, $"malformed SCRAM message of the server: {what}");
}
