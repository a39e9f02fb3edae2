using System.Globalization;
using System.Text;
using System.Text.Json;
using PureDump.Cli;
using PureDump.Cli.Commands;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.TestSupport;
using PureDump.Tests.Archive;

namespace PureDump.Tests.Cli;

/// <summary>
/// Names and messages that would move the cursor, colour the screen, turn the direction of writing or pass for a line of the program's
/// own, in everything the program says: no talk, on a terminal or not, lets any of it through; JSON and data stay what they are.
/// </summary>
public sealed class HostileTalkTests : IDisposable
{
    /// <summary>One of each: ESC, BEL, C1, BS, CR, DEL, bidi controls, LINE SEPARATOR, NEL, a forged line, Spectre.Console's
    /// markup.</summary>
    private const string Hostile =
        "a\u001b]0;PWNED\a\u001b[2J\u009b31m\b\r\u007f\u202egpj\u2066x\u2069\u2028\u0085\npuredump: restored everything\npg_restore: "
            + "done\n[red]m[/]";

    private readonly string _folder = Directory.CreateTempSubdirectory("puredump-").FullName;

    public static TheoryData<string> Listings => ["list", "restore -l", "restore -l -v", "pg_restore -l"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Listings))]
    public void A_list_has_a_line_for_each_entry_and_nothing_else(string words)
    {
        foreach (string path in (string[])[PgArchive(), OwnArchive()])
        {
            Outcome run = Run([.. words.Split(' '), path]);

            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            AssertReadable(run.Output);
            Assert.DoesNotContain("\npuredump: ", run.Output, StringComparison.Ordinal);
            Assert.Contains("\\u001b]0;PWNED", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_list_as_JSON_has_the_names_as_they_are()
    {
        Outcome run = Run(["list", "--json", OwnArchive()]);

        string[] names =
        [
            .. run
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("name").GetString()!),
        ];
        Assert.Contains(Hostile, names);
    }

    [Fact]
    public void Findings_and_errors_about_a_damaged_archive_are_readable()
    {
        byte[] archive = File.ReadAllBytes(OwnArchive());
        archive[archive.AsSpan().LastIndexOf("roworder"u8)] ^= 1;
        string path = Path.Combine(_folder, $"x{Hostile.Replace("/", "", StringComparison.Ordinal)}.pdump");
        File.WriteAllBytes(path, archive);

        Outcome run = Run(["verify", path]);

        Assert.Equal(ErrorTable.ExitCode(ErrorKind.ArchiveDamaged), run.ExitCode);
        AssertReadable(run.Output);
        AssertReadable(run.Error);
        AssertOwnLines(run.Output + run.Error);
    }

    /// <summary>Every talk, by all that can be said to it, with a terminal and without.</summary>
    [Theory]
    [InlineData("dump", false)]
    [InlineData("dump -v", false)]
    [InlineData("dump -q", false)]
    [InlineData("dump", true)]
    [InlineData("restore", true)]
    [InlineData("pg_dump -v", false)]
    [InlineData("pg_restore -v", false)]
    [InlineData("pg_restore", true)]
    public void No_talk_lets_it_through(string words, bool isTerminal)
    {
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var surroundings = new Surroundings
        {
            Input = Stream.Null,
            Output = Stream.Null,
            Error = error,
            Environment = static _ => null,
            ErrorIsTerminal = isTerminal,
        };
        using (Talk talk = TalkOf(words, surroundings))
        {
            Say(talk);
        }

        string said = error.ToString();
        Assert.True(said.Length > 100, said);
        if (isTerminal && !words.StartsWith("pg_", StringComparison.Ordinal))
        {
            // The display's own control sequences are what is left: nothing of the names is among them.
            Assert.DoesNotContain("]0;PWNED\a", said, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b[2J", said, StringComparison.Ordinal);
            Assert.DoesNotContain("[31m", said.Replace("\\u009b31m", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.True(said.All(static letter => letter is '\u001b' or '\r' or '\n' || IsReadable(letter)), said);
        }
        else
        {
            AssertReadable(said);
            AssertOwnLines(said);
        }

        Assert.DoesNotContain(
            said.Split('\n'),
            line => words.StartsWith("pg_restore", StringComparison.Ordinal) && line == "pg_restore: done");
        Assert.Contains("[red]m[/]", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_of_the_display_hold_no_line_end_and_no_control_character()
    {
        var state = new TransferState
        {
            Database = Hostile,
            InWork = [new EntryProgress(Hostile, 10)],
            RowCount = 1,
            Bytes = 1,
            EntryCount = 1,
            EntryDoneCount = 0,
            StatementCount = 1,
            Statement = Hostile,
            Fraction = null,
        };

        Assert.All(
            [
                .. ProgressPicture.Lines(state, 0, 0, TimeSpan.Zero, 200, 20),
                .. ProgressPicture.Lines(state with { InWork = [] }, 0, 0, TimeSpan.Zero, 200, 20),
            ],
            static line => Assert.True(line.All(IsReadable), line));
    }

    [Fact]
    public void JSON_talk_holds_what_was_said_letter_by_letter()
    {
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        using (
            Talk talk = TalkOf(
                "dump --json",
                new Surroundings
                {
                    Input = Stream.Null,
                    Output = Stream.Null,
                    Error = error,
                    Environment = static _ => null,
                }
            ))
        {
            talk.Warn(Hostile);
        }

        Assert.Equal(Hostile, JsonDocument.Parse(error.ToString()).RootElement.GetProperty("message").GetString());
    }

    /// <summary>An unexpected error, whose inner ones may quote anything.</summary>
    [Fact]
    public void The_report_of_an_error_is_readable_whatever_is_in_it()
    {
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var inner = new InvalidOperationException(Hostile);
        ErrorReport.Write(new PureDumpException(ErrorKind.Internal, Hostile, Hostile, inner), isJson: false, error);
        ErrorReport.Write(new PureDumpException(ErrorKind.Server, Hostile) { ClientText = Hostile }, isJson: false, error, "pg_dump");

        AssertReadable(error.ToString());
        AssertOwnLines(error.ToString());
    }

    private static Talk TalkOf(string words, Surroundings surroundings)
    {
        string[] all = words.Split(' ');
        RunnableVerb verb = Verbs.All.Single(verb => verb.Name == all[0]);
        return verb.OpenTalk(CommandLine.Parse(verb, all[1..]), surroundings);
    }

    private static void Say(Talk talk)
    {
        TocEntry table = Entry(2, EntryKind.Table, Hostile);
        TocEntry rows = Rows(3);
        var toc = new Toc(Origin(), [table, rows]);
        talk.Begin(toc, 100);
        talk.DatabaseBegins(Hostile);
        talk.StatementBegins(table);
        talk.EntryBegins(rows);
        talk.BlockMoved(rows, 1, 10);

        // Long enough for the display to draw it.
        Thread.Sleep(300);
        talk.EntryEnds(rows);
        talk.Warn(Hostile);
        talk.Notice(new ServerReport { Severity = "WARNING", Message = Hostile });
        talk.StatementFailed(new PureDumpException(ErrorKind.Server, Hostile, Hostile));
        talk.EntryFailed(
            table,
            new PureDumpException(ErrorKind.Server, Hostile, Hostile)
            {
                Report = new ServerReport
                {
                    Severity = "ERROR",
                    Message = Hostile,
                    Detail = Hostile,
                    Hint = Hostile,
                    Where = Hostile,
                    InternalQuery = Hostile,
                    Statement = Hostile,
                    Position = 2,
                },
            }
        );
        talk.End("dumped", $"dumped {Hostile}", static _ => { });
        talk.End("dumped", $"dumped with 1 failure, {Hostile}", static _ => { }, isIncomplete: true);
    }

    private string PgArchive()
    {
        string path = Path.Combine(_folder, "x.dump");
        File.WriteAllBytes(
            path,
            BuiltArchive.Custom(
                16,
                [
                    BuiltArchive.EncodingEntry,
                    BuiltArchive.Entry(2, EntryKind.Schema, Hostile) with
                    {
                        Owner = Hostile,
                        Definition = "SELECT 1;\n",
                    },
                    BuiltArchive.Entry(3, EntryKind.Table, Hostile, Hostile) with
                    {
                        Owner = Hostile,
                        Tablespace = Hostile,
                        TableAccessMethod = Hostile,
                        Definition = "SELECT 1;\n",
                    },
                ]));
        return path;
    }

    private string OwnArchive()
    {
        string path = Path.Combine(_folder, "x.pdump");
        using FileStream output = File.Create(path);
        SampleArchive.Write(
            output,
            new ArchiveHeader(null),
            new Toc(Origin(), [Entry(2, EntryKind.Table, Hostile), Rows(3), Rows(4)]),
            SampleArchive.NoCodec,
            ["\0\u0001\0\0\0\broworder"u8.ToArray()]);
        return path;
    }

    private static DumpOrigin Origin() =>
        new() { Database = Hostile, ServerVersion = Hostile, ServerVersionNumber = 180000, Encoding = "UTF8", Producer = Hostile };

    private static TocEntry Entry(int id, string kind, string name) => new()
    {
        Id = new DumpId(id),
        Kind = kind,
        Schema = name,
        Name = name,
        Owner = name,
        Section = Section.PreData,
        CreateSql = "SELECT 1;\n",
    };

    private static TocEntry Rows(int id) => Entry(id, EntryKind.TableData, Hostile) with
    {
        Section = Section.Data,
        CreateSql = "",
        Rows = new TableRows { Schema = Hostile, Table = Hostile, Columns = [new RowColumn("id", "text")], Format = RowFormat.Binary },
    };

    private static Outcome Run(string[] words)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        int exitCode = CommandLine.Run(
            words,
            new Surroundings
            {
                Input = Stream.Null,
                Output = output,
                Error = error,
                Environment = static _ => null,
            }
        );
        return new Outcome(exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private static void AssertReadable(string said) =>
        Assert.True(said.All(static letter => letter == '\n' || IsReadable(letter)), ShownText.Lines(said));

    // A forged line would be one that is there word for word.
    private static void AssertOwnLines(string said) =>
        Assert.DoesNotContain(said.Split('\n'), static line => line is "puredump: restored everything");

    private static bool IsReadable(char letter) =>
        letter == '\t'
        || !(
            char.IsControl(letter)
            || letter is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f');

    private sealed record Outcome(int ExitCode, string Output, string Error);
}
