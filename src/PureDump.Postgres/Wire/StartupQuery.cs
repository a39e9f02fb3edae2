using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>
/// One question to a server that was just connected to: which of several hosts is it, which process answers. Not for data.
/// </summary>
internal static class StartupQuery
{
    private const string Phase = "a query after start-up";

    /// <summary>The first column of the last row of a statement as text; null where it is null or there is no row.</summary>
    /// <exception cref="PureDumpException">The server's error, or that the connection is of no use.</exception>
    public static string? Value(StartedConnection connection, string sql)
    {
        try
        {
            connection.Stream.Write(StartupMessages.Query(sql));
            var reader = new StartupReader(connection.Stream);
            string? value = null;
            ServerMessage? failure = null;
            while (true)
            {
                (byte type, byte[] body) = reader.Read(Phase, "TDCIENSZ"u8);
                switch (type)
                {
                    case (byte)'D':
                        value = StartupMessages.FirstColumn(body);
                        break;
                    case (byte)'E':
                        failure = ServerMessage.Parse(body);
                        if (failure.IsFatal)
                        {
                            throw failure.ToException(null);
                        }

                        break;
                    case (byte)'S':
                        (string name, string setting) = StartupMessages.ParameterStatus(body);
                        connection.SetParameter(name, setting);
                        break;
                    case (byte)'Z':
                        return failure is null ? value : throw failure.ToException(null);
                    default:
                        break;
                }
            }
        }
        catch (IOException error)
        {
            throw new PureDumpException(ErrorKind.Connection, $"the connection broke during {Phase}: {error.Message}", inner: error);
        }
    }
}
