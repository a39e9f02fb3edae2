using PureDump.Engine.Selection;
using PureDump.Engine.Transfer;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog.Cluster;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Postgres.Server;
using PureDump.Storage.Local;

namespace PureDump.Engine.Cluster;

/// <summary>What the restore of a cluster came to.</summary>
/// <param name="Databases">The names of what was restored, in their order.</param>
/// <param name="EntryCount">How many entries they had, with those of the globals.</param>
/// <param name="FailureCount">How many entries and statements failed and were passed over.</param>
/// <param name="Lost">With <see cref="RestoreRequest.Salvage"/>: the damage that was passed over.</param>
/// <remarks>
/// A cluster is restored over <c>RestoreOperation</c>, a database at a time, each with its workers: one snapshot, one schedule, one
/// failure policy, as for a dump of its own; roles are few and run statement by statement.
/// </remarks>
internal sealed record ClusterRestoreResult(
    IReadOnlyList<string> Databases,
    int EntryCount,
    int FailureCount,
    IReadOnlyList<ArchiveFinding> Lost);

/// <summary>Restores the archive of a cluster: the globals, then one database after the other.</summary>
internal static class ClusterRestoreOperation
{
    /// <summary>Restores out of a file; of databases that are not wanted nothing is read.</summary>
    /// <exception cref="PureDumpException">A failure that is not about one entry, or any with <see
    /// cref="RestoreRequest.ExitOnError"/>.</exception>
    public static ClusterRestoreResult FromFile(
        ClusterRestoreRequest request,
        string path,
        ITransferObserver observer,
        CancellationToken cancellation)
    {
        if (request.Database.Salvage)
        {
            using FileStream stream = InputFile.Open(path);
            return FromStream(request, stream, observer, cancellation);
        }

        using IClusterArchive archive = ClusterArchives.Open(path);
        return Run(request, archive, observer, cancellation);
    }

    /// <summary>Restores out of a stream, front to back.</summary>
    /// <exception cref="PureDumpException">As with <see cref="FromFile"/>.</exception>
    public static ClusterRestoreResult FromStream(
        ClusterRestoreRequest request,
        Stream input,
        ITransferObserver observer,
        CancellationToken cancellation)
    {
        var lost = new List<ArchiveFinding>();
        using IClusterArchive archive = ClusterArchives.Open(input, request.Database.Salvage ? lost.Add : null);
        ClusterRestoreResult result = Run(request, archive, observer, cancellation);
        return result with { Lost = lost };
    }

    /// <summary>Writes what is chosen of an archive in a file as one plain SQL script, as pg_dumpall's.</summary>
    /// <param name="choice">What of the cluster.</param>
    /// <param name="selection">What of each database.</param>
    /// <param name="options">How the script is written.</param>
    /// <param name="path">The archive; null: <paramref name="input"/>.</param>
    /// <param name="input">A pipe it is read from.</param>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="observer">Who is told.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PureDumpException">Any failure.</exception>
    public static ClusterRestoreResult ToScript(
        ClusterChoice choice,
        RestoreSelection selection,
        ScriptOptions options,
        string? path,
        Stream? input,
        Stream output,
        ITransferObserver observer,
        CancellationToken cancellation)
    {
        using IClusterArchive archive = path is null ? ClusterArchives.Open(input!, null) : ClusterArchives.Open(path);
        IReadOnlySet<string> wanted = choice.Of(archive.Databases);
        int entryCount = 0;
        ClusterParts parts = (choice.WithGlobals && selection.WithSchema ? ClusterParts.Globals : ClusterParts.None)
            & (selection.WithTablespaces ? ClusterParts.All : ~ClusterParts.Tablespaces)

            // A part that there was none of has no blank lines of its own either.
            & (
                selection.WithPrivileges && new ServerFeatures(archive.Globals.Origin.ServerVersionNumber).HasParameterAcls
                    ? ClusterParts.All
                    : ~ClusterParts.ParameterPrivileges);
        var script = new ClusterScript(archive.Globals, parts | (wanted.Count > 0 ? ClusterParts.Databases : ClusterParts.None), options);
        string[] names = [.. archive.Databases.Where(wanted.Contains)];
        script.Write(
            output,
            [.. names.Select(name => ClusterNames.In(archive.Globals.Origin.Encoding, name))],
            archive.Read(wanted, partCountMax: 1).Select(database => (
                ClusterNames.In(archive.Globals.Origin.Encoding, database.Name),
                (Func<ScriptOptions, ArchiveTotals>)(part => Write(database.Name, database.Source, part)))));
        return new ClusterRestoreResult(names, archive.Globals.Entries.Count + entryCount, 0, []);

        ArchiveTotals Write(string name, IDumpSource source, ScriptOptions part)
        {
            observer.DatabaseBegins(name);
            RestoreResult result = Named(name, () => RestoreOperation.RunScript(selection, part, source, output, observer, cancellation));
            entryCount += result.Toc.Entries.Count;
            return default;
        }
    }

    private static ClusterRestoreResult Run(
        ClusterRestoreRequest request,
        IClusterArchive archive,
        ITransferObserver observer,
        CancellationToken cancellation)
    {
        IReadOnlySet<string> wanted = request.Choice.Of(archive.Databases);
        RestoreRequest database = WithLastingTarget(request.Database, wanted);
        bool withGlobals = request.Choice.WithGlobals && database.Selection.WithSchema
            && (database.Selection.Sections.Count == 0 || database.Selection.Sections.Contains(Section.PreData));
        var globals = new GlobalsRestore(database, archive.Globals, observer, cancellation);
        globals.Prepare(wanted);
        if (database.Clean)
        {
            globals.Drop(wanted, withGlobals);
        }

        observer.DatabaseBegins("");
        if (withGlobals)
        {
            globals.Run();
        }

        int entryCount = withGlobals ? archive.Globals.Entries.Count : 0;
        int failureCount = 0;
        var restored = new List<string>();
        foreach ((string name, IDumpSource source) in archive.Read(wanted, RestoreOperation.PartCountMax(database)))
        {
            observer.DatabaseBegins(name);
            RestoreResult result = Named(name, () => RestoreOperation.Run(RequestOf(database, name), source, observer, cancellation));
            entryCount += result.Toc.Entries.Count;
            failureCount += result.FailureCount;
            restored.Add(name);
        }

        if (withGlobals)
        {
            globals.RunLast();
        }

        return new ClusterRestoreResult(restored, entryCount, failureCount + globals.FailureCount, []);
    }

    // One that is dropped on the way cannot be connected to; the initial ones can, before and after.
    private static RestoreRequest WithLastingTarget(RestoreRequest request, IReadOnlySet<string> wanted)
    {
        string name = request.Target.Database;
        return request.Clean && wanted.Contains(name) && !ClusterDatabase.IsInitial(name)
            ? request with
            {
                Target = request.Target.With("postgres"),
            }
            : request;
    }

    private static RestoreRequest RequestOf(RestoreRequest request, string name)
    {
        bool isInitial = ClusterDatabase.IsInitial(name);
        if (isInitial && !request.Clean)
        {
            return request with { Target = request.Target.With(name), CreateDatabase = false };
        }

        // Nobody may be connected to a database that is dropped; what is not initial was dropped before.
        ConnectionTarget target =
            request.Target.Database == name ? request.Target.With(name == "postgres" ? "template1" : "postgres") : request.Target;
        return request with { Target = target, CreateDatabase = true, Clean = request.Clean && isInitial };
    }

    private static T Named<T>(string database, Func<T> restore)
    {
        try
        {
            return restore();
        }
        catch (PureDumpException e) when (e.Kind is not (ErrorKind.Cancelled or ErrorKind.File))
        {
            throw e.Named(ClusterMember.LabelOf(MemberKind.Database, database));
        }
    }
}
