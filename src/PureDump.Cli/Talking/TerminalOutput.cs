using System.Text;
using PureDump.Cli.Terminals;
using Spectre.Console;

namespace PureDump.Cli.Talking;

/// <summary>Standard error as the terminal of Spectre.Console, which would look at standard output by itself.</summary>
internal sealed class TerminalOutput(Surroundings surroundings) : IAnsiConsoleOutput
{
    /// <inheritdoc/>
    public TextWriter Writer => surroundings.Error.Raw;

    /// <inheritdoc/>
    public bool IsTerminal => surroundings.ErrorIsTerminal;

    /// <inheritdoc/>
    public int Width => surroundings.TerminalSize().Width;

    /// <inheritdoc/>
    public int Height => surroundings.TerminalSize().Height;

    /// <inheritdoc/>
    public void SetEncoding(Encoding encoding)
    {
        // It is always UTF-8.
    }
}
