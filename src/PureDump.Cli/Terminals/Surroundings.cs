using System.Text;

namespace PureDump.Cli.Terminals;

/// <summary>What a run has around it: the process's streams and environment, or a test's.</summary>
internal sealed class Surroundings
{
    /// <summary>Standard input.</summary>
    public required Stream Input { get; init; }

    /// <summary>Standard output: data, never talk.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard error: talk, never data. Flushed with every write.</summary>
    public required TalkOutput Error { get; init; }

    /// <summary>Gives an environment variable, or null.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>True where a person types the input.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>True where a person reads the output.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>True where a person reads what is said.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The width and height of the terminal in characters.</summary>
    public Func<(int Width, int Height)> TerminalSize { get; init; } = () => (80, 24);

    /// <summary>Shows a text and gives the password typed, or null where there is nobody to ask.</summary>
    public Func<string, string?> AskPassword { get; init; } = _ => null;

    /// <summary>Shows a text and gives the line that is typed, or null at the end of the input.</summary>
    public Func<string, string?> AskLine { get; init; } = _ => null;

    /// <summary>What time it is.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Cancelled when the user or the system wants the run to end.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Standard output as an archive.</summary>
    public Stream OpenArchive() => new ArchiveOutput(Output);

    /// <summary>Standard output as talk, in UTF-8 unless said otherwise: what outside text could do to a terminal is taken from it. Flushed
    /// when disposed of, and left open.</summary>
    public ShownWriter OpenText(Encoding? encoding = null) => new(OpenData(encoding));

    /// <summary>Standard output as data, which nothing is taken from: SQL and JSON. UTF-8 unless said otherwise; flushed when disposed of,
    /// and left open.</summary>
    public TextWriter OpenData(Encoding? encoding = null) =>
        new StreamWriter(Output, encoding ?? new UTF8Encoding(false), 1 << 14, leaveOpen: true) { NewLine = "\n" };
}
