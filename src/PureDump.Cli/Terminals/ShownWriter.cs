using System.Text;

namespace PureDump.Cli.Terminals;

/// <summary>
/// Standard output where it is talk: help, lists, findings. What is written into it is shown as <see cref="ShownText"/> says; line
/// feeds are the program's own, so a text from outside that may hold some is made a <see cref="ShownText"/> before.
/// </summary>
internal sealed class ShownWriter(TextWriter target) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => target.Encoding;

    /// <inheritdoc/>
    public override string NewLine => "\n";

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value) => target.Write(ShownText.Lines(value ?? ""));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write($"{value}\n");

    /// <summary>Writes a message and a line end.</summary>
    public void WriteLine(ShownText message)
    {
        target.Write(message.Value);
        target.Write('\n');
    }

    /// <inheritdoc/>
    public override void Flush() => target.Flush();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            target.Dispose();
        }

        base.Dispose(disposing);
    }
}
