namespace PureDump.Cli.Terminals;

/// <summary>
/// Standard error, as all talk passes it: a message comes out as one <see cref="ShownText"/> in one write. A text that was not
/// made one cannot be written.
/// </summary>
/// <param name="target">Where it goes; flushed with every write.</param>
internal sealed class TalkOutput(TextWriter target)
{
    /// <summary>
    /// What is behind, for what no text from outside stands in as it is: JSON, which escapes by itself, and the display's own control
    /// sequences.
    /// </summary>
    public TextWriter Raw => target;

    /// <summary>Standard error of a process or a test.</summary>
    public static implicit operator TalkOutput(TextWriter target) => new(target);

    /// <summary>Writes messages, each ended by a line end.</summary>
    public void WriteLine(ShownText messages) => target.Write(messages.Value + "\n");
}
