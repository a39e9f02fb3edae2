using PureDump.Cli.Terminals;
using PureDump.Engine.Replay;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Talking;

/// <summary>What pg_restore says of a restore, in its words (pg_backup_archiver.c, restore_toc_entry and warn_or_exit_horribly).</summary>
internal sealed class PgRestoreTalk(TalkOutput output, TimeProvider clock, bool isVerbose)
    : PlainTalk(output, clock, isVerbose, isQuiet: true, "pg_restore")
{
    private readonly Lock _lock = new();
    private EntryName? _lastFailed;

    /// <inheritdoc/>
    public override void Begin(Toc toc, long estimatedBytes) => Tally.Begin(toc, estimatedBytes);

    /// <inheritdoc/>
    public override void EntryBegins(TocEntry entry)
    {
        Tally.BeginEntry(entry);
        Say(entry.Rows is null ? $"processing {entry.Kind}" : $"processing data for table \"{entry.Schema}.{entry.Name}\"");
    }

    /// <inheritdoc/>
    public override void StatementBegins(TocEntry entry)
    {
        Tally.BeginStatement(entry);
        if (entry.IsDefinition)
        {
            Say(
                entry.Schema is null ? $"creating {entry.Kind} \"{entry.Name}\"" : $"creating {entry.Kind} \"{entry.Schema}.{entry.Name}\""
            );
        }
        else if (entry.IsData)
        {
            Say($"executing {entry.Kind} {entry.Name}");
        }
    }

    /// <inheritdoc/>
    public override void StatementFailed(PureDumpException error)
    {
        if (error.Entry is not { } entry)
        {
            base.StatementFailed(error);
            return;
        }

        lock (_lock)
        {
            if (_lastFailed is null)
            {
                Say("while PROCESSING TOC:");
            }

            if (_lastFailed?.Id != entry.Id)
            {
                Say($"from TOC entry {entry.Listing}");
            }

            _lastFailed = entry;
            if (error.Report is not { } report)
            {
                base.StatementFailed(error);
                return;
            }

            string command = report.Statement is null ? "" : $"Command was: {report.Statement}";
            WriteLine($"pg_restore: error: {report.Action}: {ServerMessageText.Of(report)}\n{command}");
        }
    }

    /// <inheritdoc/>
    public override void Notice(ServerReport message) => Say(ServerMessageText.Of(message));

    /// <inheritdoc/>
    protected override void EntryEnds(TocEntry entry, EntryProgress progress)
    {
    }
}
