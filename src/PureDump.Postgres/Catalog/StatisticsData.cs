using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Catalog;

/// <summary>
/// Reads what the planner knows of relations (pg_dump.c, getRelationStatistics and dumpRelationStats). The values can be
/// many times larger than all definitions together: rows become statements as they come in and are not kept.
/// </summary>
internal static class StatisticsData
{
    private const Components Parts = Components.Definition | Components.Data | Components.Statistics;

    /// <summary>Registers the statistics of every dumped table, materialized view and index, where they are wanted.</summary>
    /// <remarks>After the refreshes: what these leave behind must not take their place.</remarks>
    public static void Read(CatalogSession session, CatalogSet catalog)
    {
        if (!catalog.Selection.Options.WithStatistics)
        {
            return;
        }

        var byRelation = new Dictionary<Oid, StatisticsDataObject>();
        foreach (TableObject table in catalog.All<TableObject>().Where(IsWanted).ToList())
        {
            byRelation.Add(table.Id.Row, Add(catalog, table, Section.Data));
        }

        foreach (IndexObject index in catalog.All<IndexObject>().Where(static index => IsWanted(index.Table)).ToList())
        {
            StatisticsDataObject statistics = Add(catalog, index, Section.PostData);
            byRelation.Add(index.Id.Row, statistics);
            if (index.Constraint is not null)
            {
                statistics.AddNeed(index.Constraint);
            }
        }

        if (byRelation.Count == 0)
        {
            return;
        }

        foreach (RefreshObject refresh in catalog.All<RefreshObject>())
        {
            if (byRelation.TryGetValue(refresh.View.Id.Row, out StatisticsDataObject? statistics))
            {
                statistics.AddNeed(refresh);
            }
        }

        uint[] oids = [.. byRelation.Keys.Select(static oid => oid.Value)];
        var relations = new Dictionary<Oid, RelationStatistics>(oids.Length);
        foreach ((Oid oid, RelationStatistics relation) in session.Query("RelationStatistics.sql", MapRelation, oids))
        {
            relations.Add(oid, relation);
            byRelation[oid].Sql = StatisticsText.RelationSql(byRelation[oid], relation, session.Features);
        }

        ReadColumns(session, byRelation, relations, oids);
    }

    private static void ReadColumns(
        CatalogSession session,
        Dictionary<Oid, StatisticsDataObject> byRelation,
        Dictionary<Oid, RelationStatistics> relations,
        uint[] oids)
    {
        var current = new StringBuilder();
        Oid currentOid = Oid.None;
        session.Visit("AttributeStatistics.sql", Append, oids);
        Finish();

        void Append(ref CatalogRow row)
        {
            Oid oid = row.Oid();
            if (oid != currentOid)
            {
                Finish();
                currentOid = oid;
            }

            StatisticsText.AppendColumn(current, byRelation[oid], relations[oid].IndexColumns, session.Features, ref row);
        }

        void Finish()
        {
            if (!currentOid.IsNone)
            {
                byRelation[currentOid].Sql += current.ToString();
                current.Clear();
            }
        }
    }

    // Not of the relations of views and sequences: they have no rows of their own, or one.
    private static bool IsWanted(TableObject table) =>
        table.RelKind is 'r' or 'p' or 'm' or 'f' && (table.Wanted & Parts) != 0;

    private static StatisticsDataObject Add(CatalogSet catalog, CatalogObject relation, Section section)
    {
        StatisticsDataObject statistics = catalog.Register(new StatisticsDataObject
        {
            // Catalog 0: pg_depend must not mistake it for the relation.
            Id = new CatalogId(Oid.None, relation.Id.Row),
            Name = relation.Name,
            Schema = relation.Schema,
            Relation = relation,
            Section = section,
        });
        statistics.Present = Components.Statistics;
        statistics.AddNeed(relation);
        return statistics;
    }

    private static (Oid Oid, RelationStatistics Relation) MapRelation(ref CatalogRow row) =>
        (row.Oid(), new RelationStatistics(row.Int32(), row.Text(), row.Int32(), row.Int32OrNull(), row.TextsOrNull()));
}
