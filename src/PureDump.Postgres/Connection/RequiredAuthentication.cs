namespace PureDump.Postgres.Connection;

/// <summary>
/// libpq's <c>require_auth</c>: the ways to log in that are allowed. Keeps a server that is not the right one from asking
/// for the password in the clear.
/// </summary>
internal sealed class RequiredAuthentication
{
    private readonly HashSet<AuthenticationMethod> _allowed;

    private RequiredAuthentication(HashSet<AuthenticationMethod> allowed, string text)
    {
        _allowed = allowed;
        Text = text;
    }

    /// <summary>The option as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a list such as <c>scram-sha-256,md5</c> or <c>!password,!none</c>; null where it cannot be read.</summary>
    public static RequiredAuthentication? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var named = new HashSet<AuthenticationMethod>();
        bool? isNegated = null;
        foreach (string item in text.Split(','))
        {
            string name = item.Trim();
            bool isThisNegated = name.StartsWith('!');
            if (isNegated is { } before && before != isThisNegated)
            {
                return null;
            }

            isNegated = isThisNegated;
            if (MethodOf(isThisNegated ? name[1..] : name) is not { } method || !named.Add(method))
            {
                return null;
            }
        }

        HashSet<AuthenticationMethod> allowed = isNegated == true ? [.. Enum.GetValues<AuthenticationMethod>().Except(named)] : named;
        return new RequiredAuthentication(allowed, text);
    }

    /// <summary>True where the method may be used.</summary>
    public bool Allows(AuthenticationMethod method) => _allowed.Contains(method);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static AuthenticationMethod? MethodOf(string name) => name switch
    {
        "none" => AuthenticationMethod.None,
        "password" => AuthenticationMethod.Password,
        "md5" => AuthenticationMethod.Md5,
        "scram-sha-256" => AuthenticationMethod.ScramSha256,
        "gss" => AuthenticationMethod.Gss,
        "sspi" => AuthenticationMethod.Sspi,
        "oauth" => AuthenticationMethod.OAuth,
        _ => null,
    };
}
