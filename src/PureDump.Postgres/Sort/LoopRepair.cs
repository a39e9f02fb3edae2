using System.Text;
using PureDump.Postgres.Catalog;

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
        || PostponeOverBoundary(loop, static item => item is TableObject { IsMaterializedView: true })
        || PostponeOverBoundary(loop, static item => item is FunctionObject and not AggregateObject)
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
        if (!TryFindPair(loop, static (TableObject table, RuleObject rule) => table.IsView && IsQueryOf(rule, table),
            out TableObject? view, out RuleObject? query))
        {
            return false;
        }

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
    private bool PostponeOverBoundary(List<CatalogObject> loop, Predicate<CatalogObject> isCause)
    {
        int boundary = loop.IndexOf(boundaries.BeforeData);
        if (boundary < 0 || !loop.Exists(isCause))
        {
            return false;
        }

        CatalogObject next = loop[(boundary + 1) % loop.Count];
        boundaries.BeforeData.RemoveNeed(next);
        if (isCause(next))
        {
            switch (next)
            {
                case TableObject view:
                    view.IsPostponed = true;
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
        if (!TryFindPair(loop, static (TableObject owner, ConstraintObject part) => part.Type == 'c' && part.Table == owner,
            out TableObject? table, out ConstraintObject? check))
        {
            return false;
        }

        Split(table, check);
        return true;
    }

    private static bool SplitDefault(List<CatalogObject> loop)
    {
        if (!TryFindPair(loop, static (TableObject owner, DefaultObject part) => part.Table == owner,
            out TableObject? table, out DefaultObject? value))
        {
            return false;
        }

        // Still pre-data: it needs no more than its table.
        table.RemoveNeed(value);
        value.IsSeparate = true;
        value.AddNeed(table);
        return true;
    }

    private bool SplitDomainConstraint(List<CatalogObject> loop)
    {
        if (!TryFindPair(loop, static (TypeObject owner, ConstraintObject part) => part.Type is 'c' or 'n' && part.Domain == owner,
            out TypeObject? domain, out ConstraintObject? constraint))
        {
            return false;
        }

        Split(domain, constraint);
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

    private static bool TryFindPair<TWhole, TPart>(
        List<CatalogObject> loop,
        Func<TWhole, TPart, bool> belongs,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TWhole? whole,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TPart? part)
        where TWhole : CatalogObject
        where TPart : CatalogObject
    {
        foreach (CatalogObject item in loop)
        {
            if (item is TWhole candidate)
            {
                foreach (CatalogObject other in loop)
                {
                    if (other is TPart member && belongs(candidate, member))
                    {
                        whole = candidate;
                        part = member;
                        return true;
                    }
                }
            }
        }

        whole = null;
        part = null;
        return false;
    }
}
