namespace PureDump.Cli.Help;

/// <summary>Text in columns.</summary>
internal static class HelpText
{
    /// <summary>Writes a text in lines that begin in a column, behind a head in the first one, or below a head that is too long.</summary>
    public static void WriteWrapped(string head, int column, string text, int width, TextWriter output)
    {
        string line = head.PadRight(column);
        if (column > 0 && head.Length > column - 2)
        {
            output.WriteLine(head);
            line = new string(' ', column);
        }

        bool isEmpty = true;
        foreach (string word in text.Split(' '))
        {
            if (!isEmpty && line.Length + 1 + word.Length > width)
            {
                output.WriteLine(line);
                line = new string(' ', column);
                isEmpty = true;
            }

            line = isEmpty ? line + word : $"{line} {word}";
            isEmpty = false;
        }

        output.WriteLine(line);
    }
}
