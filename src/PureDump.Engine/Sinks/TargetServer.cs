using System.Text.RegularExpressions;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Script;
using PureDump.Postgres.Server;

namespace PureDump.Engine.Sinks;

/// <summary>Entries as a server of a given version takes them.</summary>
/// <param name="features">What it knows.</param>
internal sealed partial class TargetServer(ServerFeatures features)
{
    // What no server from 19 on takes.
    private static readonly string[] s_stringSettings = ["standard_conforming_strings", "escape_string_warning"];

    // The first major version whose pg_restore reads what is written in PgArchiveVersion.Newest.
    private const int NewestReaderMajor = 17;

    /// <summary>The server a script or an archive of pg_dump's is for; null: nobody has said, and it is written as pg_dump does.</summary>
    public static TargetServer? Of(ScriptOptions options, DumpOrigin origin)
    {
        ServerFeatures features = options.ForMajor is { } major
            ? ServerFeatures.OfMajor(major)
            : new ServerFeatures(origin.ServerVersionNumber);

        // An archive of pg_dump's whose server nobody knows has no number.
        return options.FitsServer && features.Major > 0 ? new TargetServer(features) : null;
    }

    /// <summary>A Toc and the options of a script as they are for the server that the options name.</summary>
    /// <param name="toc">With the statements as pg_dump writes them.</param>
    /// <param name="options">As they were given.</param>
    /// <param name="warn">Told what that server will refuse.</param>
    public static (Toc Toc, ScriptOptions Options) Fit(Toc toc, ScriptOptions options, Action<string> warn)
    {
        if (Of(options, toc.Origin) is not { } target)
        {
            return (toc, options);
        }

        if (!target.Features.HasStatisticsImport && toc.Entries.Any(static entry => entry.IsStatistics))
        {
            warn($"a server of version {target.Features.Major} takes no statistics: those that are written are for 18 and newer");
        }

        return (
            new Toc(toc.Origin, [.. toc.Entries.Select(entry => target.Fit(entry, toc.Origin))]),
            options with
            {
                WithoutTransactionTimeout = !target.Features.HasTransactionTimeout,
            }
        );
    }

    /// <summary>What it knows.</summary>
    public ServerFeatures Features { get; } = features;

    /// <summary>The version of an archive of pg_dump's that the pg_restore of that server reads; the newest where the compression is one
    /// that it does not.</summary>
    public PgArchiveVersion ArchiveVersion(StreamCompression compression) =>
        Features.Major >= NewestReaderMajor || compression.Method is not (StreamMethod.None or StreamMethod.Gzip)
            ? PgArchiveVersion.Newest
            : PgArchiveVersion.ForOldReaders;

    /// <summary>The statements of an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="origin">Of its Toc.</param>
    public string CreateSql(TocEntry entry, DumpOrigin origin) =>
        entry.Kind switch
        {
            EntryKind.Subscription => CreateSubscriptionSql.For(entry, Features, new ServerFeatures(origin.ServerVersionNumber)),
            EntryKind.Database => CreateDatabaseSql.For(entry, Features),
            EntryKind.Function or EntryKind.Procedure when Features.HasOnlyConformingStrings => WithoutStringSettings(entry.CreateSql),
            EntryKind.DatabaseProperties
            or EntryKind.RoleSettings when Features.HasOnlyConformingStrings && s_stringSettings.Any(entry.CreateSql.Contains) =>
                string.Concat(
                    StatementTexts
                        .Of(entry.CreateSql, origin)
                        .Where(static statement => !SetsStrings().IsMatch(statement))
                        .Select(static statement => statement + "\n")),
            _ => entry.CreateSql,
        };

    // Before the body, which may hold anything; a line break in a default value makes no line with four blanks and this word.
    private static string WithoutStringSettings(string sql)
    {
        int body = sql.IndexOf("\n    AS ", StringComparison.Ordinal);
        string head = body < 0 ? sql : sql[..body];
        return OffClause().Replace(head, "") + sql[head.Length..];
    }

    [GeneratedRegex(@"\n    SET (standard_conforming_strings|escape_string_warning) TO '(on|off)'(?=\n|\z)", RegexOptions.ExplicitCapture)]
    private static partial Regex OffClause();

    // The end of a statement that sets for a database or a role what the server does not know any more.
    [GeneratedRegex(@" SET (standard_conforming_strings|escape_string_warning) TO '(on|off)';\z", RegexOptions.ExplicitCapture)]
    private static partial Regex SetsStrings();

    private TocEntry Fit(TocEntry entry, DumpOrigin origin)
    {
        string sql =
            CreateSql(entry, origin) + (entry.Kind == EntryKind.Subscription ? CreateSubscriptionSql.ForNewer(entry, Features) : "");
        return sql == entry.CreateSql ? entry : entry with { CreateSql = sql };
    }
}
