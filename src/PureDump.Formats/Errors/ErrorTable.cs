namespace PureDump.Formats.Errors;

/// <summary>One row of the table of errors: the exit code of a kind and the sentence that documents it.</summary>
/// <param name="Kind">The kind of error.</param>
/// <param name="ExitCode">The exit code of the process; 0 is success and never stands here.</param>
/// <param name="Sentence">What the kind means, for the documentation and <c>--help</c>.</param>
internal readonly record struct ErrorRow(ErrorKind Kind, int ExitCode, string Sentence);

/// <summary>The one table that gives each <see cref="ErrorKind"/> its exit code and its sentence.</summary>
internal static class ErrorTable
{
    /// <summary>All rows, in the order of their exit codes.</summary>
    public static IReadOnlyList<ErrorRow> Rows { get; } =
    [
        new(ErrorKind.RestoreIncomplete, 1, "the restore or copy finished, but some statements failed or contents differ"),
        new(ErrorKind.Usage, 2, "the command line cannot be understood, or its options contradict each other"),
        new(ErrorKind.ConnectionOptions, 3, "a connection option, service file or passfile cannot be used"),
        new(ErrorKind.Connection, 4, "no server could be reached, or the connection was lost"),
        new(ErrorKind.Authentication, 5, "the server refused the login"),
        new(ErrorKind.Tls, 6, "TLS could not be agreed on, or a certificate was not accepted"),
        new(ErrorKind.Protocol, 7, "the server sent something the protocol does not allow"),
        new(ErrorKind.Server, 8, "the server answered a statement with an error"),
        new(ErrorKind.Permission, 9, "the role may not read or lock an object of the dump"),
        new(ErrorKind.UnsupportedServer, 10, "the server or pooler cannot do what the operation needs"),
        new(ErrorKind.Lock, 11, "a lock could not be had in time"),
        new(ErrorKind.Catalog, 12, "the catalog holds something that cannot be read consistently"),
        new(ErrorKind.ArchiveDamaged, 13, "the file is not an archive, or is damaged"),
        new(ErrorKind.ArchiveVersion, 14, "the archive was written by a newer, incompatible version"),
        new(ErrorKind.NotFound, 15, "an object, entry or database that was asked for does not exist"),
        new(ErrorKind.File, 16, "a file or directory cannot be read or written, or memory or threads ran out"),
        new(ErrorKind.TargetMismatch, 17, "the target holds something that does not fit what is to be restored"),
        new(ErrorKind.ScriptRefused, 18, "a script asks for something that is never done from one, or cannot be read"),
        new(ErrorKind.Internal, 70, "the program itself is at fault"),
        new(ErrorKind.Cancelled, 130, "the run was interrupted"),
    ];

    /// <summary>The exit code of <paramref name="kind"/>.</summary>
    public static int ExitCode(ErrorKind kind)
    {
        foreach (ErrorRow row in Rows)
        {
            if (row.Kind == kind)
            {
                return row.ExitCode;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(kind), kind, "not in the table of errors");
    }
}
