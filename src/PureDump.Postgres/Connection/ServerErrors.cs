using Npgsql;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Connection;

/// <summary>Turns Npgsql's exceptions into PureDump's at the border.</summary>
internal static class ServerErrors
{
    /// <summary>The error of <paramref name="exception"/>, named by what was being done.</summary>
    public static PureDumpException Translate(Exception exception, string context)
    {
        if (exception is PostgresException server)
        {
            ErrorKind kind = server.SqlState switch
            {
                PostgresErrorCodes.InsufficientPrivilege => ErrorKind.Permission,
                PostgresErrorCodes.LockNotAvailable => ErrorKind.Lock,
                PostgresErrorCodes.InvalidCatalogName => ErrorKind.NotFound,
                _ when server.SqlState.StartsWith("28", StringComparison.Ordinal) => ErrorKind.Authentication,
                _ when server.SqlState.StartsWith("57P", StringComparison.Ordinal) => ErrorKind.Connection,
                _ => ErrorKind.Server,
            };
            return new PureDumpException(kind, $"{context}: {server.MessageText} (SQLSTATE {server.SqlState})", server.Hint, exception)
            {
                SqlState = server.SqlState,
            };
        }

        return new PureDumpException(ErrorKind.Connection, $"{context}: {exception.Message}", null, exception);
    }
}
