using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Engine.Sinks;

/// <summary>What of the rows of an archive can stand in a script: text. Rows that are still binary (out of a pipe) are refused before
/// anything is written.</summary>
internal static class ScriptRows
{
    /// <summary>Refuses rows that a script cannot hold.</summary>
    /// <exception cref="PureDumpException">The rows of a table are binary (<see cref="ErrorKind.TargetMismatch"/>).</exception>
    public static void Check(Toc toc)
    {
        if (toc.Entries.FirstOrDefault(entry => entry.Rows is { Format: RowFormat.Binary }) is { } binary)
        {
            throw new PureDumpException(
                ErrorKind.TargetMismatch,
                $"{binary.Label}: the rows are binary, a script needs them as text",
                "name the archive as a file: then they are decoded; or take the definitions alone with --schema-only");
        }
    }
}
