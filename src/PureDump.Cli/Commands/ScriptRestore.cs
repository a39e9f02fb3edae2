using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Engine.Reading;
using PureDump.Engine.Replay;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;
using PureDump.Storage.Local;

namespace PureDump.Cli.Commands;

/// <summary><c>puredump restore</c> of an SQL script: replayed, with failures counted as for an archive.</summary>
internal sealed class ScriptRestore : IReplayObserver
{
    private readonly Talk _talk;

    private ScriptRestore(Talk talk) => _talk = talk;

    /// <inheritdoc/>
    public bool WantsLines => false;

    /// <summary>The script of an input, decompressed; null where it is none, and nothing of it is lost.</summary>
    /// <exception cref="PureDumpException">It is compressed, and damaged or no script.</exception>
    public static Stream? Find(ArchiveInput input)
    {
        ReadOnlySpan<byte> head = input.Look(ScriptHead.Size, ScriptHead.IsEnough);
        StreamMethod method = ScriptHead.MethodOf(head);
        return method != StreamMethod.None ? Script(new DecompressedStream(input.Open(), method, isZlib: false, input.Name), input)
            : ScriptHead.IsScript(head) ? input.Open()
            : null;
    }

    /// <summary>Replays it.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(Invocation invocation, ArchiveInput input, Stream script, string database)
    {
        GivenOptions options = invocation.Options;
        options.Check(OptionScope.SqlScript);
        var variables = new ReplayVariables();
        bool stops = options.Has(OptionTable.ExitOnError) || options.Has(OptionTable.SingleTransaction);
        variables.Set("ON_ERROR_STOP", stops ? "on" : "off");
        var request = new ReplayRequest
        {
            Target = ConnectionOptions.Resolve(invocation, database),
            Steps = [new ReplayStep { Name = input.Path ?? "<stdin>", Open = () => script }],
            Variables = variables,
            SingleTransaction = options.Has(OptionTable.SingleTransaction),
            RequiresEnds = true,
        };
        ReplayResult result = ReplayOperation.Run(request, new ScriptRestore(invocation.Talk), invocation.Surroundings.Cancellation);
        if (result.Outcome != ReplayOutcome.Complete)
        {
            // What it was has been said, with its place.
            throw new PureDumpException(
                result.Error!.Kind,
                $"{input.Name} was not replayed to its end: it stopped after {Amount.Counted(result.StatementCount, "statement")}"
                    + (request.SingleTransaction ? ", and nothing of it is kept" : ""));
        }

        return Report(result, input, request, invocation.Talk);
    }

    /// <inheritdoc/>
    public void LineRead(ReadOnlySpan<byte> line)
    {
    }

    /// <inheritdoc/>
    public void StatementBegins(ReadOnlySpan<byte> sql)
    {
    }

    /// <inheritdoc/>
    public void ResultBegins(IReadOnlyList<ReplayColumn> columns)
    {
    }

    /// <inheritdoc/>
    public void Row(ReplayRow row)
    {
    }

    /// <inheritdoc/>
    public void StatementEnds(string tag, bool hasRows)
    {
    }

    /// <inheritdoc/>
    public void CopyOut(ReadOnlySpan<byte> bytes)
    {
    }

    /// <inheritdoc/>
    public void Notice(ReplayMessage message)
    {
        if (message.Text.StartsWith("WARNING", StringComparison.Ordinal))
        {
            _talk.Warn(Placed(message));
        }
    }

    /// <inheritdoc/>
    public void Failed(ReplayMessage message) =>
        _talk.StatementFailed(new PureDumpException(message.IsServers ? ErrorKind.Server : ErrorKind.ScriptRefused, Placed(message)));

    /// <inheritdoc/>
    public void Warned(ReplayMessage message) => _talk.Warn(Placed(message));

    /// <inheritdoc/>
    public void MessageEnds()
    {
    }

    /// <inheritdoc/>
    public void TextShown(ReadOnlySpan<byte> text, bool isTalk)
    {
    }

    /// <inheritdoc/>
    public void StatementFailed(ReplayMessage place, ReadOnlySpan<byte> sql)
    {
    }

    /// <inheritdoc/>
    public void Reconnected(string database, string user)
    {
    }

    /// <inheritdoc/>
    // What is only shown is not shown: a restore prints no results either.
    public bool TryRun(MetaCommand command, out string? error)
    {
        error = null;
        return command.Name
            is "echo"
                or "qecho"
                or "warn"
                or "pset"
                or "a"
                or "t"
                or "x"
                or "f"
                or "g"
                or "gx"
                or "C"
                or "H"
                or "T"
                or "html"
                or "timing"
                or "conninfo";
    }

    private static LookedAtStream Script(Stream decompressed, ArchiveInput input)
    {
        var stream = new LookedAtStream(decompressed);
        return ScriptHead.IsScript(stream.Look(ScriptHead.Size, ScriptHead.IsEnough))
            ? stream
            : throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{input.Name} is compressed, and what is in it is not an SQL script",
                "decompress it first");
    }

    private static string Placed(ReplayMessage message) =>
        message.Script is null ? message.Text : $"{message.Script}:{message.Line}: {message.Text}";

    private static int Report(ReplayResult result, ArchiveInput input, ReplayRequest request, Talk talk)
    {
        var outcome = new Outcome { FailureCount = result.FailureCount };
        string rest = $"{input.Name} into database \"{request.Target.Database}\": {Amount.Counted(result.StatementCount, "statement")}";
        talk.End("replayed", outcome.Sentence("replayed", rest), fields =>
        {
            fields.WriteString("database", request.Target.Database);
            fields.WriteNumber("statementCount", result.StatementCount);
            fields.WriteNumber("failureCount", result.FailureCount);
            fields.WriteNumber("exitCode", outcome.ExitCode);
        }, outcome.IsIncomplete);
        return outcome.ExitCode;
    }
}
