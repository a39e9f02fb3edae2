using System.Text;

namespace PureDump.Tests.Cli;

/// <summary>
/// A file of command lines and what each prints. <c>$</c> begins a command (words as a shell splits them, single quotes
/// only), <c>@</c> says something of its surroundings, <c>|</c> is a line of standard output, <c>!</c> one of standard
/// error, <c>=</c> the exit code; anything else is a remark. <c>{dir}</c> stands for the directory with the files.
/// </summary>
internal static class Transcript
{
    /// <summary>Where the files are, in the checkout.</summary>
    public static string Directory => TestSupport.Repository.PathOf("tests", "PureDump.Tests", "Cli", "transcripts");

    /// <summary>The cases of a file.</summary>
    public static List<TranscriptCase> Read(string name)
    {
        var cases = new List<TranscriptCase>();
        var surroundings = new List<string>();
        string? command = null;
        var expected = new StringBuilder();
        foreach (string line in File.ReadLines(Path.Combine(Directory, name)))
        {
            switch (line.Length == 0 ? ' ' : line[0])
            {
                case '@':
                    Flush();
                    surroundings.Add(line[2..]);
                    break;
                case '$':
                    Flush();
                    command = line[2..];
                    break;
                case '|' or '!' or '=' when command is not null:
                    expected.Append(line).Append('\n');
                    break;
                default:
                    Flush();
                    break;
            }
        }

        Flush();
        return cases;

        void Flush()
        {
            if (command is null)
            {
                return;
            }

            cases.Add(new TranscriptCase(command, [.. surroundings], expected.ToString()));
            command = null;
            surroundings.Clear();
            expected.Clear();
        }
    }

    /// <summary>Writes what was really printed in place of what was expected.</summary>
    public static void Replace(string name, int number, string printed)
    {
        string path = Path.Combine(Directory, name);
        var result = new StringBuilder();
        int at = -1;
        foreach (string line in File.ReadLines(path).ToList())
        {
            bool isExpected = line.Length > 0 && line[0] is '|' or '!' or '=';
            if (line.StartsWith('$'))
            {
                at++;
                result.Append(line).Append('\n').Append(at == number ? printed : "");
            }
            else if (at != number || !isExpected)
            {
                result.Append(line).Append('\n');
            }
        }

        File.WriteAllText(path, result.ToString());
    }

    /// <summary>The words of a command line.</summary>
    public static List<string> Words(string command)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        bool isQuoted = false;
        foreach (char letter in command)
        {
            if (letter == '\'')
            {
                isQuoted = !isQuoted;
                word ??= new StringBuilder();
            }
            else if (letter == ' ' && !isQuoted)
            {
                if (word is not null)
                {
                    words.Add(word.ToString());
                    word = null;
                }
            }
            else
            {
                (word ??= new StringBuilder()).Append(letter);
            }
        }

        if (word is not null)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}

/// <summary>One command of a transcript.</summary>
/// <param name="Command">As typed.</param>
/// <param name="Surroundings">What is said of its surroundings.</param>
/// <param name="Expected">What it prints and its exit code, in the notation of the file.</param>
internal sealed record TranscriptCase(string Command, IReadOnlyList<string> Surroundings, string Expected);
