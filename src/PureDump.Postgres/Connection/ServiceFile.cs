using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Postgres.Connection;

/// <summary>
/// The connection service file: named groups of connection options (libpq documentation, "The Connection Service File").
/// </summary>
internal static class ServiceFile
{
    private const string UserFileName = ".pg_service.conf";
    private const string SystemFileName = "pg_service.conf";

    // Where the system-wide file lives is compiled into libpq; these are what distributions and the source tree choose.
    private static readonly string[] s_systemDirectories = ["/etc/postgresql-common", "/etc", "/usr/local/pgsql/etc"];

    /// <summary>Adds the options of <paramref name="service"/> to <paramref name="values"/> where they are not set yet.</summary>
    /// <exception cref="PureDumpException">
    /// <see cref="ErrorKind.ConnectionOptions"/>: no file, no such service, or a line that cannot be read.
    /// </exception>
    public static void Apply(string service, ConnectionValues values, Func<string, string?> environment, string? home)
    {
        if (values.NonEmpty("servicefile") is { } named)
        {
            if (!UnixFile.Exists(named))
            {
                throw new PureDumpException(
                    ErrorKind.ConnectionOptions,
                    $"service file \"{named}\" ({values.Origin("servicefile")}) does not exist");
            }

            if (TryRead(named, service, values))
            {
                return;
            }
        }
        else if (home is not null && Path.Combine(home, UserFileName) is var own && UnixFile.Exists(own) && TryRead(own, service, values))
        {
            return;
        }

        IEnumerable<string> directories = environment("PGSYSCONFDIR") is { Length: > 0 } given ? [given] : s_systemDirectories;
        foreach (string directory in directories)
        {
            string path = Path.Combine(directory, SystemFileName);
            if (UnixFile.Exists(path) && TryRead(path, service, values))
            {
                return;
            }
        }

        throw new PureDumpException(
            ErrorKind.ConnectionOptions,
            $"service \"{service}\" ({values.Origin("service")}) is not defined in any service file",
            "services are defined in ~/.pg_service.conf or the file PGSERVICEFILE names");
    }

    /// <summary>Reads one file's text; false where the service is not in it.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="path">The name of the file, for error texts.</param>
    /// <param name="service">The group to look for.</param>
    /// <param name="values">Gets the options.</param>
    public static bool Read(IReadOnlyList<string> lines, string path, string service, ConnectionValues values)
    {
        bool isInGroup = false;
        for (int index = 0; index < lines.Count; index++)
        {
            string line = lines[index].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[')
            {
                if (isInGroup)
                {
                    return true;
                }

                isInGroup = line.EndsWith(']') && line.AsSpan(1, line.Length - 2).SequenceEqual(service);
                continue;
            }

            if (isInGroup)
            {
                ReadOption(line, $"service file \"{path}\", line {index + 1}", values);
            }
        }

        return isInGroup;
    }

    private static bool TryRead(string path, string service, ConnectionValues values)
    {
        List<string> lines;
        try
        {
            using FileStream stream = File.OpenRead(path);
            lines = TypedText.ReadLines(stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                $"service file \"{path}\" cannot be read: {error.Message}",
                inner: error);
        }

        return Read(lines, path, service, values);
    }

    private static void ReadOption(string line, string origin, ConnectionValues values)
    {
        int equals = line.IndexOf('=');
        if (equals < 0)
        {
            throw new PureDumpException(ErrorKind.ConnectionOptions, $"{origin}: expected keyword=value");
        }

        string keyword = line[..equals];
        if (keyword is "service" or "servicefile")
        {
            throw new PureDumpException(ErrorKind.ConnectionOptions, $"{origin}: a service cannot name another service");
        }

        values.SetDefault(keyword, line[(equals + 1)..], origin);
    }
}
