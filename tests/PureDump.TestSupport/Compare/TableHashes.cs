using System.Collections.Immutable;
using Npgsql;

namespace PureDump.TestSupport;

/// <summary>
/// What a database holds, reduced on the server to one short text per object: of each table and materialized view the
/// row count and a hash of the rows that does not depend on their order, of each sequence where it stands, of each
/// large object a hash. Two databases with the same data have equal hashes, whatever their servers' versions.
/// </summary>
/// <param name="ByObject">From <c>table s.t</c>, <c>sequence s.q</c>, <c>large object n</c> to the reduced content.</param>
public sealed record TableHashes(ImmutableSortedDictionary<string, string> ByObject)
{
    // One output for one value: nothing here may depend on the server's or the database's own settings.
    private const string Session = """
        SET search_path = pg_catalog;
        SET datestyle = 'ISO, YMD';
        SET intervalstyle = 'postgres';
        SET timezone = 'UTC';
        SET extra_float_digits = 3;
        SET bytea_output = 'hex';
        SET lc_monetary = 'C';
        SET row_security = off;
        """;

    private const string Objects = """
        SELECT c.relkind::text, n.nspname, c.relname, format('%I.%I', n.nspname, c.relname)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'm', 'S') AND c.relpersistence <> 't'
          AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
          AND (c.relkind <> 'm' OR c.relispopulated)
        ORDER BY 2, 3
        """;

    /// <summary>The content of <paramref name="database"/> now.</summary>
    public static TableHashes Of(PostgresServer server, string database)
    {
        using var connection = server.Connect(database);
        using (var transaction = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;" + Session, connection))
        {
            transaction.ExecuteNonQuery();
        }

        var contents = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var row in Rows(connection, Objects))
        {
            var (kind, name) = (row[0], row[3]);
            if (kind == "S")
            {
                contents[$"sequence {name}"] = Rows(connection, $"SELECT format('at %s, called %s', last_value, is_called) FROM {name}")
                    .Single()[0];
            }
            else
            {
                contents[$"table {name}"] = Rows(
                        connection,
                        $"""
                        SELECT format('%s rows, hash %s', count(*), coalesce(sum(hashtextextended(puredump_row::text COLLATE "C",
                            0)::numeric), 0))
                        FROM ONLY {name} AS puredump_row
                        """
                    )
                    .Single()[0];
            }
        }

        foreach (var row in Rows(connection, "SELECT oid::text, md5(lo_get(oid)) FROM pg_largeobject_metadata"))
        {
            contents[$"large object {row[0]}"] = row[1];
        }

        return new TableHashes(contents.ToImmutable());
    }

    /// <summary>One line per object that is not the same here and in <paramref name="other"/>; empty when all are.</summary>
    public IReadOnlyList<string> Differences(TableHashes other) =>
        [
            .. ByObject
                .Keys.Union(other.ByObject.Keys)
                .Order(StringComparer.Ordinal)
                .Select(key =>
                    (Key: key, Here: ByObject.GetValueOrDefault(key, "missing"), There: other.ByObject.GetValueOrDefault(key, "missing")))
                .Where(pair => pair.Here != pair.There)
                .Select(pair => $"{pair.Key}: {pair.Here} | {pair.There}"),
        ];

    /// <inheritdoc/>
    public bool Equals(TableHashes? other) => other is not null && Differences(other).Count == 0;

    /// <inheritdoc/>
    public override int GetHashCode() => ByObject.Count;

    private static List<string[]> Rows(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true, CommandTimeout = 0 };
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
        {
            var row = new string[reader.FieldCount];
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = reader.GetString(column);
            }

            rows.Add(row);
        }

        return rows;
    }
}
