namespace PureDump.Postgres.Catalog.Objects;

/// <summary>Extended statistics (<c>pg_statistic_ext</c>).</summary>
internal sealed class ExtendedStatisticsObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.ExtendedStatistics;

    public required TableObject Table { get; init; }

    /// <summary><c>pg_get_statisticsobjdef(oid)</c>.</summary>
    public required string Definition { get; init; }

    /// <summary><c>stxstattarget</c>; -1 = default.</summary>
    public required int Target { get; init; }

    /// <summary>The statements that restore what they hold; empty where that is nothing, or not wanted.</summary>
    public string ContentSql { get; set; } = "";
}
