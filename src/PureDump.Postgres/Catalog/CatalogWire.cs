using System.Globalization;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Server;
using PureDump.Postgres.Wire;

namespace PureDump.Postgres.Catalog;

/// <summary>Catalog queries over one connection: values as parameters, rows in binary, each handed over as it comes.</summary>
internal sealed class CatalogWire(WireConnection connection, ServerFeatures features) : IDisposable
{
    private readonly Encoding _encoding = TextEncoding.Of(connection.Parameter("client_encoding") ?? "UTF8");
    private readonly RepeatedValues _repeated = new();

    /// <summary>Runs the query of a <c>.sql</c> file, as <see cref="CatalogSession.Query"/> does.</summary>
    /// <param name="fileName">The bare file name.</param>
    /// <param name="map">Takes every column of a row.</param>
    /// <param name="parameters">As for <see cref="Visit"/>.</param>
    public List<T> Query<T>(string fileName, RowMap<T> map, params object[] parameters)
    {
        var result = new List<T>();
        Visit(
            CatalogSql.Load(fileName, features),
            $"catalog query {fileName}",
            (ref CatalogRow row) => result.Add(map(ref row)),
            parameters);
        return result;
    }

    /// <summary>Runs a query.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="context">What it is for; put before what the server says against it.</param>
    /// <param name="visit">Takes every column of a row.</param>
    /// <param name="parameters">Values of $1, $2, …: <c>uint[]</c> and <see cref="Oid"/>, <c>string</c>, <c>bool</c> and arrays of them,
    /// <c>int</c>.</param>
    /// <exception cref="PureDumpException">The server refused it, or the visitor does not fit the select list (<see
    /// cref="ErrorKind.Internal"/>).</exception>
    public void Visit(string sql, string context, RowVisit visit, params object[] parameters)
    {
        try
        {
            SelectRows rows = connection.BeginSelect(sql, [.. parameters.Select(Value)]);
            while (rows.Read(out int fieldCount, out ReadOnlySpan<byte> fields))
            {
                var row = new CatalogRow(fields, _encoding, _repeated);
                visit(ref row);
                if (row.Taken != fieldCount)
                {
                    throw new PureDumpException(
                        ErrorKind.Internal, $"the reader takes {row.Taken} columns, the query gives {fieldCount}");
                }
            }
        }
        catch (PureDumpException e)
        {
            throw e.Of(sql).Named(context);
        }
        catch (DecoderFallbackException e)
        {
            throw CatalogSession.NoText(context, connection.Parameter("client_encoding") ?? "UTF8", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static string Value(object value) => value switch
    {
        uint[] oids => Array(oids.Select(static oid => oid.ToString(CultureInfo.InvariantCulture))),
        Oid oid => oid.Value.ToString(CultureInfo.InvariantCulture),
        string[] texts => Array(texts.Select(Element)),
        string text => text,
        bool[] flags => Array(flags.Select(Flag)),
        bool flag => Flag(flag),
        int number => number.ToString(CultureInfo.InvariantCulture),
        _ => throw new PureDumpException(ErrorKind.Internal, $"a catalog query has a parameter of type {value.GetType()}"),
    };

    private static string Array(IEnumerable<string> elements) => $"{{{string.Join(',', elements)}}}";

    private static string Element(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Flag(bool flag) => flag ? "t" : "f";
}
