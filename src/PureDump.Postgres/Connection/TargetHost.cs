using System.Text;

namespace PureDump.Postgres.Connection;

/// <summary>One host of a <see cref="ConnectionTarget"/>.</summary>
/// <param name="Name">A host name, an IP address, or a socket directory (starts with '/', or '@' for the abstract namespace).
/// Null only where <paramref name="Address"/> stands alone.</param>
/// <param name="Address">libpq's <c>hostaddr</c>: the IP address to connect to without a look-up, or null.</param>
/// <param name="Port">The TCP port, and the number in the name of the socket file.</param>
internal sealed record TargetHost(string? Name, string? Address, int Port)
{
    /// <summary>True where the host is a directory that holds a socket.</summary>
    public bool IsUnixSocket => Address is null && IsSocketDirectory(Name);

    /// <summary>The file name of the socket; '@' at the start stands for the abstract namespace.</summary>
    /// <exception cref="InvalidOperationException">The host is not a socket.</exception>
    public string SocketPath => IsUnixSocket
        ? $"{Name}/.s.PGSQL.{Port}"
        : throw new InvalidOperationException("not a socket");

    /// <summary>What the passfile holds for this host, or null.</summary>
    internal string? Password { get; init; }

    internal static bool IsSocketDirectory(string? name) => name is ['/' or '@', ..];

    // The compiler's version would print the password.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(IsUnixSocket ? $"socket \"{SocketPath}\"" : $"\"{Name ?? Address}\", port {Port}");
        return true;
    }
}
