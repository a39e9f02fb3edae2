using System.Globalization;
using System.Text;
using PureDump.Formats.Pg;

namespace PureDump.Postgres.Connection;

/// <summary>
/// The password file: <c>host:port:database:user:password</c> lines, first match wins (libpq documentation, "The Password
/// File"). Never printed.
/// </summary>
internal sealed class PassFile
{
    private readonly List<Entry> _entries;

    private PassFile(List<Entry> entries) => _entries = entries;

    /// <summary>The file at <paramref name="path"/>; null where there is none or it may not be used, which is only warned of.</summary>
    public static PassFile? Load(string path, Action<string>? warn)
    {
        try
        {
            if (UnixFile.Find(path) is not { } file)
            {
                return null;
            }

            // /dev/null is a common way to say "none", and a pipe would make the login hang.
            if (!file.IsPlain)
            {
                warn?.Invoke($"password file \"{path}\" is not a plain file and is ignored");
                return null;
            }

            if (file.IsOpenToOthers)
            {
                warn?.Invoke(
                    $"password file \"{path}\" has group or world access and is ignored; permissions should be u=rw (0600) or less");
                return null;
            }

            using FileStream stream = File.OpenRead(path);
            return Parse(TypedText.ReadLines(stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            warn?.Invoke($"password file \"{path}\" cannot be read and is ignored: {error.Message}");
            return null;
        }
    }

    /// <summary>The entries of the lines of a file. Lines that are not entries are passed over, as libpq does.</summary>
    public static PassFile Parse(IEnumerable<string> lines)
    {
        var entries = new List<Entry>();
        foreach (string line in lines)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            ReadOnlySpan<char> rest = line.AsSpan().TrimEnd('\r');
            if (TryField(ref rest, out string? host) && TryField(ref rest, out string? port) &&
                TryField(ref rest, out string? database) && TryField(ref rest, out string? user))
            {
                _ = Unescape(rest, out string password);
                entries.Add(new Entry(host, port, database, user, password));
            }
        }

        return new PassFile(entries);
    }

    /// <summary>The password for a login, or null.</summary>
    /// <param name="host">The host, its hostaddr where it has no name.</param>
    /// <param name="database">The database.</param>
    /// <param name="user">The role.</param>
    public string? Find(TargetHost host, string database, string user)
    {
        string name = host.Name ?? host.Address ?? "localhost";
        string port = host.Port.ToString(CultureInfo.InvariantCulture);

        // libpq calls its compiled-in socket directory "localhost"; which of the two that is differs between builds.
        bool isLocal = name.TrimEnd('/') is "/var/run/postgresql" or "/run/postgresql" or "/tmp";
        foreach (Entry entry in _entries)
        {
            if ((Matches(entry.Host, name) || (isLocal && Matches(entry.Host, "localhost"))) &&
                Matches(entry.Port, port) && Matches(entry.Database, database) && Matches(entry.User, user))
            {
                return entry.Password;
            }
        }

        return null;
    }

    // A null pattern is an unescaped "*".
    private static bool Matches(string? pattern, string value) =>
        pattern is null || string.Equals(pattern, value, StringComparison.Ordinal);

    private static bool TryField(ref ReadOnlySpan<char> rest, out string? field)
    {
        if (rest.StartsWith("*:", StringComparison.Ordinal))
        {
            field = null;
            rest = rest[2..];
            return true;
        }

        int length = Unescape(rest, out field);
        if (length == rest.Length)
        {
            return false;
        }

        rest = rest[(length + 1)..];
        return true;
    }

    // Up to the first unescaped colon or the end; gives how far that is.
    private static int Unescape(ReadOnlySpan<char> text, out string value)
    {
        var plain = new StringBuilder();
        int index = 0;
        for (; index < text.Length && text[index] != ':'; index++)
        {
            if (text[index] == '\\' && index + 1 < text.Length)
            {
                index++;
            }

            plain.Append(text[index]);
        }

        value = plain.ToString();
        return index;
    }

    // Not a record: its text would hold the password.
    private sealed class Entry(string? host, string? port, string? database, string? user, string password)
    {
        public string? Host { get; } = host;

        public string? Port { get; } = port;

        public string? Database { get; } = database;

        public string? User { get; } = user;

        public string Password { get; } = password;
    }
}
