namespace PureDump.TestSupport;

/// <summary>The sample databases of tests/samples; see the NOTICE file there for where they come from.</summary>
public static class Samples
{
    /// <summary>Loads Chinook (a music shop: 11 tables, accented names) into an empty database.</summary>
    public static void LoadChinook(PostgresServer server, string database) => server.LoadScript(database, PathOf("chinook"));

    /// <summary>
    /// Loads Pagila (a film rental: inheritance, rules, triggers, domains, an enum, an aggregate, a bytea, full text
    /// search) into an empty database.
    /// </summary>
    public static void LoadPagila(PostgresServer server, string database)
    {
        server.LoadScript(database, PathOf("pagila-schema"));
        server.LoadScript(database, PathOf("pagila-data"));
    }

    private static string PathOf(string name) => Repository.PathOf("tests", "samples", $"{name}.sql.gz");
}
