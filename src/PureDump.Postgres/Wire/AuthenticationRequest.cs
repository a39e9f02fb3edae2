using System.Buffers.Binary;
using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>The body of an 'R' message: what the server wants of the client before it lets it in.</summary>
/// <param name="Code">The kind of request, one of the constants.</param>
/// <param name="Data">What comes after the code: a salt, a list of mechanisms, a SASL message.</param>
internal readonly record struct AuthenticationRequest(int Code, ReadOnlyMemory<byte> Data)
{
    public const int Ok = 0;
    public const int CleartextPassword = 3;
    public const int Md5Password = 5;
    public const int Sasl = 10;
    public const int SaslContinue = 11;
    public const int SaslFinal = 12;

    private const int CodeSize = 4;
    private const int Md5SaltSize = 4;

    /// <summary>True where the answer needs a password.</summary>
    public bool WantsPassword => Code is CleartextPassword or Md5Password or Sasl;

    /// <summary>Reads the body of an 'R' message.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.Protocol"/>: too short, or of the wrong length for its kind.</exception>
    public static AuthenticationRequest Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Length < CodeSize)
        {
            throw new PureDumpException(ErrorKind.Protocol, $"authentication request of {body.Length} bytes, expected at least {CodeSize}");
        }

        int code = BinaryPrimitives.ReadInt32BigEndian(body.Span);
        int? expectedSize = code switch { Ok or CleartextPassword => 0, Md5Password => Md5SaltSize, _ => null };
        ReadOnlyMemory<byte> data = body[CodeSize..];
        return expectedSize is { } size && size != data.Length
            ? throw new PureDumpException(
                ErrorKind.Protocol,
                $"authentication request {code} has {data.Length} bytes of data, expected {size}")
            : new AuthenticationRequest(code, data);
    }

    /// <summary>The mechanisms of a <see cref="Sasl"/> request.</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.Protocol"/>: the list has no end.</exception>
    public List<string> Mechanisms()
    {
        var mechanisms = new List<string>();
        ReadOnlySpan<byte> rest = Data.Span;
        while (true)
        {
            int end = rest.IndexOf((byte)0);
            if (end < 0)
            {
                throw new PureDumpException(ErrorKind.Protocol, "the server's list of SASL mechanisms has no end");
            }

            if (end == 0)
            {
                return mechanisms;
            }

            if (mechanisms.Count == WireLimits.SaslMechanismCountMax)
            {
                throw new PureDumpException(
                    ErrorKind.Protocol,
                    $"the server offers more than {WireLimits.SaslMechanismCountMax} SASL mechanisms");
            }

            mechanisms.Add(Encoding.UTF8.GetString(rest[..end]));
            rest = rest[(end + 1)..];
        }
    }

    /// <summary>What a kind of request PureDump does not support is called.</summary>
    public static string Name(int code) => code switch
    {
        2 => "Kerberos V5",
        6 => "SCM credential",
        7 or 8 => "GSSAPI",
        9 => "SSPI",
        _ => $"unknown ({code})",
    };
}
