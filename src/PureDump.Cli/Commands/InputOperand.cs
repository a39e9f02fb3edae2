using PureDump.Cli.Terminals;
using PureDump.Engine.Reading;

namespace PureDump.Cli.Commands;

/// <summary>The archive that a command reads: a file, or standard input.</summary>
internal static class InputOperand
{
    /// <summary>The archive that the first operand names.</summary>
    /// <exception cref="PureDumpException">It is a terminal, a directory, or not there.</exception>
    public static ArchiveInput Of(Invocation invocation)
    {
        string? path = invocation.Options.Operands is [not "-", ..] ? invocation.Options.Operands[0] : null;
        Surroundings surroundings = invocation.Surroundings;
        if (path is null)
        {
            return surroundings.InputIsTerminal
                ? throw new PureDumpException(
                    ErrorKind.Usage, "refusing to read an archive from a terminal", "name a file, or redirect standard input")
                : new ArchiveInput(null, "standard input", () => surroundings.Input);
        }

        return new ArchiveInput(path, path, () => DescriptorStream.OpenFile(path, surroundings.Cancellation));
    }
}
