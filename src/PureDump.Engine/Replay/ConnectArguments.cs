using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Connection;

namespace PureDump.Engine.Replay;

/// <summary>
/// What stands behind <c>\connect</c> in a script: another database, another role. A script is untrusted, and a login may
/// carry a password, so it cannot lead to another server.
/// </summary>
/// <remarks>
/// <c>\connect</c> in a script changes database and role, not host, port or TLS: the login may carry a password, and the script may be
/// anybody's.
/// </remarks>
internal static class ConnectArguments
{
    private const string ReusePrefix = "-reuse-previous=";

    /// <summary>The target that a script asks for.</summary>
    /// <param name="target">The present one.</param>
    /// <param name="arguments">Database, user, host, port, each <c>-</c> for what it is; or a connection string.</param>
    /// <exception cref="PureDumpException">It leads elsewhere, or cannot be understood (<see cref="ErrorKind.ScriptRefused"/>).</exception>
    public static ConnectionTarget Apply(ConnectionTarget target, IReadOnlyList<string> arguments)
    {
        string[] words = [.. arguments.Select(MetaCommand.Unquoted)];
        bool? reuses = null;
        if (words is [var first, ..] && first.StartsWith(ReusePrefix, StringComparison.Ordinal))
        {
            reuses = first[ReusePrefix.Length..] switch
            {
                "on" or "true" or "yes" or "1" => true,
                "off" or "false" or "no" or "0" => false,
                var value => throw Refused($"unrecognized value \"{value}\" for \"-reuse-previous\": Boolean expected"),
            };
            words = words[1..];
        }

        string? database = Word(words, 0);
        bool isConninfo = database is not null && ConninfoString.IsRecognized(database);
        if (reuses == false || (isConninfo && reuses is null))
        {
            throw Refused("a connection that takes nothing over from the present one is not made by a script", "say -reuse-previous=on");
        }

        string? user = Word(words, 1);
        CheckSame("host", Word(words, 2), target.Hosts.Select(static host => host.Name ?? host.Address ?? ""));
        CheckSame(
            "port",
            Word(words, 3),
            target.Hosts.Select(static host => host.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (isConninfo)
        {
            (database, user) = Read(database!, user, target);
        }

        // The passfile is consulted anew, for its entries are per role and per database.
        return (user is null ? target : target with { User = user }).With(database ?? target.Database);
    }

    private static string? Word(string[] words, int index) => index < words.Length && words[index] is not ("-" or "") ? words[index] : null;

    private static (string? Database, string? User) Read(string conninfo, string? user, ConnectionTarget target)
    {
        var values = new ConnectionValues();
        if (ConnectionUri.IsRecognized(conninfo))
        {
            ConnectionUri.Read(conninfo, values);
        }
        else
        {
            ConninfoString.Read(conninfo, values);
        }

        foreach (ConnectionKeyword keyword in ConnectionKeyword.All)
        {
            if (values[keyword.Name] is not null && keyword.Name is not ("dbname" or "user" or "host" or "port"))
            {
                throw Refused($"a script cannot set the connection option \"{keyword.Name}\"");
            }
        }

        CheckSame("host", values.NonEmpty("host"), target.Hosts.Select(static host => host.Name ?? host.Address ?? ""));
        CheckSame(
            "port",
            values.NonEmpty("port"),
            target.Hosts.Select(static host => host.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return (values.NonEmpty("dbname"), values.NonEmpty("user") ?? user);
    }

    private static void CheckSame(string what, string? wanted, IEnumerable<string> present)
    {
        if (wanted is not null && !present.Contains(wanted, StringComparer.Ordinal))
        {
            throw Refused($"a script cannot connect to another {what} than its own: \"{wanted}\"", "run it there, with -h and -p");
        }
    }

    private static PureDumpException Refused(string message, string? hint = null) => new(ErrorKind.ScriptRefused, message, hint);
}
