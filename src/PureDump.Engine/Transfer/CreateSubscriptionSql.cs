using PureDump.Formats;
using PureDump.Postgres.Catalog;

namespace PureDump.Engine.Transfer;

/// <summary>
/// CREATE SUBSCRIPTION as a target takes it. The entry says in words, as pg_dump 18 does, even what servers without the
/// option do anyway, and these refuse the option. Options that ask such a server for something else stay: its error names them.
/// </summary>
internal static class CreateSubscriptionSql
{
    private const string OptionsStart = " WITH (connect = false";
    private const string NoStreaming = ", streaming = off";
    private const string AppliedAsOwner = ", run_as_owner = true";

    /// <summary>The statement of a SUBSCRIPTION entry for a target.</summary>
    public static string For(TocEntry subscription, ServerFeatures target)
    {
        // Behind the connection string and the publications, which could hold anything.
        int start = subscription.CreateSql.LastIndexOf(OptionsStart, StringComparison.Ordinal);
        if (start < 0)
        {
            return subscription.CreateSql;
        }

        string options = subscription.CreateSql[start..];
        if (!target.HasSubscriptionStreaming)
        {
            options = options.Replace(NoStreaming, "", StringComparison.Ordinal);
        }

        if (!target.HasSubscriptionRunAsOwner)
        {
            options = options.Replace(AppliedAsOwner, "", StringComparison.Ordinal);
        }

        return subscription.CreateSql[..start] + options;
    }
}
