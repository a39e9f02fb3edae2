using PureDump.Formats.Entries;

namespace PureDump.Engine.Jobs;

/// <summary>
/// About how long a job takes, in bytes of rows that one connection loads meanwhile. Of eight tables of 150,000 rows on PostgreSQL 18 a key
/// took 0.34 of the time of its rows, a foreign key 0.4; the rest are estimates. Rows of another width, and another machine, make it
/// several times more or less, and the schedule has to do well nevertheless (ScheduleSimulationTests).
/// </summary>
internal static class JobCosts
{
    // About a millisecond.
    private const double Statement = 64 << 10;

    // What nobody knows the size of: a materialized view.
    private const double Unknown = 8 << 20;

    /// <summary>Of a job whose parts or tables are known.</summary>
    public static double Of(Job job)
    {
        if (job.Parts is { } parts)
        {
            return parts.Total(static part => part.Weight) + Statement;
        }

        return Statement
            + job.Entry.Kind switch
            {
                EntryKind.Index or EntryKind.Constraint when job.Facts.IndexMethod is { } method => job.TableBytes
                    * OfIndex(method, job.Facts.IsPartial),
                EntryKind.ForeignKey when !job.Facts.IsNotValid => job.TableBytes * 0.2,
                EntryKind.Constraint or EntryKind.CheckConstraint when !job.Facts.IsNotValid => job.TableBytes * 0.1,
                EntryKind.MaterializedViewData => Unknown,
                _ => 0,
            };
    }

    private static double OfIndex(string method, bool isPartial) =>
        (isPartial ? 0.4 : 1) * method switch { "btree" or "hash" => 0.35, "brin" => 0.1, "gin" => 1.5, "gist" or "spgist" => 2, _ => 1 };
}
