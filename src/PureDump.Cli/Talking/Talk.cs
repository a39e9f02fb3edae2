using System.Text.Json;
using PureDump.Cli.Options;
using PureDump.Cli.Terminals;
using PureDump.Engine.Telemetry;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Talking;

/// <summary>What a run says on standard error while it goes on.</summary>
internal abstract class Talk : ITransferObserver, IDisposable
{
    private readonly long _begun;
    private readonly TimeProvider _clock;
    private int _warningCount;
    private readonly HashSet<string> _warnings = new(StringComparer.Ordinal);

    /// <summary>A talk that begins now.</summary>
    protected Talk(TimeProvider clock)
    {
        _clock = clock;
        Stats = new TransferStats(clock);
        _begun = clock.GetTimestamp();
    }

    /// <summary>How long the run has taken.</summary>
    public TimeSpan Elapsed => _clock.GetElapsedTime(_begun);

    /// <summary>What was moved.</summary>
    public TransferTally Tally { get; } = new();

    /// <summary>Where the time of a transfer went.</summary>
    public TransferStats Stats { get; }

    /// <summary>The talk that the options and the terminal ask for.</summary>
    public static Talk Open(GivenOptions options, Surroundings surroundings)
    {
        if (options.Has(OptionTable.Json))
        {
            return new JsonTalk(surroundings.Error, surroundings.Clock, options.Has(OptionTable.Verbose));
        }

        bool isVerbose = options.Has(OptionTable.Verbose);
        if (options.Verb.ClientName is not null)
        {
            return new PlainTalk(surroundings.Error, surroundings.Clock, isVerbose, isQuiet: true, options.Verb.Speaker);
        }

        bool isQuiet = options.Has(OptionTable.Quiet);
        return surroundings.ErrorIsTerminal && !isVerbose && !isQuiet
            ? new DisplayTalk(surroundings)
            : new PlainTalk(surroundings.Error, surroundings.Clock, isVerbose, isQuiet);
    }

    /// <summary>How often <see cref="Warn"/> was called.</summary>
    public int WarningCount => Volatile.Read(ref _warningCount);

    /// <summary>Something the user should know.</summary>
    public void Warn(string message)
    {
        Interlocked.Increment(ref _warningCount);
        WriteWarning(message);
    }

    /// <summary>As <see cref="Warn"/>, but not what was said already: source and target of a copy are read alike.</summary>
    public void WarnOnce(string message)
    {
        lock (_warnings)
        {
            if (!_warnings.Add(message))
            {
                return;
            }
        }

        Warn(message);
    }

    /// <summary>How far a reading of known length is; called often.</summary>
    public virtual void Read(long bytes, long? total)
    {
    }

    /// <summary>The run has come to its end; the last thing that is said.</summary>
    /// <param name="name">The event.</param>
    /// <param name="sentence">What it came to, for people.</param>
    /// <param name="writeFields">What it came to, for programs.</param>
    /// <param name="isIncomplete">It did not do all of what it was to do: the sentence is an error's, and is said even where nothing else
    /// is.</param>
    public abstract void End(string name, string sentence, Action<Utf8JsonWriter> writeFields, bool isIncomplete = false);

    /// <inheritdoc/>
    public virtual void Begin(Toc toc, long estimatedBytes)
    {
        Tally.Begin(toc, estimatedBytes);
        Stats.Begin();
    }

    /// <inheritdoc/>
    public virtual void DatabaseBegins(string name)
    {
        Tally.BeginDatabase(name);
        Stats.BeginDatabase(name);
    }

    /// <inheritdoc/>
    public virtual void EntryBegins(TocEntry entry) => Tally.BeginEntry(entry);

    /// <inheritdoc/>
    public virtual void BlockMoved(TocEntry entry, int rowCount, int bytes)
    {
        Tally.Add(entry, rowCount, bytes);
        Stats.Move(entry, rowCount, bytes);
    }

    /// <inheritdoc/>
    public void RowsLost(TocEntry entry, long rowCount) => Tally.Add(entry, -rowCount, 0);

    /// <inheritdoc/>
    public void Spent(TocEntry entry, TransferStage stage, TimeSpan time) => Stats.Spend(entry, stage, time);

    /// <inheritdoc/>
    public void Worked(int worker, TocEntry entry, TimeSpan time) => Stats.Work(worker, entry, time);

    /// <inheritdoc/>
    public void EntryEnds(TocEntry entry) => EntryEnds(entry, Tally.EndEntry(entry));

    /// <inheritdoc/>
    public virtual void StatementBegins(TocEntry entry) => Tally.BeginStatement(entry);

    /// <inheritdoc/>
    public abstract void EntryFailed(TocEntry entry, PureDumpException error);

    /// <summary>A statement of a script failed, and the script goes on.</summary>
    public abstract void StatementFailed(PureDumpException error);

    /// <inheritdoc/>
    public virtual void Notice(ServerReport message) => WriteWarning(message.ToWarning());

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Says a warning of the program's or of a server.</summary>
    protected abstract void WriteWarning(string message);

    /// <summary>All rows of an entry have moved.</summary>
    protected abstract void EntryEnds(TocEntry entry, EntryProgress progress);
}
