using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Server;
using PureDump.Postgres.Wire;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// The leader's connection while the catalog is read: runs the set-based queries and counts them. Every name in them is
/// qualified, and search_path is empty.
/// </summary>
internal sealed class CatalogSession(WireConnection connection, ServerFeatures features, CancellationToken cancellation = default)
{
    // untranslatable_character
    private const string Untranslatable = "22P05";

    private readonly CatalogWire _wire = new(connection, features);

    /// <summary>What the server can do.</summary>
    public ServerFeatures Features { get; } = features;

    /// <summary>The connection, inside the dump's transaction.</summary>
    public WireConnection Connection { get; } = connection;

    /// <summary>How many statements were sent; does not grow with the number of objects.</summary>
    public int QueryCount { get; private set; }

    /// <summary>Stops what runs.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>
    /// Opens another connection that sees the same snapshot; null where the server gives none. Null itself where nothing is to
    /// run beside the leader.
    /// </summary>
    public Func<CancellationToken, CatalogWire?>? OpenAnother { get; init; }

    /// <summary>The transaction, where it may be begun anew; null where it has to stay the one that is there.</summary>
    public DumpTransaction? Transaction { get; set; }

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
    public string ClientEncoding => Connection.Parameter("client_encoding") ?? "UTF8";

    /// <summary>As <see cref="Query"/>, of a query that gives one row.</summary>
    /// <exception cref="PureDumpException">As for <see cref="Query"/>; or there are more rows, or none (<see
    /// cref="ErrorKind.Catalog"/>).</exception>
    public T QueryOne<T>(string fileName, RowMap<T> map) => One(Query(fileName, map), $"catalog query {fileName}");

    /// <summary>As <see cref="QueryText"/>, of a query that gives one row.</summary>
    /// <exception cref="PureDumpException">As for <see cref="QueryOne"/>.</exception>
    public T QueryTextOne<T>(string sql, string context, RowMap<T> map) => One(QueryText(sql, context, map), context);

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
    /// translates them, but for those that are not in UTF-8 either: they are bytes of the database's.
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
            const string sql =
                "SELECT pg_catalog.convert_from(pg_catalog.decode(t.hex, 'hex'), 'UTF8') FROM pg_catalog.unnest($1::text[]) WITH "
                    + "ORDINALITY AS t(hex, at) ORDER BY t.at";
            string[] hex =
            [
                .. texts
                    .Where(static text => TypedText.IsUtf8(text))
                    .Select(static text => Convert.ToHexString(Encoding.UTF8.GetBytes(text))),
            ];
            var translated = new Queue<string>(
                QueryText(sql, "names in the encoding of the database", static (ref CatalogRow row) => row.Text(), (object)hex));
            return [.. texts.Select(text => TypedText.IsUtf8(text) ? translated.Dequeue() : TypedText.In(ClientEncoding, text))];
        }
        catch (PureDumpException e) when (e.SqlState == Untranslatable)
        {
            throw new PureDumpException(
                ErrorKind.Usage,
                $"a name pattern cannot be written in the encoding of the database: {e.Message}",
                null,
                e);
        }
    }

    private static T One<T>(List<T> rows, string context) => rows is [var row]
        ? row
        : throw new PureDumpException(ErrorKind.Catalog, $"{context}: the server gave {rows.Count} rows where there must be one");

    /// <summary>Runs statements that return nothing.</summary>
    /// <param name="sql">The statements.</param>
    /// <param name="context">What they are for; put before what the server says against them.</param>
    /// <param name="leaves">The state they leave the session in; null: the one before.</param>
    public void Execute(string sql, string context, TransactionState? leaves = null)
    {
        QueryCount++;
        try
        {
            Connection.Execute(sql, leaves ?? Connection.TransactionState);
        }
        catch (PureDumpException e)
        {
            throw e.Of(sql).Named(context);
        }
    }

    private void VisitText(string sql, string context, RowVisit visit, object[] parameters)
    {
        QueryCount++;
        _wire.Visit(sql, context, visit, parameters);
    }

    /// <summary>Not all that a server converts is text of the encoding it converts to: a euro sign in GBK, Hangul in JOHAB.</summary>
    internal static PureDumpException NoText(string context, string encoding, DecoderFallbackException e) =>
        new(
            ErrorKind.Catalog,
            $"{context}: what the server sent is no {TextEncoding.Shown(encoding)}: {Convert.ToHexString(e.BytesUnknown ?? [])}",
            "dump in UTF8",
            e);
}
