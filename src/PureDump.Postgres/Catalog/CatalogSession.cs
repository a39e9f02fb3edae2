using System.Text;
using Npgsql;
using NpgsqlTypes;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Wire;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// The leader's connection while the catalog is read: runs the set-based queries and counts them. Every name in them is
/// qualified, and search_path is empty.
/// </summary>
internal sealed class CatalogSession(NpgsqlConnection connection, ServerFeatures features, CancellationToken cancellation = default)
{
    /// <summary>What the server can do.</summary>
    public ServerFeatures Features { get; } = features;

    /// <summary>The connection, inside the dump's transaction.</summary>
    public NpgsqlConnection Connection { get; } = connection;

    /// <summary>How many statements were sent; does not grow with the number of objects.</summary>
    public int QueryCount { get; private set; }

    /// <summary>Stops what runs.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>
    /// Opens another connection that sees the same snapshot; null where the server gives none. Null itself where nothing is to
    /// run beside the leader.
    /// </summary>
    public Func<CancellationToken, CatalogWire?>? OpenAnother { get; init; }

    /// <summary>What runs on the other connections.</summary>
    public CatalogAhead? Ahead { get; set; }

    /// <summary>Runs the query of a <c>.sql</c> file and maps its rows.</summary>
    /// <param name="fileName">The bare file name, e.g. <c>Schemas.sql</c>.</param>
    /// <param name="map">Takes every column of a row.</param>
    /// <param name="parameters">Values of $1, $2, …: OIDs as <c>uint[]</c>, texts as <c>string</c> or <c>string[]</c>, and so on.</param>
    /// <exception cref="PureDumpException">The server refused the query (<see cref="ErrorKind.Server"/> and others), or
    /// the reader does not fit the select list (<see cref="ErrorKind.Internal"/>).</exception>
    public List<T> Query<T>(string fileName, RowMap<T> map, params object[] parameters)
    {
        if (Ahead is not null && Ahead.TryTake(fileName, out List<T> rows))
        {
            QueryCount++;
            return rows;
        }

        return QueryText(CatalogSql.Load(fileName, Features), $"catalog query {fileName}", map, parameters);
    }

    /// <summary>The encoding of all text on the connection, by the server's name for it.</summary>
    public string ClientEncoding { get; } = connection.PostgresParameters.GetValueOrDefault("client_encoding", "UTF8");

    /// <summary>As <see cref="Query"/>, for a text that is put together (names of sequences, patterns).</summary>
    public List<T> QueryText<T>(string sql, string context, RowMap<T> map, params object[] parameters)
    {
        var result = new List<T>();
        VisitText(sql, context, (ref CatalogRow row) => result.Add(map(ref row)), parameters);
        return result;
    }

    /// <summary>As <see cref="Query"/>, without keeping anything: each row is handed over as it comes.</summary>
    public void Visit(string fileName, RowVisit visit, params object[] parameters) =>
        VisitText(CatalogSql.Load(fileName, Features), $"catalog query {fileName}", visit, parameters);

    /// <summary>
    /// Texts a person typed, as this connection holds texts of the database. Where that is not in UTF-8 the server
    /// translates them.
    /// </summary>
    /// <exception cref="PureDumpException">The database's encoding lacks a character of them (<see cref="ErrorKind.Usage"/>).</exception>
    public string[] Typed(string[] texts)
    {
        if (TextEncoding.IsUtf8(ClientEncoding) || texts.All(static text => Ascii.IsValid(text)))
        {
            return texts;
        }

        try
        {
            const string sql = "SELECT pg_catalog.convert_from(pg_catalog.decode(t.hex, 'hex'), 'UTF8') FROM pg_catalog.unnest($1::text[]) WITH ORDINALITY AS t(hex, at) ORDER BY t.at";
            string[] hex = [.. texts.Select(static text => Convert.ToHexString(Encoding.UTF8.GetBytes(text)))];
            return [.. QueryText(sql, "names in the encoding of the database", static (ref CatalogRow row) => row.Text(), (object)hex)];
        }
        catch (PureDumpException e) when (e.SqlState == PostgresErrorCodes.UntranslatableCharacter)
        {
            throw new PureDumpException(ErrorKind.Usage, $"a name pattern cannot be written in the encoding of the database: {e.Message}", null, e);
        }
    }

    /// <summary>Runs statements that return nothing.</summary>
    public void Execute(string sql, string context)
    {
        QueryCount++;
        try
        {
            using NpgsqlCommand command = Command(sql, []);
            command.ExecuteNonQueryAsync(Cancellation).GetAwaiter().GetResult();
        }
        catch (NpgsqlException e)
        {
            throw ServerErrors.Translate(e, context);
        }
        catch (EncoderFallbackException e)
        {
            throw WireConnection.CannotBeWritten(ClientEncoding, e);
        }
    }

    private void VisitText(string sql, string context, RowVisit visit, object[] parameters)
    {
        QueryCount++;
        try
        {
            using NpgsqlCommand command = Command(sql, parameters);
            // Only these calls take a token, and a request to cancel that comes before the statement would be lost.
            using NpgsqlDataReader reader = command.ExecuteReaderAsync(Cancellation).GetAwaiter().GetResult();
            while (reader.ReadAsync(Cancellation).GetAwaiter().GetResult())
            {
                var row = new CatalogRow(reader);
                visit(ref row);
                if (row.Taken != reader.FieldCount)
                {
                    throw new PureDumpException(
                        ErrorKind.Internal, $"{context}: the reader takes {row.Taken} columns, the query gives {reader.FieldCount}");
                }
            }
        }
        catch (NpgsqlException e)
        {
            throw ServerErrors.Translate(e, context);
        }
        catch (DecoderFallbackException e)
        {
            throw NoText(context, ClientEncoding, e);
        }
        catch (EncoderFallbackException e)
        {
            throw WireConnection.CannotBeWritten(ClientEncoding, e);
        }
    }

    /// <summary>Not all that a server converts is text of the encoding it converts to: a euro sign in GBK, Hangul in JOHAB.</summary>
    internal static PureDumpException NoText(string context, string encoding, DecoderFallbackException e) =>
        new(
            ErrorKind.Catalog,
            $"{context}: what the server sent is no {TextEncoding.Shown(encoding)}: {Convert.ToHexString(e.BytesUnknown ?? [])}",
            "dump in UTF8",
            e);

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, Connection) { CommandTimeout = 0 };
        foreach (object value in parameters)
        {
            command.Parameters.Add(value switch
            {
                uint[] oids => new NpgsqlParameter<uint[]> { TypedValue = oids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Oid },
                Oid oid => new NpgsqlParameter<uint> { TypedValue = oid.Value, NpgsqlDbType = NpgsqlDbType.Oid },
                string[] texts => new NpgsqlParameter<string[]> { TypedValue = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
                bool[] flags => new NpgsqlParameter<bool[]> { TypedValue = flags, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean },
                bool flag => new NpgsqlParameter<bool> { TypedValue = flag, NpgsqlDbType = NpgsqlDbType.Boolean },
                int number => new NpgsqlParameter<int> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Integer },
                _ => throw new PureDumpException(ErrorKind.Internal, $"a catalog query has a parameter of type {value.GetType()}"),
            });
        }

        return command;
    }
}
