using System.Globalization;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>Subscriptions as SQL (pg_dump.c, dumpSubscription). Restoring one never connects to the other side.</summary>
internal static class SubscriptionDdl
{
    /// <summary>Adds the entries of one subscription.</summary>
    public static void Emit(SubscriptionObject subscription, DdlContext context)
    {
        string name = SqlText.Name(subscription.Name);
        string target = $"SUBSCRIPTION {name}";
        if (subscription.Emits(Components.Definition))
        {
            context.Toc.Add(subscription, new TocEntry
            {
                Id = subscription.DumpId,
                CatalogId = subscription.Id,
                Kind = EntryKind.Subscription,
                Name = subscription.Name,
                Owner = subscription.Owner,
                Section = Section.PostData,
                CreateSql = CreateSql(subscription, target),
                DropSql = $"DROP {target};\n",
                DropIfExistsSql = $"DROP SUBSCRIPTION IF EXISTS {name};\n",
                OwnerTarget = target,
            });
        }

        CommentDdl.Emit(subscription, target, context);
        SecurityLabelDdl.Emit(subscription, target, context);
    }

    private static string CreateSql(SubscriptionObject subscription, string target)
    {
        string source = subscription.Server is null
            ? $"CONNECTION {SqlText.Literal(subscription.Conninfo)}"
            : $"SERVER {SqlText.Name(subscription.Server)}";
        var sql = new StringBuilder($"CREATE {target} {source} PUBLICATION ");
        sql.AppendJoin(", ", subscription.Publications.Select(SqlText.Name));
        sql.Append(" WITH (connect = false");
        Append(sql, true, "slot_name", subscription.SlotName is null ? "NONE" : SqlText.Literal(subscription.SlotName));
        Append(sql, subscription.IsBinary, "binary", "true");

        // Always told: off and parallel have each been the default.
        Append(sql, true, "streaming", subscription.Streaming switch { 't' => "on", 'p' => "parallel", _ => "off" });
        Append(sql, subscription.IsTwoPhase, "two_phase", "on");
        Append(sql, subscription.DisablesOnError, "disable_on_error", "true");
        Append(sql, !subscription.RequiresPassword, "password_required", "false");
        Append(sql, subscription.RunsAsOwner, "run_as_owner", "true");
        Append(sql, subscription.HasFailover, "failover", "true");
        Append(sql, subscription.RetainsDeadTuples, "retain_dead_tuples", "true");
        Append(
            sql,
            subscription.RetentionMax != 0,
            "max_retention_duration",
            subscription.RetentionMax.ToString(CultureInfo.InvariantCulture));
        Append(sql, subscription.SynchronousCommit != "off", "synchronous_commit", SqlText.Name(subscription.SynchronousCommit));
        Append(sql, subscription.WalReceiverTimeout != "-1", "wal_receiver_timeout", SqlText.Name(subscription.WalReceiverTimeout));
        Append(sql, subscription.Origin is not (null or "any"), "origin", subscription.Origin ?? "");
        return sql.Append(");\n").ToString();
    }

    private static void Append(StringBuilder sql, bool isTold, string option, string value)
    {
        if (isTold)
        {
            sql.Append($", {option} = {value}");
        }
    }
}
