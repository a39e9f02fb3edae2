namespace PureDump.TestSupport;

/// <summary>Whom to run a server as: it refuses to be root.</summary>
internal static class UnprivilegedUser
{
    /// <summary>The user to switch to when we are root; null when we are nobody special already.</summary>
    public static string? Name { get; } = Environment.IsPrivilegedProcess ? Find() : null;

    private static string Find()
    {
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':', 2)[0]).ToHashSet();
        return new[] { "postgres", "nobody" }.FirstOrDefault(users.Contains)
            ?? throw new ServerUnavailableException("a server cannot run as root, and /etc/passwd has neither user postgres nor nobody");
    }
}
