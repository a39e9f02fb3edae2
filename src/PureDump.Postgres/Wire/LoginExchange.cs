using System.Security.Cryptography;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Connection;

namespace PureDump.Postgres.Wire;

/// <summary>
/// The client's side of a login: each request of the server gives an answer or an error. Decides what the server may ask
/// for at all; does no input or output of its own.
/// </summary>
internal sealed class LoginExchange
{
    private const string Scram = "SCRAM-SHA-256";
    private const string ScramPlus = "SCRAM-SHA-256-PLUS";

    private readonly ConnectionTarget _target;
    private readonly string? _password;
    private readonly bool _isTls;
    private readonly byte[]? _channelBinding;
    private ScramClient? _scram;
    private bool _isChannelBound;
    private AuthenticationMethod _method = AuthenticationMethod.None;

    /// <summary>The login of one connection.</summary>
    /// <param name="target">Who logs in and what the server may ask for.</param>
    /// <param name="password">The password, or null where none is known.</param>
    /// <param name="isTls">Whether the connection is encrypted.</param>
    /// <param name="channelBinding">The binding data of the TLS connection, or null where it has none.</param>
    public LoginExchange(ConnectionTarget target, string? password, bool isTls, byte[]? channelBinding)
    {
        _target = target;
        _password = password;
        _isTls = isTls;
        _channelBinding = target.ChannelBinding == ChannelBinding.Disable ? null : channelBinding;
    }

    /// <summary>True once the server let the client in, and did so in a way the target allows.</summary>
    public bool IsDone { get; private set; }

    /// <summary>True where the server asked for a password.</summary>
    public bool UsesPassword => _method is AuthenticationMethod.Password or AuthenticationMethod.Md5 or AuthenticationMethod.ScramSha256;

    /// <summary>The message to send in answer to a request, or null where there is nothing to say.</summary>
    /// <exception cref="PureDumpException">
    /// <see cref="ErrorKind.Authentication"/>: the login is not possible or not allowed. <see cref="ErrorKind.Protocol"/>:
    /// the request makes no sense.
    /// </exception>
    public byte[]? Answer(AuthenticationRequest request)
    {
        if (IsDone)
        {
            throw new PureDumpException(ErrorKind.Protocol, $"authentication request {request.Code} after the login was done");
        }

        switch (request.Code)
        {
            case AuthenticationRequest.Ok:
                CheckDone();
                IsDone = true;
                return null;
            case AuthenticationRequest.CleartextPassword:
                Begin(AuthenticationMethod.Password, "the password in the clear");
                return StartupMessages.Password(TypedText.Encode(Password()));
            case AuthenticationRequest.Md5Password:
                Begin(AuthenticationMethod.Md5, "an MD5 hash of the password");
                return StartupMessages.Password(Md5(_target.User, Password(), request.Data.Span));
            case AuthenticationRequest.Sasl:
                return BeginSasl(request.Mechanisms());
            case AuthenticationRequest.SaslContinue when _scram is not null:
                return StartupMessages.SaslResponse(_scram.Final(request.Data.Span, Password()));
            case AuthenticationRequest.SaslFinal when _scram is not null:
                _scram.Verify(request.Data.Span);
                return null;
            case AuthenticationRequest.SaslContinue or AuthenticationRequest.SaslFinal:
                throw new PureDumpException(ErrorKind.Protocol, "SASL message of the server without a SASL login");
            default:
                throw new PureDumpException(
                    ErrorKind.Authentication,
                    $"the server asks for {AuthenticationRequest.Name(request.Code)} authentication, which is not supported",
                    "pg_hba.conf must offer this login trust, peer, cert, password, md5 or scram-sha-256");
        }
    }

    /// <summary>The answer to an MD5 request: "md5" and the hex of MD5(hex of MD5(password, user), salt).</summary>
    internal static byte[] Md5(string user, string password, ReadOnlySpan<byte> salt)
    {
        byte[] inner = MD5.HashData([.. TypedText.Encode(password), .. TypedText.Encode(user)]);
        byte[] outer = MD5.HashData([.. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(inner)), .. salt]);
        return Encoding.ASCII.GetBytes("md5" + Convert.ToHexStringLower(outer));
    }

    private byte[] BeginSasl(List<string> mechanisms)
    {
        bool isPlusOffered = mechanisms.Contains(ScramPlus);
        if (isPlusOffered && !_isTls)
        {
            throw new PureDumpException(ErrorKind.Protocol, $"the server offers {ScramPlus} on a connection without TLS");
        }

        if (isPlusOffered && _channelBinding is not null)
        {
            _isChannelBound = true;
            _scram = new ScramClient(_channelBinding, couldBind: true);
        }
        else if (mechanisms.Contains(Scram))
        {
            // Where channel binding is a must, no secret is given to a server that does not do it.
            CheckChannelBinding();
            _scram = new ScramClient(null, couldBind: _channelBinding is not null);
        }
        else
        {
            throw new PureDumpException(
                ErrorKind.Authentication,
                $"the server offers only SASL mechanisms that are not supported: {string.Join(", ", mechanisms)}");
        }

        Begin(AuthenticationMethod.ScramSha256, "a SCRAM-SHA-256 login");
        _ = Password();
        return StartupMessages.SaslInitialResponse(_isChannelBound ? ScramPlus : Scram, _scram.First());
    }

    private void Begin(AuthenticationMethod method, string what)
    {
        if (_method != AuthenticationMethod.None)
        {
            throw new PureDumpException(ErrorKind.Protocol, $"the server asks for {what} after it asked for another login");
        }

        if (method != AuthenticationMethod.ScramSha256)
        {
            CheckChannelBinding();
        }

        CheckAllowed(method, $"the server asks for {what}");
        _method = method;
    }

    private void CheckDone()
    {
        if (_scram is { IsServerProved: false })
        {
            throw new PureDumpException(
                ErrorKind.Authentication,
                "the server ended the SCRAM login without a proof that it knows the password");
        }

        if (_method == AuthenticationMethod.None)
        {
            CheckChannelBinding();
            CheckAllowed(AuthenticationMethod.None, "the server let the client in without asking for anything");
        }
    }

    private void CheckChannelBinding()
    {
        if (_target.ChannelBinding == ChannelBinding.Require && !_isChannelBound)
        {
            throw new PureDumpException(
                ErrorKind.Authentication,
                _isTls
                    ? "channel_binding=require, but the server does not offer a login with channel binding"
                    : "channel_binding=require, but the connection has no TLS",
                "the server must use TLS and scram-sha-256 for this login");
        }
    }

    private void CheckAllowed(AuthenticationMethod method, string what)
    {
        if (_target.RequireAuth is { } required && !required.Allows(method))
        {
            throw new PureDumpException(ErrorKind.Authentication, $"{what}, which require_auth={required} does not allow");
        }
    }

    private string Password() => _password is { Length: > 0 }
        ? _password
        : throw new PureDumpException(
            ErrorKind.Authentication,
            "the server wants a password and none was given",
            _target.PasswordHint);
}
