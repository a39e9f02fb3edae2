using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Postgres.Session;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// The schemas, relations and foreign servers that the user's patterns stand for, looked up once before anything is read
/// (pg_dump.c, expand_schema_name_patterns, expand_table_name_patterns and expand_foreign_server_name_patterns).
/// </summary>
/// <remarks>
/// Patterns on the command line that are UTF-8 are translated by the server, others are bytes in the encoding of the session; roles always
/// are bytes: the database may be in any encoding; the terminal is in UTF-8, or in that of the database. A role has one name for databases
/// of all encodings.
/// </remarks>
internal sealed class NamePatterns
{
    private const string Relations = "tables";

    // invalid_regular_expression
    private const string InvalidRegularExpression = "2201B";

    /// <summary>No patterns.</summary>
    public static NamePatterns None { get; } = new();

    public HashSet<Oid> Schemas { get; } = [];

    public HashSet<Oid> ExcludedSchemas { get; } = [];

    public HashSet<Oid> Tables { get; } = [];

    public HashSet<Oid> ExcludedTables { get; } = [];

    public HashSet<Oid> ExcludedTableData { get; } = [];

    public HashSet<Oid> Extensions { get; } = [];

    public HashSet<Oid> ExcludedExtensions { get; } = [];

    public HashSet<Oid> IncludedForeignServers { get; } = [];

    /// <summary>Resolves all patterns of a selection with one query per kind of name.</summary>
    /// <exception cref="PureDumpException">A pattern is malformed (<see cref="ErrorKind.Usage"/>), or matches nothing
    /// where it has to (<see cref="ErrorKind.NotFound"/>).</exception>
    public static NamePatterns Resolve(CatalogSession session, DumpSelection options)
    {
        string database = session.Connection.Database;
        bool isStrict = options.StrictNames;
        var result = new NamePatterns();
        Resolve(session, "SchemaPatterns.sql", "schemas", text => NamePattern.ForSchema(text, database),
            [new(options.Schemas, result.Schemas, isStrict), new(options.ExcludedSchemas, result.ExcludedSchemas)]);
        Require(options.Schemas.Count, result.Schemas, "schemas");
        Resolve(session, "RelationPatterns.sql", Relations, text => NamePattern.ForRelation(text, database),
            [
                new(options.Tables, result.Tables, isStrict),
                new(options.TablesAndChildren, result.Tables, isStrict, WithChildren: true),
                new(options.ExcludedTables, result.ExcludedTables),
                new(options.ExcludedTablesAndChildren, result.ExcludedTables, WithChildren: true),
                new(options.ExcludedTableData, result.ExcludedTableData),
                new(options.ExcludedTableDataAndChildren, result.ExcludedTableData, WithChildren: true),
            ]);
        Require(options.Tables.Count + options.TablesAndChildren.Count, result.Tables, Relations);
        Resolve(session, "ForeignServerPatterns.sql", "foreign servers", NamePattern.ForName,
            [new(options.IncludedForeignServers, result.IncludedForeignServers, IsStrict: true)]);
        Resolve(session, "ExtensionPatterns.sql", "extensions", NamePattern.ForName,
            [new(options.Extensions, result.Extensions, isStrict), new(options.ExcludedExtensions, result.ExcludedExtensions)]);
        Require(options.Extensions.Count, result.Extensions, "extensions");
        return result;
    }

    /// <summary>The databases of the cluster that match patterns (pg_dumpall.c, expand_dbname_patterns); no pattern has to match.</summary>
    /// <exception cref="PureDumpException">A pattern is malformed (<see cref="ErrorKind.Usage"/>).</exception>
    public static HashSet<Oid> Databases(CatalogSession session, IReadOnlyList<string> patterns)
    {
        var found = new HashSet<Oid>();
        Resolve(session, "DatabasePatterns.sql", "databases", NamePattern.ForName, [new(patterns, found)]);
        return found;
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
        bool needsSearchPath = what == Relations && patterns.Exists(static pattern => pattern.Pattern.Schema is null);
        string[] names = session.Typed([.. patterns.Select(static pattern => pattern.Pattern.Name)]);
        object[] parameters = what != Relations
            ? [names]
            :
            [
                names,
                session.Typed([.. patterns.Select(static pattern => pattern.Pattern.Schema ?? "")]),
                patterns.Select(static pattern => pattern.Wish.WithChildren).ToArray(),
            ];
        if (needsSearchPath)
        {
            session.Execute("RESET search_path", "search_path for patterns");
        }

        List<(int Ordinal, Oid Oid)> matches = Match(session, fileName, parameters);
        if (needsSearchPath)
        {
            session.Execute(SessionSettings.EmptyPath, "empty search_path");
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
                throw new PureDumpException(
                    ErrorKind.NotFound,
                    $"no matching {what} were found for pattern \"{patterns[i].Pattern.Text}\"");
            }
        }
    }

    private static List<(int Ordinal, Oid Oid)> Match(CatalogSession session, string fileName, object[] parameters)
    {
        try
        {
            return session.Query(fileName, Map, parameters);
        }
        catch (PureDumpException e) when (e.SqlState == InvalidRegularExpression)
        {
            // Outside double quotes a pattern can hold any regular expression syntax.
            throw new PureDumpException(
                ErrorKind.Usage, $"a name pattern is not a valid regular expression: {e.Message}", "put literal names in double quotes", e);
        }
    }

    private static void Require(int patternCount, HashSet<Oid> found, string what)
    {
        if (patternCount > 0 && found.Count == 0)
        {
            throw new PureDumpException(
                ErrorKind.NotFound,
                $"no matching {what} were found",
                "a pattern without quotes is folded to lower case; without a schema it only finds what is on the search_path");
        }
    }

    private static (int Ordinal, Oid Oid) Map(ref CatalogRow row) => (row.Int32(), row.Oid());

    private sealed record Wish(IReadOnlyList<string> Patterns, HashSet<Oid> Found, bool IsStrict = false, bool WithChildren = false);
}
