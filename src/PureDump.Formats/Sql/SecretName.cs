namespace PureDump.Formats.Sql;

/// <summary>What an option, a setting or a keyword is called whose value nobody but its owner is to see.</summary>
internal static class SecretName
{
    private static readonly string[] s_ends =
    [
        "password",
        "passwd",
        "passphrase",
        "passcode",
        "pwd",
        "secret",
        "token",
        "credential",
        "credentials",
    ];

    // A key by itself may be anything's; behind another word it is the primary key's, or one of these.
    private static readonly string[] s_keys =
    [
        "access",
        "account",
        "api",
        "auth",
        "encryption",
        "master",
        "private",
        "service",
        "shared",
        "signing",
    ];

    // Of a user mapping everything else is what its owner logs in with, whatever a wrapper calls it; and the server shows it to nobody
    // else.
    private static readonly string[] s_publicOfUserMapping = ["user", "username", "user_name", "password_required"];

    /// <summary>True for the name of a secret: <c>password</c>, <c>client_secret</c>, <c>aws_secret_access_key</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isOption">It is that of an option of a foreign object: else a key is that of a table.</param>
    public static bool IsSecret(ReadOnlySpan<char> name, bool isOption)
    {
        Span<char> lower = stackalloc char[Math.Min(name.Length, 64)];
        name = name[..lower.Length];
        name.ToLowerInvariant(lower);
        ReadOnlySpan<char> text = lower;
        foreach (string end in s_ends)
        {
            if (text.EndsWith(end))
            {
                return true;
            }
        }

        return (isOption && text is "key" or "pass")
            || text.EndsWith("_pass")
            || text.EndsWith("-pass")
            || text.IndexOf("secret") >= 0
            || IsSecretKey(text);
    }

    /// <summary>True for an option of a user mapping that is none.</summary>
    public static bool IsPublicOfUserMapping(ReadOnlySpan<char> name)
    {
        foreach (string known in s_publicOfUserMapping)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSecretKey(ReadOnlySpan<char> name)
    {
        if (!name.EndsWith("key"))
        {
            return false;
        }

        foreach (string kind in s_keys)
        {
            if (name.IndexOf(kind) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
