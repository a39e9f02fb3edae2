using System.Text.Json;
using PureDump.Cli.Options;
using PureDump.Cli.Printing;
using PureDump.Cli.Talking;
using PureDump.Engine;
using PureDump.Engine.Telemetry;
using PureDump.Engine.Transfer;

namespace PureDump.Cli.Commands;

/// <summary>Says what a transfer came to, what it waited for, and with <c>--stats</c> where all of its time went.</summary>
internal static class TransferReport
{
    // A shorter run has nothing that it would be worth to look for.
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);

    // Less than that is the end of any run.
    private const double IdleMin = 0.1;

    /// <summary>Refuses a file of <c>--stats</c> that cannot be written, before anything is done.</summary>
    /// <exception cref="PureDumpException">It cannot, as far as that shows, or the run reads or writes it
    /// already.</exception>
    public static void Check(GivenOptions options)
    {
        if (options.Value(OptionTable.Stats) is { } path)
        {
            if (path != "-")
            {
                DumpOperation.CheckOutput(path);
            }

            string[] others = [.. options.Values(OptionTable.UseList), .. options.Values(OptionTable.Filter), .. FilesOfRows(options)];
            if (path == "-" || others.Any(other => other is not ("" or "-") && DumpOperation.WouldReplace(path, other)))
            {
                throw options.Unusable($"{OptionTable.Stats.Label} needs a file of its own");
            }
        }
    }

    // Where the rows stand, standard input and output by their names: a link, or the shell, may lead from there to any file.
    private static IEnumerable<string> FilesOfRows(GivenOptions options) =>
        options.Verb == DumpCommand.Verb ? [options.Value(OptionTable.File) is { } file and not "-" ? file : "/dev/stdout"]
        : options.Verb == RestoreCommand.Verb ? (options.Operands is [] or ["-"] ? ["/dev/stdin"] : options.Operands)
        : [];

    /// <summary>Ends the talk, and writes the file.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="name">The event, which is also what was done, in one word.</param>
    /// <param name="outcome">What was lost.</param>
    /// <param name="rest">What was done it to, and what that came to, for people.</param>
    /// <param name="writeFields">What it came to, for programs.</param>
    /// <param name="fromServer">The rows came from a server.</param>
    /// <param name="intoServer">They went into one.</param>
    /// <returns>The exit code.</returns>
    public static int End(
        Invocation invocation,
        string name,
        Outcome outcome,
        string rest,
        Action<Utf8JsonWriter> writeFields,
        bool fromServer,
        bool intoServer)
    {
        string sentence = outcome.Sentence(name, rest);
        Talk talk = invocation.Talk;
        TimeSpan wall = talk.Stats.Elapsed;
        Bottleneck? bottleneck = wall < s_shortest ? null : talk.Stats.Find(wall, fromServer, intoServer);
        if (invocation.Options.Value(OptionTable.Stats) is { } path)
        {
            RestoreOperation.IntoFile(path, stream =>
            {
                if (path.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
                {
                    StatsPage.Write(talk.Stats, sentence, wall, stream);
                }
                else
                {
                    Write(talk.Stats, name, wall, bottleneck, stream);
                }
            });
        }

        (_, double idle) = talk.Stats.Idle;
        string waited = bottleneck is not null && idle >= IdleMin ? $", connections idle for {Math.Round(100 * idle)} %" : "";
        talk.End(name, bottleneck is null ? sentence : $"{sentence}; {bottleneck.Sentence}{waited}", fields =>
        {
            writeFields(fields);
            WriteBottleneck(fields, bottleneck);
        }, outcome.IsIncomplete);
        return outcome.ExitCode;
    }

    /// <summary>Writes the statistics as JSON; times in seconds.</summary>
    internal static void Write(TransferStats stats, string name, TimeSpan wall, Bottleneck? bottleneck, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("event", name);
        json.WriteNumber("seconds", Seconds(wall));
        json.WriteNumber("catalog", Seconds(stats.Catalog));
        json.WriteNumber("finish", Seconds(stats.Finish(wall)));
        WriteBottleneck(json, bottleneck);
        json.WriteStartObject("idle");
        json.WriteNumber("seconds", Seconds(stats.Idle.Time));
        json.WriteNumber("share", Math.Round(stats.Idle.Share, 3));
        json.WriteEndObject();
        json.WriteStartObject("total");
        WriteStages(json, stats.Total);
        json.WriteEndObject();
        json.WriteStartArray("entries");
        foreach (EntryTimes entry in stats.Entries)
        {
            json.WriteStartObject();
            if (!string.IsNullOrEmpty(entry.Database))
            {
                json.WriteString("database", entry.Database);
            }

            json.WriteNumber("id", entry.Entry.Id.Value);
            json.WriteString("kind", entry.Entry.Kind);
            json.WriteString("schema", entry.Entry.Schema);
            json.WriteString("name", entry.Entry.Name);
            json.WriteNumber("began", Seconds(entry.Began));
            json.WriteNumber("ended", Seconds(entry.Ended));
            if (entry.Entry.HasBlocks)
            {
                json.WriteNumber("rows", entry.RowCount);
                json.WriteNumber("rawBytes", entry.Bytes);
            }

            WriteStages(json, stage => entry[stage]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStages(Utf8JsonWriter json, Func<TransferStage, TimeSpan> spent)
    {
        foreach (TransferStage stage in Enum.GetValues<TransferStage>())
        {
            if (spent(stage) > TimeSpan.Zero)
            {
                json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(stage.ToString()), Seconds(spent(stage)));
            }
        }
    }

    private static void WriteBottleneck(Utf8JsonWriter json, Bottleneck? bottleneck)
    {
        if (bottleneck is null)
        {
            return;
        }

        json.WriteStartObject("bottleneck");
        json.WriteString("kind", bottleneck.Kind);
        json.WriteString("subject", bottleneck.Subject);
        json.WriteNumber("share", Math.Round(bottleneck.Share, 3));
        json.WriteEndObject();
    }

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 6);
}
