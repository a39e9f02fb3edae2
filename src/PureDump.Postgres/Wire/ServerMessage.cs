using System.Globalization;
using System.Text;
using System.Text.Unicode;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>
/// The body of an ErrorResponse or NoticeResponse: what the server has to say, field by field
/// (PostgreSQL documentation, "Error and Notice Message Fields").
/// </summary>
internal sealed class ServerMessage
{
    /// <summary>The class of SQLSTATEs that say there is no slot, memory or process for a session (errcodes.txt).</summary>
    public const string InsufficientResources = "53";

    private const byte EndOfFields = 0;

    private ServerMessage()
    {
    }

    /// <summary>ERROR, FATAL, PANIC, WARNING, NOTICE, DEBUG, INFO or LOG, never translated (the V field where there is one).</summary>
    public string Severity { get; private set; } = "ERROR";

    /// <summary>The SQLSTATE; XX000 where the server sent none.</summary>
    public string SqlState { get; private set; } = "XX000";

    /// <summary>The primary message.</summary>
    public string Message { get; private set; } = "";

    /// <summary>The secondary message, or null.</summary>
    public string? Detail { get; private set; }

    /// <summary>What the server suggests, or null.</summary>
    public string? Hint { get; private set; }

    /// <summary>Where in the statement the error is: a character index, 1 for the first; 0 where unknown.</summary>
    public int Position { get; private set; }

    /// <summary>The same inside <see cref="InternalQuery"/>.</summary>
    public int InternalPosition { get; private set; }

    /// <summary>The statement a function ran when it failed, or null.</summary>
    public string? InternalQuery { get; private set; }

    /// <summary>The call stack of the server side, one frame a line, or null. COPY names the line and column here.</summary>
    public string? Where { get; private set; }

    /// <summary>The schema of the object the error is about, or null.</summary>
    public string? SchemaName { get; private set; }

    /// <summary>The table the error is about, or null.</summary>
    public string? TableName { get; private set; }

    /// <summary>The column the error is about, or null.</summary>
    public string? ColumnName { get; private set; }

    /// <summary>The data type the error is about, or null.</summary>
    public string? DataTypeName { get; private set; }

    /// <summary>The constraint the error is about, or null.</summary>
    public string? ConstraintName { get; private set; }

    /// <summary>True where the server ends the connection after this message.</summary>
    public bool IsFatal => Severity is "FATAL" or "PANIC";

    /// <summary>Reads the body of an 'E' or 'N' message (without type byte and length).</summary>
    /// <exception cref="PureDumpException"><see cref="ErrorKind.Protocol"/> where a field has no end.</exception>
    public static ServerMessage Parse(ReadOnlySpan<byte> body)
    {
        var message = new ServerMessage();
        bool severityIsFinal = false;
        while (true)
        {
            if (body.IsEmpty)
            {
                throw new PureDumpException(ErrorKind.Protocol, "the server's error message ends without a terminator");
            }

            byte field = body[0];
            if (field == EndOfFields)
            {
                message.HideSecrets();
                return message;
            }

            body = body[1..];
            int length = body.IndexOf((byte)0);
            if (length < 0)
            {
                throw new PureDumpException(
                    ErrorKind.Protocol,
                    $"field 0x{field:x2} of the server's error message has no end");
            }

            string value = Readable(body[..length]);
            body = body[(length + 1)..];
            if (field == 'V')
            {
                severityIsFinal = true;
                message.Severity = value;
            }
            else if (field != 'S')
            {
                message.Set(field, value);
            }
            else if (!severityIsFinal)
            {
                message.Severity = value;
            }
        }
    }

    /// <summary>Makes a body whole that was cut off behind <see cref="WireLimits.ReportSizeMax"/> bytes: its last text ends with
    /// dots.</summary>
    public static void EndCut(Span<byte> body)
    {
        ReadOnlySpan<byte> end = "...\0\0"u8;
        int at = body.Length - end.Length;
        while (at > 0 && (body[at] & 0xC0) == 0x80)
        {
            // Not into the middle of a character.
            body[at--] = (byte)'.';
        }

        end.CopyTo(body[at..]);
        body[(at + end.Length)..].Clear();
    }

    /// <summary>
    /// A message of a server that could not even speak the protocol (it failed to start a process and sent bare text).
    /// </summary>
    public static ServerMessage FromText(string text) => new() { Severity = "FATAL", Message = text.Trim(), SqlState = "53000" };

    /// <summary>The kind of error a SQLSTATE stands for where the server let nobody in: what it lacked, there was no server to be
    /// had.</summary>
    public static ErrorKind KindOfRefusal(string sqlState) =>
        sqlState.StartsWith(InsufficientResources, StringComparison.Ordinal) ? ErrorKind.Connection : KindOf(sqlState);

    /// <summary>The kind of error a SQLSTATE stands for.</summary>
    public static ErrorKind KindOf(string sqlState) => sqlState switch
    {
        // Too many connections: said of another connection, as by postgres_fdw, it is still one that could not be had.
        "53300" => ErrorKind.Connection,
        "42501" => ErrorKind.Permission,
        "55P03" => ErrorKind.Lock,
        "3D000" => ErrorKind.NotFound,
        _ when sqlState.StartsWith("28", StringComparison.Ordinal) => ErrorKind.Authentication,
        _ when sqlState.StartsWith("08", StringComparison.Ordinal) => ErrorKind.Connection,
        _ when sqlState.StartsWith("57P0", StringComparison.Ordinal) => ErrorKind.Connection,
        _ => ErrorKind.Server,
    };

    /// <summary>This message as the error of PureDump, with its SQLSTATE and hint.</summary>
    /// <param name="context">What was being done or to which object; put before the message. Null for nothing.</param>
    public PureDumpException ToException(string? context) => ToException(context, KindOf(SqlState));

    /// <summary>As <see cref="ToException(string)"/>, for what was said in place of letting in.</summary>
    public PureDumpException ToRefusal() => ToException(null, KindOfRefusal(SqlState));

    private PureDumpException ToException(string? context, ErrorKind kind)
    {
        var text = new StringBuilder();
        if (!string.IsNullOrEmpty(context))
        {
            text.Append(context).Append(": ");
        }

        text.Append(Message.Length > 0 ? Message : "the server reported an error without a message");
        if (!string.IsNullOrEmpty(Detail))
        {
            text.Append(" (").Append(Detail).Append(')');
        }

        return new PureDumpException(kind, text.ToString(), Hint) { SqlState = SqlState, Report = ToReport() };
    }

    /// <summary>Its fields, for who prints them.</summary>
    public ServerReport ToReport() => new()
    {
        Severity = Severity,
        Message = Message,
        Detail = Detail,
        Hint = Hint,
        InternalQuery = InternalQuery,
        Where = Where,
        Position = Position,
        InternalPosition = InternalPosition,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Severity} {SqlState}: {Message}";

    // A server quotes the statement that a function ran, or the connection string it was given.
    private void HideSecrets()
    {
        ServerReport masked = ToReport().Masked();
        Message = masked.Message;
        Detail = masked.Detail;
        Hint = masked.Hint;
        InternalQuery = masked.InternalQuery;
        InternalPosition = masked.InternalPosition;
        Where = masked.Where;
    }

    private static int Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private void Set(byte field, string value)
    {
        switch (field)
        {
            case (byte)'C':
                SqlState = value;
                break;
            case (byte)'M':
                Message = value;
                break;
            case (byte)'D':
                Detail = value;
                break;
            case (byte)'H':
                Hint = value;
                break;
            case (byte)'P':
                Position = Number(value);
                break;
            case (byte)'p':
                InternalPosition = Number(value);
                break;
            case (byte)'q':
                InternalQuery = value;
                break;
            case (byte)'W':
                Where = value;
                break;
            case (byte)'s':
                SchemaName = value;
                break;
            case (byte)'t':
                TableName = value;
                break;
            case (byte)'c':
                ColumnName = value;
                break;
            case (byte)'d':
                DataTypeName = value;
                break;
            case (byte)'n':
                ConstraintName = value;
                break;
            default:
                // File, line and routine of the server's source, and whatever later servers add: the protocol asks
                // frontends to ignore fields they do not know.
                break;
        }
    }

    // Messages are for people. Before the login, and in a database whose encoding says nothing, they may be in any encoding.
    private static string Readable(ReadOnlySpan<byte> text) => (Utf8.IsValid(text) ? Encoding.UTF8 : Encoding.Latin1).GetString(text);
}
