namespace PureDump.Postgres.Connection;

/// <summary>
/// The connection options of one command line, unread: what stood after <c>-h -p -U -d</c>, and how to talk to the user.
/// Not a record, for <see cref="Database"/> may hold a password that must not be printed.
/// </summary>
internal sealed class ConnectionArguments
{
    /// <summary><c>-h</c>: a host, several separated by commas, or a socket directory.</summary>
    public string? Host { get; init; }

    /// <summary><c>-p</c>: a port, or several separated by commas.</summary>
    public string? Port { get; init; }

    /// <summary><c>-U</c>.</summary>
    public string? User { get; init; }

    /// <summary><c>-d</c>: the name of a database, a conninfo string (it has a '='), or a postgresql:// URI.</summary>
    public string? Database { get; init; }

    /// <summary>
    /// What <see cref="Database"/> says counts less than the other arguments, as with pg_dumpall, where it is a conninfo string
    /// or a URI in any case; else it counts more, as with pg_dump.
    /// </summary>
    public bool DatabaseCountsLess { get; init; }

    /// <summary><see cref="Database"/> stood on a command line, which everybody on the machine can read: a password in it is warned
    /// of.</summary>
    public bool DatabaseIsVisible { get; init; }

    /// <summary><c>-w</c> and <c>-W</c>.</summary>
    public PasswordPrompting Prompting { get; init; }

    /// <summary>
    /// Asks the user: gets the text to show, gives the password, or null where there is nobody to ask. Null: never asks.
    /// </summary>
    public Func<string, string?>? Prompt { get; init; }

    /// <summary>Takes one line of warning (such as a passfile that others can read). Null: warnings are dropped.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>The <c>application_name</c> where the user asks for none.</summary>
    public string ApplicationName { get; init; } = "puredump";
}
