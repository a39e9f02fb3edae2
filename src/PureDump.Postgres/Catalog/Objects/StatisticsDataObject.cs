using PureDump.Formats.Entries;

namespace PureDump.Postgres.Catalog.Objects;

/// <summary>What the planner knows of a table, materialized view or index (<c>pg_class</c> and <c>pg_statistic</c>).</summary>
internal sealed class StatisticsDataObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.StatisticsData;

    /// <summary>The table, materialized view or index.</summary>
    public required CatalogObject Relation { get; init; }

    /// <summary>
    /// With the data for what holds it, after it for indexes; a loop repair moves those of materialized views behind
    /// the refresh, which resets them.
    /// </summary>
    public required Section Section { get; set; }

    /// <summary>The statements that restore it. Kept as text alone: it is as large as all the values are.</summary>
    public string Sql { get; set; } = "";
}
