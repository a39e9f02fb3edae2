using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Npgsql;
using PureDump.Formats.Errors;
using PureDump.Postgres.Wire;

namespace PureDump.Postgres.Connection;

/// <summary>The one place where Npgsql's errors become those of PureDump.</summary>
internal static class ServerErrors
{
    /// <summary>True for what Npgsql throws where the server refuses, is gone, or answers what does not fit the question.</summary>
    public static bool IsKnown(Exception error) => error is NpgsqlException or IOException or SocketException or TimeoutException || IsMisfit(error);

    /// <summary>The error a failure of Npgsql stands for.</summary>
    /// <param name="error">What was caught.</param>
    /// <param name="context">What was being done, or to which object; put before the message.</param>
    public static PureDumpException Translate(Exception error, string context)
    {
        return error switch
        {
            PureDumpException known => known.Named(context),
            PostgresException server => FromServer(server, context),
            OperationCanceledException => Of(ErrorKind.Cancelled, "cancelled"),
            NpgsqlException { InnerException: TimeoutException } => Of(ErrorKind.Connection, "no answer in time"),
            NpgsqlException { InnerException: AuthenticationException inner } =>
                Of(ErrorKind.Tls, $"the TLS handshake failed: {inner.Message}"),
            NpgsqlException { InnerException: IOException or SocketException or ObjectDisposedException } client =>
                Of(ErrorKind.Connection, $"the connection broke: {client.InnerException!.Message}"),
            NpgsqlException or IOException or SocketException or TimeoutException => Of(ErrorKind.Connection, error.Message),
            _ when IsMisfit(error) => Of(ErrorKind.Protocol, $"the server's answer does not fit the question: {error.Message}"),
            _ => Of(ErrorKind.Internal, error.Message),
        };

        PureDumpException Of(ErrorKind kind, string message) => new(kind, $"{context}: {message}", inner: error);
    }

    // A NULL, a type, a number of columns or bytes of text that were not asked for.
    private static bool IsMisfit(Exception error) => error is
        InvalidCastException or FormatException or OverflowException or DecoderFallbackException or IndexOutOfRangeException or ArgumentOutOfRangeException;

    private static PureDumpException FromServer(PostgresException error, string context)
    {
        string detail = string.IsNullOrEmpty(error.Detail) ? "" : $" ({error.Detail})";
        return new PureDumpException(ServerMessage.KindOf(error.SqlState), $"{context}: {error.MessageText}{detail}", error.Hint, error)
        {
            SqlState = error.SqlState,
        };
    }
}
