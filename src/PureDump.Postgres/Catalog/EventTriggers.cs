using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>Reads the event triggers (pg_dump.c, getEventTriggers).</summary>
internal static class EventTriggers
{
    /// <summary>Registers every event trigger.</summary>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        foreach (EventTriggerObject trigger in session.Query("EventTriggers.sql", Map))
        {
            catalog.Register(trigger);
        }
    }

    private static EventTriggerObject Map(ref CatalogRow row) => new()
    {
        Id = new CatalogId(row.Oid(), row.Oid()),
        Name = row.Text(),
        Owner = row.Text(),
        Event = row.Text(),
        Enabled = row.Char(),
        Tags = row.Text(),
        Function = row.Text(),
    };
}
