using PureDump.Engine.Selection;
using PureDump.Engine.Sinks;
using PureDump.Engine.Sources;
using PureDump.Engine.Transfer;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Storage.Local;

namespace PureDump.Engine;

/// <summary>What a restore came to.</summary>
/// <param name="Toc">What was restored.</param>
/// <param name="FailureCount">How many entries failed and were passed over.</param>
/// <param name="Lost">With <see cref="RestoreRequest.Salvage"/>: the damage that was passed over.</param>
internal sealed record RestoreResult(Toc Toc, int FailureCount, IReadOnlyList<ArchiveFinding> Lost);

/// <summary>Restores an archive into a live database.</summary>
internal static class RestoreOperation
{
    /// <summary>Restores out of a file, by its index.</summary>
    /// <exception cref="PureDumpException">A failure that is not about one entry, or any with <see
    /// cref="RestoreRequest.ExitOnError"/>.</exception>
    public static RestoreResult FromFile(RestoreRequest request, string path, ITransferObserver observer, CancellationToken cancellation)
    {
        if (request.Salvage)
        {
            using FileStream stream = InputFile.Open(path);
            return FromStream(request, stream, observer, cancellation);
        }

        using IDumpSource source = ArchiveSources.Open(path, PartCountMax(request), request.Member);
        return Run(request, source, observer, cancellation);
    }

    /// <summary>Restores out of a stream, front to back.</summary>
    /// <exception cref="PureDumpException">As with <see cref="FromFile"/>.</exception>
    public static RestoreResult FromStream(RestoreRequest request, Stream input, ITransferObserver observer, CancellationToken cancellation)
    {
        var lost = new List<ArchiveFinding>();
        using IDumpSource source = ArchiveSources.Open(input, request.Salvage ? lost.Add : null, request.Member);
        RestoreResult result = Run(request, source, observer, cancellation);
        return result with { Lost = lost };
    }

    /// <summary>Writes what is selected of an archive in a file as a plain SQL script.</summary>
    /// <param name="selection">What of it.</param>
    /// <param name="options">How the script is written.</param>
    /// <param name="path">The archive.</param>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="observer">Who is told.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="member">As <see cref="RestoreRequest.Member"/>.</param>
    /// <exception cref="PureDumpException">Any failure.</exception>
    public static RestoreResult ScriptFromFile(
        RestoreSelection selection,
        ScriptOptions options,
        string path,
        Stream output,
        ITransferObserver observer,
        CancellationToken cancellation,
        string? member = null)
    {
        using IDumpSource source = ArchiveSources.Open(path, partCountMax: 1, member, options.FitsServer);
        return RunScript(selection, options, source, output, observer, cancellation);
    }

    /// <summary>As <see cref="ScriptFromFile"/>, out of a stream: rows too where they come in the order of the Toc, as pg_dump writes
    /// them.</summary>
    /// <exception cref="PureDumpException">Any failure.</exception>
    public static RestoreResult ScriptFromStream(
        RestoreSelection selection,
        ScriptOptions options,
        Stream input,
        Stream output,
        ITransferObserver observer,
        CancellationToken cancellation,
        string? member = null)
    {
        using IDumpSource source = ArchiveSources.Open(input, member: member, asConforming: options.FitsServer);
        return RunScript(selection, options, source, output, observer, cancellation);
    }

    /// <summary>Has a script, or a list, written into a file that appears under its name when it is whole, and not before.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="access">Whose it is; a private one is brought to the medium, others as the clients do that have them.</param>
    /// <exception cref="PureDumpException">Any failure; no file is left.</exception>
    public static void IntoFile(string path, Action<Stream> write, OutputAccess access = OutputAccess.Private) =>
        OutputFile.Write(
            path,
            access == OutputAccess.Private ? FileSync.File : FileSync.None,
            stream =>
            {
                write(stream);
                return true;
            },
            OutputFile.Unchecked,
            access);

    /// <summary>What a selection takes of a Toc, in the order it is restored in, each entry as the archive has it.</summary>
    /// <param name="toc">The whole Toc.</param>
    /// <param name="selection">What of it.</param>
    /// <param name="createDatabase">The entries of the database itself are wanted too.</param>
    /// <exception cref="PureDumpException">A pattern or number is that of nothing in the archive (<see
    /// cref="ErrorKind.NotFound"/>).</exception>
    public static IReadOnlyList<TocEntry> Select(Toc toc, RestoreSelection selection, bool createDatabase) =>
        new EntryChoice(toc, selection, createDatabase).Entries;

    /// <summary>Refuses names that nothing in the archive has, where <see cref="RestoreSelection.StrictNames"/> asks for that.</summary>
    /// <exception cref="PureDumpException">There is one (<see cref="ErrorKind.NotFound"/>).</exception>
    public static void CheckNames(Toc toc, RestoreSelection selection) => new EntryChoice(toc, selection, withDatabase: true).CheckNames();

    /// <summary>Into how many parts the rows of a table in a file may be cut.</summary>
    internal static int PartCountMax(RestoreRequest request) =>
        // Where foreign keys stand already, a table that references itself must be loaded by one statement.
        request.Selection.WithSchema ? request.Jobs : 1;

    /// <summary>Writes what is selected of a source as a script.</summary>
    internal static RestoreResult RunScript(
        RestoreSelection selection,
        ScriptOptions options,
        IDumpSource source,
        Stream output,
        ITransferObserver observer,
        CancellationToken cancellation)
    {
        Toc wanted = EntryFilter.Apply(source.Toc, selection, options.CreateDatabase);
        IDumpSource text = TextSource.Of(source, entry => wanted.TryFind(entry.Id, out _));
        Toc toc = ReferenceEquals(text, source) ? wanted : EntryFilter.Apply(text.Toc, selection, options.CreateDatabase);
        ScriptRows.Check(toc);
        (toc, options) = TargetServer.Fit(toc, options, observer.Warn);
        using var sink = new ScriptSink(
            output,
            options with
            {
                DisableTriggers = options.DisableTriggers && !toc.Entries.Any(entry => entry.IsDefinition),
            }
        );
        var transferOptions = new TransferOptions
        {
            Jobs = 1,
            BlockCount = 2,
            InOrder = true,
            Clean = options.Clean,
            IfExists = options.IfExists,
        };
        using var transfer = new DumpTransfer(text, toc, sink, transferOptions, observer, cancellation);
        transfer.Run();
        return new RestoreResult(toc, transfer.FailureCount, []);
    }

    /// <summary>Restores what is selected of a source.</summary>
    internal static RestoreResult Run(
        RestoreRequest request,
        IDumpSource source,
        ITransferObserver observer,
        CancellationToken cancellation)
    {
        Toc selected = EntryFilter.Apply(source.Toc, request.Selection, request.CreateDatabase);
        Toc toc = EntryFilter.Part(selected, [.. selected.Entries.Where(entry => !PlainSqlWriter.IsDatabaseLevel(entry))]);
        bool hasDefinitions = toc.Entries.Any(entry => entry.IsDefinition);
        bool disablesTriggers = request.DisableTriggers && !hasDefinitions;
        bool isSerial = request.SingleTransaction || (disablesTriggers && source is IStreamSource);
        int jobs = isSerial ? 1 : request.Jobs;
        bool exitOnError = request.ExitOnError || request.SingleTransaction || request.TransactionSize > 0;
        int databaseFailureCount = 0;
        ConnectionTarget target = request.Target;
        if (request.CreateDatabase)
        {
            var creation = new DatabaseCreation(request, source.Toc.Origin, PassOverDatabase, cancellation);
            target = creation.Run([.. selected.Entries.Where(PlainSqlWriter.IsDatabaseLevel)]);
        }

        DumpTransfer? transfer = null;
        var sinkOptions = new LiveSinkOptions
        {
            SingleTransaction = request.SingleTransaction,
            StatementJobs = isSerial ? 1 : request.IndexJobs ?? jobs,
            TransactionSize = jobs == 1 ? request.TransactionSize : 0,
            RefuseExisting = request.RefuseExisting && !request.Clean && !request.CreateDatabase && request.Selection.WithSchema
                && (request.Selection.Sections.Count == 0 || request.Selection.Sections.Contains(Section.PreData)),
            Role = request.Role,
            EnableRowSecurity = request.EnableRowSecurity,
            UseSetSessionAuthorization = request.UseSetSessionAuthorization && request.Selection.WithOwners,
            DisableTriggers = disablesTriggers,
            Superuser = request.Superuser,
            NoDataForFailedTables = request.NoDataForFailedTables,
        };
        using var sink = new LiveSink(target, sinkOptions, (entry, error) => transfer!.PassOver(entry, error), observer, cancellation);
        var options = new TransferOptions
        {
            Jobs = jobs,
            StatementJobs = isSerial ? null : request.IndexJobs,
            BlockCount = ((WriteBehindWorker.BlockCountMax + 2) * jobs) + 2,
            ExitOnError = exitOnError,
            KeepsEntriesWhole = true,
            MayBeSplit = sink.MayBeSplit,
            MayBeHeld = isSerial || sinkOptions.IsInTransaction ? null : entry => sink.MayBeHeld(entry, isAlone: jobs == 1),
            Clean = request.Clean && !request.CreateDatabase,
            IfExists = request.IfExists,
            Last = request.Analyze ? () => AnalyzeEntries.Of(toc, sink.Features) : null,

            // Rows alone are better loaded in the order of their foreign keys, unless somebody knows better.
            InOrder = jobs == 1 && source is IPartSource && (request.Selection.Order is not null || (request.InOrder && hasDefinitions)),
        };
        using (transfer = new DumpTransfer(source, toc, sink, options, observer, cancellation))
        {
            transfer.Run();
            return new RestoreResult(toc, databaseFailureCount + transfer.FailureCount, []);
        }

        bool PassOverDatabase(TocEntry entry, PureDumpException error)
        {
            // What is there already is not added to; of a database just made a privilege or a comment can be missing.
            if (exitOnError || (request.RefuseExisting && entry.Kind == EntryKind.Database))
            {
                return false;
            }

            databaseFailureCount++;
            observer.EntryFailed(entry, error);
            return true;
        }
    }
}
