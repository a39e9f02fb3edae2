using System.Globalization;
using System.Text;
using PureDump.Cli;
using PureDump.Cli.Terminals;

namespace PureDump.Tests.Cli;

/// <summary>Every transcript, command by command. With PUREDUMP_WRITE_TRANSCRIPTS=1 they are written anew instead.</summary>
public sealed class TranscriptTests(CommandFiles files) : IClassFixture<CommandFiles>
{
    private static readonly bool s_isWriting = Environment.GetEnvironmentVariable("PUREDUMP_WRITE_TRANSCRIPTS") == "1";
    private static readonly Lock s_writeLock = new();

    public static TheoryData<string, int, string> Cases()
    {
        var data = new TheoryData<string, int, string>();
        foreach (string path in Directory.GetFiles(Transcript.Directory, "*.txt").Order(StringComparer.Ordinal))
        {
            List<TranscriptCase> cases = Transcript.Read(Path.GetFileName(path));
            for (int i = 0; i < cases.Count; i++)
            {
                data.Add(Path.GetFileName(path), i, cases[i].Command);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_command_prints_what_its_transcript_says(string file, int number, string command)
    {
        TranscriptCase known = Transcript.Read(file)[number];
        Assert.Equal(command, known.Command);
        string printed = Run(known);
        if (s_isWriting)
        {
            lock (s_writeLock)
            {
                Transcript.Replace(file, number, printed);
            }

            return;
        }

        Assert.Equal(known.Expected, printed);
    }

    private string Run(TranscriptCase known)
    {
        List<string> words = Transcript.Words(known.Command.Replace("{dir}", files.Path, StringComparison.Ordinal));
        Assert.Equal("puredump", words[0]);
        using var output = new MemoryStream();
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        string? inputPath = known.Surroundings.FirstOrDefault(line => line.StartsWith("stdin is {dir}/", StringComparison.Ordinal));
        using Stream input = inputPath is null ? new MemoryStream() : File.OpenRead(files.In(inputPath["stdin is {dir}/".Length..]));
        var surroundings = new Surroundings
        {
            Input = input,
            Output = output,
            Error = error,
            Environment = name => Variable(name, known.Surroundings),
            InputIsTerminal = known.Surroundings.Contains("stdin is a terminal"),
            OutputIsTerminal = known.Surroundings.Contains("stdout is a terminal"),
            Clock = new StoppedClock(),
        };
        int exitCode = CommandLine.Run(words[1..], surroundings);
        var printed = new StringBuilder();
        AppendLines('|', Encoding.UTF8.GetString(output.ToArray()), printed);
        AppendLines('!', error.ToString(), printed);
        return printed.Append(CultureInfo.InvariantCulture, $"= {exitCode}\n").Replace(files.Path, "{dir}").ToString();
    }

    private static string? Variable(string name, IReadOnlyList<string> surroundings) =>
        surroundings.FirstOrDefault(line => line.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private static void AppendLines(char mark, string text, StringBuilder target)
    {
        if (text.Length == 0)
        {
            return;
        }

        Assert.EndsWith("\n", text);
        foreach (string line in text[..^1].Split('\n'))
        {
            target.Append(mark).Append(line.Length == 0 ? "" : " ").Append(line).Append('\n');
        }
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
