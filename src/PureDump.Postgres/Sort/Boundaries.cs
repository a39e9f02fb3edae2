using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Sort;

/// <summary>
/// The two nodes between pre-data, data and post-data. Every object has an edge to or from one of them, so that no
/// dependency can carry it over a boundary unless a loop repair allows it (pg_dump.c, addBoundaryDependencies).
/// </summary>
/// <param name="BeforeData">Between pre-data and data.</param>
/// <param name="AfterData">Between data and post-data.</param>
internal sealed record Boundaries(BoundaryObject BeforeData, BoundaryObject AfterData)
{
    /// <summary>Registers the two nodes and ties all objects of the catalog to them. To be called once, last of all.</summary>
    public static Boundaries Add(CatalogSet catalog)
    {
        int count = catalog.Objects.Count;
        var result = new Boundaries(
            catalog.Register(new BoundaryObject(beforeData: true) { Name = "PRE-DATA BOUNDARY" }),
            catalog.Register(new BoundaryObject(beforeData: false) { Name = "POST-DATA BOUNDARY" }));
        for (int i = 0; i < count; i++)
        {
            result.Tie(catalog.Objects[i]);
        }

        result.AfterData.AddNeed(result.BeforeData);
        return result;
    }

    private void Tie(CatalogObject item)
    {
        switch (item)
        {
            // Inside their relation they go where it goes; only entries of their own are post-data.
            case RuleObject { IsSeparate: false } or ConstraintObject { IsSeparate: false }:
                break;
            case StatisticsDataObject { Section: Section.PostData }:
                item.AddNeed(AfterData);
                break;
            case { Kind: < ObjectKind.PreDataBoundary }:
                BeforeData.AddNeed(item);
                break;
            case { Kind: < ObjectKind.PostDataBoundary }:
                item.AddNeed(BeforeData);
                AfterData.AddNeed(item);
                break;
            default:
                item.AddNeed(AfterData);
                break;
        }
    }
}
