using System.Text;
using PureDump.Formats.Errors;
using PureDump.Postgres.Server;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// The catalog queries: <c>.sql</c> files beside their readers, each valid as it stands on the newest server and fitted
/// to an older one by its marks: <c>/*? HasX */ A /*: B */</c> is A where the server has the feature, else B
/// (B may be empty). Marks do not nest.
/// </summary>
/// <remarks>
/// Catalog SQL is one text per kind with marks in comments: runs by hand on the newest server; a second copy for an old version would
/// drift.
/// </remarks>
internal static class CatalogSql
{
    /// <summary>The text of the query in that file for a server.</summary>
    /// <param name="fileName">The bare name, e.g. <c>Schemas.sql</c>.</param>
    /// <param name="features">The server it will run on.</param>
    public static string Load(string fileName, ServerFeatures features)
    {
        using Stream stream = typeof(CatalogSql).Assembly.GetManifestResourceStream(fileName)
            ?? throw new PureDumpException(ErrorKind.Internal, $"the catalog query {fileName} is not part of the program");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Fit(reader.ReadToEnd(), features);
    }

    /// <summary>Resolves the marks of <paramref name="sql"/> for a server.</summary>
    /// <exception cref="PureDumpException">A mark is not closed or names no feature (<see cref="ErrorKind.Internal"/>).</exception>
    public static string Fit(string sql, ServerFeatures features)
    {
        const string open = "/*?";
        var result = new StringBuilder(sql.Length);
        int from = 0;
        while (true)
        {
            int mark = sql.IndexOf(open, from, StringComparison.Ordinal);
            if (mark < 0)
            {
                return result.Append(sql, from, sql.Length - from).ToString();
            }

            int nameEnd = EndOf(sql, "*/", mark);
            int elseMark = EndOf(sql, "/*:", nameEnd);
            int elseEnd = EndOf(sql, "*/", elseMark);
            string feature = sql[(mark + open.Length)..(nameEnd - 2)].Trim();
            result.Append(sql, from, mark - from);
            result.Append(features.Has(feature) ? sql.AsSpan(nameEnd..(elseMark - 3)) : sql.AsSpan(elseMark..(elseEnd - 2)));
            from = elseEnd;
        }
    }

    private static int EndOf(string sql, string token, int from)
    {
        int at = sql.IndexOf(token, from, StringComparison.Ordinal);
        return at >= 0
            ? at + token.Length
            : throw new PureDumpException(ErrorKind.Internal, $"a catalog query lacks a \"{token}\" after character {from}");
    }
}
