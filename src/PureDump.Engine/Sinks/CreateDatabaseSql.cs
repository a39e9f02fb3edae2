using PureDump.Formats.Entries;
using PureDump.Postgres.Server;

namespace PureDump.Engine.Sinks;

/// <summary>
/// CREATE DATABASE as a target takes it. The entry names the locale provider always, as pg_dump 18 does, which servers
/// before 15 refuse though they have just the one that is named.
/// </summary>
internal static class CreateDatabaseSql
{
    private const string OptionsStart = " WITH TEMPLATE = template0";
    private const string DefaultProvider = " LOCALE_PROVIDER = libc";

    /// <summary>The statements of a DATABASE entry for a target.</summary>
    public static string For(TocEntry database, ServerFeatures target)
    {
        // Behind the name, which could hold anything.
        int options = database.CreateSql.LastIndexOf(OptionsStart, StringComparison.Ordinal);
        return target.HasLocaleProvider || options < 0
            ? database.CreateSql
            : database.CreateSql[..options] + database.CreateSql[options..].Replace(DefaultProvider, "", StringComparison.Ordinal);
    }
}
