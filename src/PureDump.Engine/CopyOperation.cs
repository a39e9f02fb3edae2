using PureDump.Engine.Checks;
using PureDump.Engine.Selection;
using PureDump.Engine.Sources;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Rows;
using PureDump.Formats.Values;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Server;
using PureDump.Postgres.Session;
using PureDump.Postgres.Wire;

namespace PureDump.Engine;

/// <summary>Copies a live database into another one, of the same server or not: nothing is stored in between.</summary>
/// <remarks>
/// <para>With <c>--verify</c>, and into a server before 14, tables with columns of users' types travel as text: arrays and composites
/// carry OIDs in binary, and those of users' types differ between databases: equal rows would have other bytes.</para>
/// <para>A database is not copied into itself: with <c>-c</c> the copy would wait for ever for its own locks; told by the system
/// identifier and the OID, so a standby is found out too.</para>
/// </remarks>
internal static class CopyOperation
{
    /// <summary>Copies, and compares in the end what the target holds with what the source had sent.</summary>
    /// <exception cref="PureDumpException">A failure that is not about one entry, or any with <see cref="CopyRequest.ExitOnError"/>; source
    /// and target are one database (<see cref="ErrorKind.Usage"/>); the target has objects of the same names (<see
    /// cref="ErrorKind.TargetMismatch"/>), unless <see cref="CopyRequest.Clean"/> says to drop them.</exception>
    public static CopyResult Run(CopyRequest request, ITransferObserver observer, CancellationToken cancellation)
    {
        ServerFeatures targetFeatures = RefuseItself(request, cancellation);

        // Where foreign keys stand already, a table that references itself must be loaded by one statement.
        bool makesChunks = request.Jobs > 1 && request.Selection.WithSchema;
        DumpSelection selection = request.Selection with { ChecksAfterRows = true };
        using var live = new LiveSource(
            request.Source,
            selection,
            request.Session,
            encoding: null,
            makesChunks,
            observer.Warn,
            cancellation);
        Toc toc = EntryFilter.ForArchive(live.Toc, request.Selection);
        using var source = new CountedSource(
            live,
            request.Verify || !targetFeatures.HasLenientOids ? WithoutOids(toc) : toc,
            request.Verify);
        var failures = new FailureObserver(observer);
        IReadOnlyList<CheckedTarget> targets = CheckedTarget.Of(source.Toc, request.Verify);
        ConnectionTarget target = request.CreateDatabase ? request.Target.With(CreatedName(toc)) : request.Target;
        var check = new CopyCheck(
            target,
            toc.Origin.Encoding,
            request.Session with
            {
                Role = null,
                Snapshot = null,
            },
            request.Jobs,
            cancellation);

        // Rows alone may be added to others; large objects are made in any case.
        bool mayAdd = !request.Selection.WithSchema && !request.CreateDatabase;
        var before = check.Read(mayAdd ? [.. targets.Where(static target => target.Table is not null)] : []);
        RestoreResult result = RestoreOperation.Run(RestoreRequestOf(request), source, failures, cancellation);
        IReadOnlyList<CheckedTarget> copied = [.. targets.Where(target => !target.Entries.Any(failures.Failed.Contains))];
        var after = check.Read(copied);
        var differences = copied.Select(target => Difference(target, source, before, after)).OfType<CopyDifference>();
        return new CopyResult(toc, target.Database, result.FailureCount, copied.Count, [.. differences])
        {
            FilledBefore =
            [
                .. copied
                    .Where(target => before.TryGetValue(target, out var had) && had.Digest.RowCount > 0)
                    .Select(static target => target.Name),
            ],
        };
    }

    private static RestoreRequest RestoreRequestOf(CopyRequest request) => new()
    {
        Target = request.Target,
        Selection = new RestoreSelection
        {
            Sections = request.Selection.Sections,
            WithSchema = request.Selection.WithSchema,
            WithData = request.Selection.WithData,
            WithStatistics = request.Selection.WithStatistics,
            WithOwners = request.Selection.WithOwners,
        },
        Jobs = request.Jobs,
        IndexJobs = request.IndexJobs,
        CreateDatabase = request.CreateDatabase,
        Clean = request.Clean,
        IfExists = request.IfExists,
        ExitOnError = request.ExitOnError,
        Analyze = request.Analyze,
    };

    private static CopyDifference? Difference(
        CheckedTarget target,
        CountedSource source,
        IReadOnlyDictionary<CheckedTarget, (RowDigest Digest, string? Problem)> before,
        IReadOnlyDictionary<CheckedTarget, (RowDigest Digest, string? Problem)> after)
    {
        RowDigest sent = target.Sent(source);
        (RowDigest had, string? problemBefore) = before.GetValueOrDefault(target);
        (RowDigest has, string? problem) = after[target];
        RowDigest came = has - had;
        problem ??= problemBefore;
        return problem is null && came == sent ? null : new CopyDifference(target.Name, sent.RowCount, came.RowCount, problem);
    }

    // Arrays and composites carry the OIDs of their types in binary, and those of a user's types differ between databases: the bytes of
    // equal rows do too, and an old server takes none but its own.
    private static Toc WithoutOids(Toc toc) =>
        new(
            toc.Origin,
            [
                .. toc.Entries.Select(static entry =>
                    entry.Rows is { } rows && rows.Columns.Any(static column => column.TypeName.Contains('.', StringComparison.Ordinal))
                        ? entry with
                        {
                            Rows = rows with { Format = RowFormat.Text },
                        }
                        : entry),
            ]);

    private static string CreatedName(Toc toc) =>
        toc.Entries.FirstOrDefault(static entry => entry.Kind == EntryKind.Database)?.Name ?? toc.Origin.Database;

    // Dropping what is being read would wait for ever for the locks of the reader.
    private static ServerFeatures RefuseItself(CopyRequest request, CancellationToken cancellation)
    {
        Identity target = IdentityOf(request.Target, cancellation);
        Identity source = IdentityOf(request.Source, cancellation);
        if (source.IsServerOf(target) && (request.CreateDatabase || source.Database == target.Database))
        {
            throw new PureDumpException(
                ErrorKind.Usage,
                $"source and target are the same database: \"{request.Source.Database}\"",
                request.CreateDatabase ? "a database can only be created under its own name on another server" : null);
        }

        return target.Features;
    }

    // A standby has the identifier and the OIDs of its primary: what is written there would come to the source too.
    private static Identity IdentityOf(ConnectionTarget target, CancellationToken cancellation)
    {
        const string database = "(SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())";
        ServerSession session = ServerSession.Open(target, null, cancellation);
        using WireConnection connection = session.OpenWire();
        string system =
            connection.QueryValueOrNull("SELECT pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')") == "t"
                ? "(SELECT system_identifier FROM pg_catalog.pg_control_system())"
                : "NULL";
        string?[] row = connection.QueryRow($"SELECT {system}, extract(epoch FROM pg_catalog.pg_postmaster_start_time()), {database}", 3);
        return new Identity(row[0], row[1] ?? "", row[2] ?? "", session.Features);
    }

    private readonly record struct Identity(string? System, string Started, string Database, ServerFeatures Features)
    {
        // A role that may not read the one is told apart by the other, which says nothing of standbys.
        public bool IsServerOf(Identity other) =>
            System is null || other.System is null ? Started == other.Started : System == other.System;
    }
}
