using System.Text.Json;
using PureDump.Cli.Terminals;
using PureDump.Formats.Entries;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PureDump.Cli.Talking;

/// <summary>
/// A terminal's display: totals in one line, below it a line for each table in work, drawn anew a few times a second.
/// Warnings and errors scroll by above it.
/// </summary>
internal sealed class DisplayTalk : PlainTalk
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(125);

    private readonly Surroundings _surroundings;
    private readonly IAnsiConsole _console;
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _stop = new();

    // While the display stands only its own thread writes: Spectre.Console takes its two locks in one order to write and
    // in the other to redraw.
    private readonly Queue<ShownText> _waiting = new();
    private Thread? _thread;
    private TimeSpan _started;
    private long _readBytes;
    private long _readTotal;

    /// <summary>A display that shows nothing until there is something to show.</summary>
    public DisplayTalk(Surroundings surroundings)
        : base(surroundings.Error, surroundings.Clock, isVerbose: false, isQuiet: false)
    {
        _surroundings = surroundings;
        _console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new TerminalOutput(surroundings),
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.No,
                ColorSystem = string.IsNullOrEmpty(surroundings.Environment("NO_COLOR"))
                    ? ColorSystemSupport.Standard
                    : ColorSystemSupport.NoColors,
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            }
        );
    }

    /// <inheritdoc/>
    public override void Begin(Toc toc, long estimatedBytes)
    {
        base.Begin(toc, estimatedBytes);
        Start();
    }

    /// <inheritdoc/>
    public override void Read(long bytes, long? total)
    {
        Interlocked.Exchange(ref _readBytes, bytes);
        Interlocked.Exchange(ref _readTotal, total ?? 0);
        Start();
    }

    /// <inheritdoc/>
    public override void End(string name, string sentence, Action<Utf8JsonWriter> writeFields, bool isIncomplete)
    {
        Stop();
        base.End(name, sentence, writeFields, isIncomplete);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override void WriteLine(ShownText messages)
    {
        lock (_lock)
        {
            if (_thread is null)
            {
                base.WriteLine(messages);
            }
            else
            {
                _waiting.Enqueue(messages);
            }
        }
    }

    private void Start()
    {
        lock (_lock)
        {
            if (_thread is null && !_stop.IsSet)
            {
                _started = Elapsed;
                var thread = new Thread(Draw) { IsBackground = true, Name = "display" };
                thread.Start();
                _thread = thread;
            }
        }
    }

    private void Stop()
    {
        _stop.Set();
        _thread?.Join();
        lock (_lock)
        {
            _thread = null;
            while (_waiting.TryDequeue(out ShownText messages))
            {
                base.WriteLine(messages);
            }
        }
    }

    private void Draw() =>
        _console.Live(Picture()).AutoClear(true).Overflow(VerticalOverflow.Crop).Start(live =>
        {
            while (!_stop.Wait(s_interval))
            {
                if (TakeWaiting() is { } text)
                {
                    // The console takes the display away before, and puts it back below.
                    _console.Write(new Text(text));
                }

                live.UpdateTarget(Picture());
            }
        });

    private string? TakeWaiting()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                return null;
            }

            string text = string.Concat(_waiting.Select(static messages => messages.Value + "\n"));
            _waiting.Clear();
            return text;
        }
    }

    private IRenderable Picture()
    {
        (int width, int height) = _surroundings.TerminalSize();
        var lines = new List<IRenderable>();
        foreach (
            string line in ProgressPicture.Lines(
                Tally.State(),
                Interlocked.Read(ref _readBytes),
                Interlocked.Read(ref _readTotal),
                Elapsed - _started,
                width - 1,
                height - 1))
        {
            lines.Add(new Text(line, lines.Count == 0 ? new Style(decoration: Decoration.Bold) : Style.Plain) { Overflow = Overflow.Crop });
        }

        return new Rows(lines);
    }
}
