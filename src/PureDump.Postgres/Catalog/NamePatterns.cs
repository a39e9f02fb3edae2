using Npgsql;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// The schemas, relations and foreign servers that the user's patterns stand for, looked up once before anything is read
/// (pg_dump.c, expand_schema_name_patterns, expand_table_name_patterns and expand_foreign_server_name_patterns).
/// </summary>
internal sealed class NamePatterns
{
    /// <summary>No patterns.</summary>
    public static NamePatterns None { get; } = new();

    public HashSet<Oid> Schemas { get; } = [];

    public HashSet<Oid> ExcludedSchemas { get; } = [];

    public HashSet<Oid> Tables { get; } = [];

    public HashSet<Oid> ExcludedTables { get; } = [];

    public HashSet<Oid> ExcludedTableData { get; } = [];

    public HashSet<Oid> IncludedForeignServers { get; } = [];

    /// <summary>Resolves all patterns of a selection with one query per kind of name.</summary>
    /// <exception cref="PureDumpException">A pattern is malformed (<see cref="ErrorKind.Usage"/>), or matches nothing
    /// where it has to (<see cref="ErrorKind.NotFound"/>).</exception>
    public static NamePatterns Resolve(CatalogSession session, DumpSelection options)
    {
        var result = new NamePatterns();
        Resolve(session, "SchemaPatterns.sql", "schemas", NamePattern.ForSchema,
            [new(options.Schemas, result.Schemas, options.StrictNames), new(options.ExcludedSchemas, result.ExcludedSchemas)]);
        Resolve(session, "RelationPatterns.sql", "tables", text => NamePattern.ForRelation(text, session.Connection.Database),
            [
                new(options.Tables, result.Tables, options.StrictNames),
                new(options.ExcludedTables, result.ExcludedTables),
                new(options.ExcludedTableData, result.ExcludedTableData),
            ]);
        Resolve(session, "ForeignServerPatterns.sql", "foreign servers", NamePattern.ForForeignServer,
            [new(options.IncludedForeignServers, result.IncludedForeignServers, IsStrict: true)]);
        Require(options.Schemas, result.Schemas, "schemas");
        Require(options.Tables, result.Tables, "tables");
        return result;
    }

    private static void Resolve(CatalogSession session, string fileName, string what, Func<string, NamePattern> parse, Wish[] wishes)
    {
        var patterns = new List<(NamePattern Pattern, Wish Wish)>();
        foreach (Wish wish in wishes)
        {
            foreach (string text in wish.Patterns)
            {
                patterns.Add((parse(text), wish));
            }
        }

        if (patterns.Count == 0)
        {
            return;
        }

        // A relation without a schema is one the user would see: by the role's and database's own search_path.
        bool needsSearchPath = what == "tables" && patterns.Exists(static pattern => pattern.Pattern.Schema is null);
        if (needsSearchPath)
        {
            session.Execute("RESET search_path", "search_path for patterns");
        }

        string[] schemas = [.. patterns.Select(static pattern => pattern.Pattern.Schema ?? "")];
        string[] names = [.. patterns.Select(static pattern => pattern.Pattern.Name)];
        List<(int Ordinal, Oid Oid)> matches = Match(session, fileName, schemas, names);
        if (needsSearchPath)
        {
            session.Execute("SELECT pg_catalog.set_config('search_path', '', false)", "empty search_path");
        }

        var matched = new bool[patterns.Count];
        foreach ((int ordinal, Oid oid) in matches)
        {
            patterns[ordinal - 1].Wish.Found.Add(oid);
            matched[ordinal - 1] = true;
        }

        for (int i = 0; i < patterns.Count; i++)
        {
            if (patterns[i].Wish.IsStrict && !matched[i])
            {
                throw new PureDumpException(ErrorKind.NotFound, $"no matching {what} were found for pattern \"{patterns[i].Pattern.Text}\"");
            }
        }
    }

    private static List<(int Ordinal, Oid Oid)> Match(CatalogSession session, string fileName, string[] schemas, string[] names)
    {
        try
        {
            return session.Query(fileName, Map, schemas, names);
        }
        catch (PureDumpException e) when (e.SqlState == PostgresErrorCodes.InvalidRegularExpression)
        {
            // Outside double quotes a pattern can hold any regular expression syntax.
            throw new PureDumpException(
                ErrorKind.Usage, $"a name pattern is not a valid regular expression: {e.Message}", "put literal names in double quotes", e);
        }
    }

    private static void Require(IReadOnlyList<string> patterns, HashSet<Oid> found, string what)
    {
        if (patterns.Count > 0 && found.Count == 0)
        {
            throw new PureDumpException(
                ErrorKind.NotFound,
                $"no matching {what} were found",
                "a pattern without quotes is folded to lower case; without a schema it only finds what is on the search_path");
        }
    }

    private static (int Ordinal, Oid Oid) Map(ref CatalogRow row) => (row.Int32(), row.Oid());

    private sealed record Wish(IReadOnlyList<string> Patterns, HashSet<Oid> Found, bool IsStrict = false);
}
