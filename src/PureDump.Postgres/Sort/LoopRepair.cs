using System.Text;
using PureDump.Formats.Entries;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Sort;

/// <summary>
/// Breaks a loop of needs, by the first rule that fits (pg_dump_sort.c, repairDependencyLoop). Loops are normal: a
/// table and its CHECK need each other in the catalog. In short loops one edge is only bookkeeping and is dropped. In
/// long ones a part of the definition has to be made apart, later: these rules set the flags Ddl/ obeys.
/// </summary>
internal sealed class LoopRepair(Boundaries boundaries, Action<string> warn)
{
    /// <summary>Breaks one loop, in which each object needs the next one and the last the first.</summary>
    public void Repair(List<CatalogObject> loop)
    {
        bool repaired = loop.Count switch
        {
            1 => RepairSelf(loop[0]),
            2 => RepairPair(loop[0], loop[1]) || RepairPair(loop[1], loop[0]),
            _ => RepairLong(loop),
        };
        if (!repaired)
        {
            BreakWithWarning(loop);
        }
    }

    // A table may need itself: a generated column and the column it is made of, a partition key of the whole row.
    private static bool RepairSelf(CatalogObject item)
    {
        if (item is TableObject)
        {
            item.RemoveNeed(item);
            return true;
        }

        return false;
    }

    private static bool RepairPair(CatalogObject whole, CatalogObject part)
    {
        switch (whole, part)
        {
            // A base type and its input function, a range and its canonical function: the shell comes before both.
            case (TypeObject { IsDummy: false } type, FunctionObject function) when function is not AggregateObject:
                ReplaceTypeByShell(type, function);
                return true;

            // A view is its ON SELECT rule.
            case (TableObject view, RuleObject rule) when IsQueryOf(rule, view):
                rule.RemoveNeed(view);
                return true;

            // A CHECK or default stands inside its table's CREATE.
            case (TableObject table, ConstraintObject { Type: 'c' } check) when check.Table == table:
                check.RemoveNeed(table);
                return true;
            case (TableObject table, DefaultObject value) when value.Table == table:
                value.RemoveNeed(table);
                return true;

            // The index of a partitioned table has to be there before those of its partitions are attached to it.
            case (IndexObject parent, IndexObject partition) when partition.ParentIndex == parent.Id.Row:
                parent.RemoveNeed(partition);
                return true;

            case (TypeObject domain, ConstraintObject { Type: 'c' or 'n' } constraint) when constraint.Domain == domain:
                constraint.RemoveNeed(domain);
                return true;
            default:
                return false;
        }
    }

    private bool RepairLong(List<CatalogObject> loop) =>
        SplitView(loop)
        || PostponeOverBoundary(loop, boundaries.BeforeData, static item => item is TableObject { IsMaterializedView: true })
        || PostponeOverBoundary(
            loop,
            boundaries.AfterData,
            static item => item is StatisticsDataObject { Relation: TableObject { IsMaterializedView: true } }
        )
        || PostponeOverBoundary(loop, boundaries.BeforeData, static item => item is FunctionObject and not AggregateObject)
        || SplitTableCheck(loop)
        || SplitDefault(loop)
        || SplitDomainConstraint(loop);

    private static void ReplaceTypeByShell(TypeObject type, FunctionObject function)
    {
        function.RemoveNeed(type);
        if (type.Shell is { } shell)
        {
            function.AddNeed(shell);
            if (function.Wanted != Components.None)
            {
                shell.Wanted = function.Wanted | Components.Definition;
            }
        }
    }

    /// <summary>
    /// A view in a long loop is made with columns of NULLs first; its query follows in a rule, after the data. Not
    /// possible for materialized views.
    /// </summary>
    private bool SplitView(List<CatalogObject> loop)
    {
        if (
            FindPart<RuleObject>(
                loop,
                static rule => !rule.IsSeparate && rule.Table.IsView && IsQueryOf(rule, rule.Table) ? rule.Table : null)
            is not { } query)
        {
            return false;
        }

        TableObject view = query.Table;
        view.RemoveNeed(query);
        view.IsDummyView = true;
        query.IsSeparate = true;
        query.AddNeed(view);
        query.AddNeed(boundaries.AfterData);
        return true;
    }

    /// <summary>
    /// What cannot be split is allowed to stand after the data. The object behind the boundary in the loop need not be
    /// the one itself, it can be its row type: then the next attempt finds the next link (pg_dump_sort.c,
    /// repairMatViewBoundaryMultiLoop and repairFunctionBoundaryMultiLoop).
    /// </summary>
    private static bool PostponeOverBoundary(List<CatalogObject> loop, BoundaryObject boundary, Predicate<CatalogObject> isCause)
    {
        int at = loop.IndexOf(boundary);
        if (at < 0 || !loop.Exists(isCause))
        {
            return false;
        }

        CatalogObject next = loop[(at + 1) % loop.Count];
        boundary.RemoveNeed(next);
        if (isCause(next))
        {
            switch (next)
            {
                case TableObject view:
                    view.IsPostponed = true;
                    break;
                case StatisticsDataObject statistics:
                    statistics.Section = Section.PostData;
                    break;
                case FunctionObject function:
                    function.IsPostponed = true;
                    break;
            }
        }

        return true;
    }

    private bool SplitTableCheck(List<CatalogObject> loop)
    {
        if (FindPart<ConstraintObject>(loop, static check => !check.IsSeparate && check.Type == 'c' ? check.Table : null) is not { } check)
        {
            return false;
        }

        Split(check.Table!, check);
        return true;
    }

    private static bool SplitDefault(List<CatalogObject> loop)
    {
        if (FindPart<DefaultObject>(loop, static value => value.IsSeparate ? null : value.Table) is not { } value)
        {
            return false;
        }

        // Still pre-data: it needs no more than its table.
        value.Table.RemoveNeed(value);
        value.IsSeparate = true;
        value.AddNeed(value.Table);
        return true;
    }

    private bool SplitDomainConstraint(List<CatalogObject> loop)
    {
        if (
            FindPart<ConstraintObject>(
                loop,
                static constraint => !constraint.IsSeparate && constraint.Type is 'c' or 'n' ? constraint.Domain : null)
            is not { } constraint)
        {
            return false;
        }

        Split(constraint.Domain!, constraint);
        return true;
    }

    // The edge from part to whole was likely dropped by the rule for pairs, as short loops are found first.
    private void Split(CatalogObject whole, ConstraintObject part)
    {
        whole.RemoveNeed(part);
        part.IsSeparate = true;
        part.AddNeed(whole);
        part.AddNeed(boundaries.AfterData);
    }

    private void BreakWithWarning(List<CatalogObject> loop)
    {
        var text = new StringBuilder();
        bool isData = loop.TrueForAll(static item => item is TableDataObject);
        text.Append(
            !isData ? "could not resolve dependency loop among these items: "
            : loop.Count == 1 ? "there are circular foreign-key constraints on this table: "
            : "there are circular foreign-key constraints among these tables: ");
        text.AppendJoin(", ", loop.ConvertAll(item => isData ? item.Name : item.ToString()));
        if (isData)
        {
            text.Append("; it may not be possible to restore the dump without disabling triggers or dropping the constraints");
        }

        warn(text.ToString());
        loop[0].RemoveNeed(loop[1 % loop.Count]);
    }

    private static bool IsQueryOf(RuleObject rule, TableObject view) =>
        rule is { Event: '1', IsInstead: true } && (view.IsView || view.IsMaterializedView) && rule.Table == view;

    /// <summary>
    /// The part that can be split off in this loop: its whole stands in the loop too, and before those of all other
    /// such parts. A part that stands apart already is none: splitting it again would mend nothing, for ever.
    /// </summary>
    private static T? FindPart<T>(List<CatalogObject> loop, Func<T, CatalogObject?> wholeOf)
        where T : CatalogObject
    {
        T? found = null;
        int foundAt = loop.Count;
        foreach (T part in loop.OfType<T>())
        {
            if (wholeOf(part) is { } whole && loop.IndexOf(whole) is >= 0 and int at && at < foundAt)
            {
                found = part;
                foundAt = at;
            }
        }

        return found;
    }
}
