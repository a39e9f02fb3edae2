using System.Text.Json;
using PureDump.Cli.Terminals;
using PureDump.Engine.Sinks;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Talking;

/// <summary>Lines of text: warnings and errors, the outcome unless quiet, each step where verbose.</summary>
internal class PlainTalk(TalkOutput output, TimeProvider clock, bool isVerbose, bool isQuiet, string speaker = "puredump") : Talk(clock)
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public override void End(string name, string sentence, Action<Utf8JsonWriter> writeFields, bool isIncomplete)
    {
        if (isIncomplete)
        {
            WriteLine($"{speaker}: error: {sentence}");
        }
        else if (!isQuiet)
        {
            WriteLine($"{speaker}: {sentence}");
        }
    }

    /// <inheritdoc/>
    public override void Begin(Toc toc, long estimatedBytes)
    {
        base.Begin(toc, estimatedBytes);
        Say(
            $"{Amount.Counted(toc.Entries.Count, "entry")}, {Tally.EntryCount} with "
                + $"rows{(estimatedBytes > 0 ? $", about {Amount.Bytes(estimatedBytes)}" : "")}");
    }

    /// <inheritdoc/>
    public override void DatabaseBegins(string name)
    {
        base.DatabaseBegins(name);
        if (name.Length > 0)
        {
            Say($"database \"{name}\"");
        }
    }

    /// <inheritdoc/>
    public override void EntryBegins(TocEntry entry)
    {
        base.EntryBegins(entry);
        Say($"moving the rows of {Name(entry)}");
    }

    /// <inheritdoc/>
    public override void StatementBegins(TocEntry entry)
    {
        base.StatementBegins(entry);
        Say(entry.Kind == AnalyzeEntries.Kind ? $"running {entry.Label}" : $"creating {entry.Label}");
    }

    /// <inheritdoc/>
    public override void EntryFailed(TocEntry entry, PureDumpException error) => StatementFailed(error);

    /// <inheritdoc/>
    public override void StatementFailed(PureDumpException error) => WriteLine(ErrorReport.TextOf(error, speaker));

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    /// <inheritdoc/>
    protected override void WriteWarning(string message) => WriteLine($"{speaker}: warning: {message}");

    /// <inheritdoc/>
    protected override void EntryEnds(TocEntry entry, EntryProgress progress) =>
        Say($"moved the rows of {Name(entry)}: {Amount.Counted(progress.RowCount, "row")}, {Amount.Bytes(progress.Bytes)}");

    /// <summary>Writes messages, whole among those of other threads.</summary>
    protected virtual void WriteLine(ShownText messages)
    {
        lock (_lock)
        {
            output.WriteLine(messages);
        }
    }

    /// <summary>Writes a message.</summary>
    protected void WriteLine(string message) => WriteLine(ShownText.By(speaker, message));

    /// <summary>Says something where much is to be said.</summary>
    protected void Say(string text)
    {
        if (isVerbose)
        {
            WriteLine($"{speaker}: {text}");
        }
    }

    private static string Name(TocEntry entry) => entry.Schema is null ? entry.Name : $"{entry.Schema}.{entry.Name}";
}
