using PureDump.Formats.Errors;

namespace PureDump;

/// <summary>
/// What went wrong, in the terms a caller can act on. Each kind has one exit code and one sentence in
/// <see cref="ErrorTable"/>; the two never drift apart because there is only that table.
/// </summary>
public enum ErrorKind
{
    /// <summary>The program itself is at fault.</summary>
    Internal,

    /// <summary>The options contradict each other, are misspelled or are incomplete.</summary>
    Usage,

    /// <summary>A conninfo string, URI, environment variable, service file or passfile cannot be used.</summary>
    ConnectionOptions,

    /// <summary>No server could be reached, or the connection was lost.</summary>
    Connection,

    /// <summary>The server was reached but refused the login.</summary>
    Authentication,

    /// <summary>TLS could not be agreed on, or a certificate was not accepted.</summary>
    Tls,

    /// <summary>The server sent something the frontend/backend protocol does not allow.</summary>
    Protocol,

    /// <summary>The server answered a statement with an error.</summary>
    Server,

    /// <summary>The role may not read or lock an object that belongs to the dump.</summary>
    Permission,

    /// <summary>The server is of a kind or version the operation does not work with.</summary>
    UnsupportedServer,

    /// <summary>A lock could not be had in time.</summary>
    Lock,

    /// <summary>The catalog holds something that cannot be read consistently.</summary>
    Catalog,

    /// <summary>The file is not an archive, or is damaged.</summary>
    ArchiveDamaged,

    /// <summary>The archive was written by a newer, incompatible version.</summary>
    ArchiveVersion,

    /// <summary>An object or entry that was asked for does not exist.</summary>
    NotFound,

    /// <summary>A file or directory cannot be read or written, or memory or threads ran out.</summary>
    File,

    /// <summary>The target holds something that does not fit what is to be restored.</summary>
    TargetMismatch,

    /// <summary>The restore went through, but some statements failed.</summary>
    RestoreIncomplete,

    /// <summary>A script asks for something that is never done from a script, or cannot be read.</summary>
    ScriptRefused,

    /// <summary>The user or the system asked the program to stop.</summary>
    Cancelled,
}
