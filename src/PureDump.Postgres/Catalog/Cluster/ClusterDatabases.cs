using System.Text;
using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads which databases there are to dump (pg_dumpall.c, dumpDatabases).</summary>
internal static class ClusterDatabases
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Those that can be connected to and match none of the patterns.</summary>
    public static List<ClusterDatabase> Read(CatalogSession session, IReadOnlyList<string> excluded)
    {
        HashSet<Oid> left = NamePatterns.Databases(session, excluded);
        return [.. session.Query("ClusterDatabases.sql", Map).Where(row => !left.Contains(row.Oid)).Select(static row => row.Database)];
    }

    private static (Oid Oid, ClusterDatabase Database) Map(ref CatalogRow row) =>
        (row.Oid(), new ClusterDatabase(row.Text(), Decoded(Convert.FromHexString(row.Text()))));

    private static string? Decoded(byte[] name)
    {
        try
        {
            return s_strict.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            // Made through a database in another encoding: a connection of this program cannot ask for it.
            return null;
        }
    }
}
