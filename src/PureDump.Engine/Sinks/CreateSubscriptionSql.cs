using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Server;

namespace PureDump.Engine.Sinks;

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
    public static string For(TocEntry subscription, ServerFeatures target, ServerFeatures source)
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
        else if (!source.HasSubscriptionRunAsOwner && source.Major > 0 && !options.Contains("run_as_owner", StringComparison.Ordinal))
        {
            // Written for a server that does nothing else.
            options = Added(options, AppliedAsOwner);
        }

        if (
            target.HasSubscriptionStreaming
            && !source.HasSubscriptionStreaming
            && source.Major > 0
            && !options.Contains("streaming", StringComparison.Ordinal))
        {
            options = Added(options, NoStreaming);
        }

        return subscription.CreateSql[..start] + options;
    }

    /// <summary>
    /// What a script, or an archive of pg_dump's, says behind the statement for a server that lacks an option: a newer one does something
    /// else where nothing is said.
    /// </summary>
    /// <param name="subscription">Of a server that does what the lacking options would say.</param>
    /// <param name="target">The server it is written for.</param>
    public static string ForNewer(TocEntry subscription, ServerFeatures target) =>
        string.Concat(
            (
                target.HasSubscriptionRunAsOwner || !subscription.CreateSql.Contains(AppliedAsOwner, StringComparison.Ordinal)
                    ? ""
                    : Later(subscription, 160000, "run_as_owner = true")),
            (
                target.HasSubscriptionStreaming || !subscription.CreateSql.Contains(NoStreaming, StringComparison.Ordinal)
                    ? ""
                    : Later(subscription, 140000, "streaming = off")));

    private static string Later(TocEntry subscription, int version, string option)
    {
        string alter = SqlText.Literal($"ALTER SUBSCRIPTION {SqlText.Name(subscription.Name)} SET ({option})");
        string body =
            $"BEGIN IF pg_catalog.current_setting('server_version_num')::pg_catalog.int4 OPERATOR(pg_catalog.>=) "
                + $"{version.ToString(System.Globalization.CultureInfo.InvariantCulture)} THEN EXECUTE {alter}; END IF; END";
        return $"DO {SqlText.LiteralAnywhere(body)};\n";
    }

    private static string Added(string options, string option)
    {
        int end = options.LastIndexOf(')');
        return end < 0 ? options : options[..end] + option + options[end..];
    }
}
