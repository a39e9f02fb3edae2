using System.Text;
using PureDump.Formats.Script;

namespace PureDump.Tests.Script;

/// <summary>A script read to its end: each part a line of text to be compared.</summary>
internal static class ScriptParts
{
    /// <summary>Statements as they are, commands as <c>\name[word][word]</c>, rows as <c>rows:</c> and their text.</summary>
    /// <param name="script">The script.</param>
    /// <param name="pieceSize">How many bytes a read gives at most.</param>
    /// <param name="adjust">Sets the reader up.</param>
    public static List<string> Of(
        byte[] script,
        int pieceSize = int.MaxValue,
        Action<ScriptReader>? adjust = null,
        IScriptVariables? variables = null,
        List<string>? lines = null)
    {
        using var stream = new PiecesStream(script, pieceSize);
        var reader = new ScriptReader(stream, variables)
        {
            Echo = lines is null ? null : line => lines.Add(Encoding.Latin1.GetString(line)),
        };
        adjust?.Invoke(reader);
        var parts = new List<string>();
        while (reader.Read() is var part && part != ScriptPart.End)
        {
            if (part == ScriptPart.Command)
            {
                parts.Add($"{reader.Line} \\{reader.Command!.Name}{string.Concat(reader.Command.Arguments.Select(word => $"[{word}]"))}");
                continue;
            }

            parts.Add($"{reader.Line} {Encoding.Latin1.GetString(reader.Statement)}");
            int copyCount = reader.CopyFromStdinCount;
            for (int i = 0; i < copyCount; i++)
            {
                var rows = new StringBuilder();
                reader.BeginCopy();
                while (reader.ReadCopy(out ReadOnlySpan<byte> bytes))
                {
                    rows.Append(Encoding.Latin1.GetString(bytes));
                }

                parts.Add($"{reader.Line} {(reader.HasCopyEndMark ? "rows" : "cut rows")}:{rows}");
            }
        }

        return parts;
    }

    public static List<string> Of(string script) => Of(Encoding.Latin1.GetBytes(script));
}
