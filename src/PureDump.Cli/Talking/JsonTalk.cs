using System.Text.Json;
using PureDump.Cli.Options;
using PureDump.Cli.Terminals;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Talking;

/// <summary>Events as JSON, one object a line.</summary>
internal sealed class JsonTalk(TalkOutput output, TimeProvider clock, bool isVerbose) : Talk(clock)
{
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private TimeSpan _nextProgress = s_progressInterval;

    /// <inheritdoc/>
    public override void End(string name, string sentence, Action<Utf8JsonWriter> writeFields, bool isIncomplete) => Write(name, fields =>
    {
        writeFields(fields);
        fields.WriteNumber("seconds", Math.Round(Elapsed.TotalSeconds, 3));
    });

    /// <inheritdoc/>
    public override void Begin(Toc toc, long estimatedBytes)
    {
        base.Begin(toc, estimatedBytes);
        Write("begin", fields =>
        {
            fields.WriteString("database", toc.Origin.Database);
            fields.WriteString("serverVersion", toc.Origin.ServerVersion);
            fields.WriteNumber("entryCount", toc.Entries.Count);
            fields.WriteNumber("rowEntryCount", Tally.EntryCount);
            fields.WriteNumber("estimatedBytes", estimatedBytes);
        });
    }

    /// <inheritdoc/>
    public override void DatabaseBegins(string name)
    {
        base.DatabaseBegins(name);
        Write("database-begin", fields => fields.WriteString("database", name));
    }

    /// <inheritdoc/>
    public override void EntryBegins(TocEntry entry)
    {
        base.EntryBegins(entry);
        Write("rows-begin", fields => JsonEvent.WriteEntry(fields, entry));
    }

    /// <inheritdoc/>
    public override void BlockMoved(TocEntry entry, int rowCount, int bytes)
    {
        base.BlockMoved(entry, rowCount, bytes);
        if (IsProgressDue())
        {
            TransferState state = Tally.State();
            Write("progress", fields =>
            {
                fields.WriteNumber("rows", state.RowCount);
                fields.WriteNumber("rawBytes", state.Bytes);
                fields.WriteNumber("entriesDone", state.EntryDoneCount);
                fields.WriteNumber("rowEntryCount", state.EntryCount);
                fields.WriteNumber("seconds", Math.Round(Elapsed.TotalSeconds, 3));
                if (state.Fraction is { } fraction)
                {
                    fields.WriteNumber("fraction", Math.Round(fraction, 4));
                }
            });
        }
    }

    /// <inheritdoc/>
    public override void StatementBegins(TocEntry entry)
    {
        base.StatementBegins(entry);
        if (isVerbose)
        {
            Write("statement", fields => JsonEvent.WriteEntry(fields, entry));
        }
    }

    /// <inheritdoc/>
    public override void EntryFailed(TocEntry entry, PureDumpException error) => Write("entry-failed", fields =>
    {
        JsonEvent.WriteEntry(fields, entry);
        fields.WriteString("section", SectionName.Of(entry.Section));
        JsonEvent.WriteError(fields, error);
    });

    /// <inheritdoc/>
    public override void StatementFailed(PureDumpException error) =>
        Write("statement-failed", fields => JsonEvent.WriteError(fields, error));

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    /// <inheritdoc/>
    protected override void WriteWarning(string message) => Write("warning", fields => fields.WriteString("message", message));

    /// <inheritdoc/>
    protected override void EntryEnds(TocEntry entry, EntryProgress progress) => Write("rows-end", fields =>
    {
        JsonEvent.WriteEntry(fields, entry);
        fields.WriteNumber("rows", progress.RowCount);
        fields.WriteNumber("rawBytes", progress.Bytes);
    });

    private bool IsProgressDue()
    {
        lock (_lock)
        {
            if (Elapsed < _nextProgress)
            {
                return false;
            }

            _nextProgress = Elapsed + s_progressInterval;
            return true;
        }
    }

    private void Write(string name, Action<Utf8JsonWriter> writeFields)
    {
        lock (_lock)
        {
            JsonEvent.Write(output.Raw, name, writeFields);
        }
    }
}
