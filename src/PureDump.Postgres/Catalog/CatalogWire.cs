using System.Globalization;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Wire;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// Catalog queries over a blocking connection that sees the leader's snapshot. Npgsql's asynchronous reads wake another thread
/// for each piece that arrives, a fifth of all a large catalog costs.
/// </summary>
internal sealed class CatalogWire(WireConnection connection, ServerFeatures features) : IDisposable
{
    private readonly Encoding _encoding = TextEncoding.Of(connection.Parameter("client_encoding") ?? "UTF8");
    private readonly RepeatedValues _repeated = new();

    /// <summary>Runs the query of a <c>.sql</c> file, as <see cref="CatalogSession.Query"/> does.</summary>
    /// <param name="fileName">The bare file name.</param>
    /// <param name="map">Takes every column of a row.</param>
    /// <param name="parameters">OIDs as <c>uint[]</c>; nothing else is asked beside the leader.</param>
    public List<T> Query<T>(string fileName, RowMap<T> map, params uint[][] parameters)
    {
        try
        {
            var result = new List<T>();
            SelectRows rows = connection.BeginSelect(CatalogSql.Load(fileName, features), [.. parameters.Select(Literal)]);
            while (rows.Read(out int fieldCount, out ReadOnlySpan<byte> fields))
            {
                var row = new CatalogRow(fields, _encoding, _repeated);
                result.Add(map(ref row));
                if (row.Taken != fieldCount)
                {
                    throw new PureDumpException(
                        ErrorKind.Internal, $"the reader takes {row.Taken} columns, the query gives {fieldCount}");
                }
            }

            return result;
        }
        catch (PureDumpException e)
        {
            throw e.Named($"catalog query {fileName}");
        }
        catch (DecoderFallbackException e)
        {
            throw CatalogSession.NoText($"catalog query {fileName}", connection.Parameter("client_encoding") ?? "UTF8", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static string Literal(uint[] oids) => $"{{{string.Join(',', oids.Select(static oid => oid.ToString(CultureInfo.InvariantCulture)))}}}";
}
