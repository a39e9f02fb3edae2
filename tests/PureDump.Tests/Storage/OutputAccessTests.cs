using PureDump.Formats.Bytes;
using PureDump.Formats.Errors;
using PureDump.Storage.Local;
using PureDump.TestSupport;

namespace PureDump.Tests.Storage;

/// <summary>Whose a file is that was written, how many names it has, and what is there while it is written.</summary>
public sealed class OutputAccessTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("puredump-access-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Out => In("out");

    [Theory]
    [InlineData(OutputAccess.Private)]
    [InlineData(OutputAccess.Umask)]
    public void Until_it_is_whole_it_is_its_owners_alone_and_not_under_its_name(Enum access)
    {
        Write(Out, (OutputAccess)access, () =>
        {
            Assert.False(File.Exists(Out));
            string staged = Assert.Single(Directory.GetFiles(_directory));
            Assert.True(StagedName.IsOf("out", Path.GetFileName(staged)));
            Assert.Equal("600", ModeOf(staged));
        });

        Assert.Equal([Out], Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void A_new_file_has_the_mode_of_who_writes_it()
    {
        File.WriteAllText(In("any"), "");
        Write(In("private"), OutputAccess.Private);
        Write(In("umask"), OutputAccess.Umask);

        Assert.Equal("600", ModeOf(In("private")));
        Assert.Equal(ModeOf(In("any")), ModeOf(In("umask")));
    }

    [Theory]
    [InlineData("640")]
    [InlineData("666")]
    [InlineData("400")]
    [InlineData("4751")]
    public void A_file_that_is_there_keeps_its_mode_or_becomes_private(string mode)
    {
        foreach (string name in (string[])["private", "umask"])
        {
            File.WriteAllText(In(name), "before");
            Command.Run("chmod", [mode, In(name)]).Succeeded();
        }

        Write(In("private"), OutputAccess.Private);
        Write(In("umask"), OutputAccess.Umask);

        Assert.Equal(("600", "written"), (ModeOf(In("private")), File.ReadAllText(In("private"))));
        Assert.Equal((mode, "written"), (ModeOf(In("umask")), File.ReadAllText(In("umask"))));
    }

    /// <summary>
    /// Each can be told from a file that takes its place, and is written as it is; as long as nothing comes it keeps what it holds.
    /// </summary>
    [Theory]
    [InlineData("names")]
    [InlineData("attribute")]
    [InlineData("owner")]
    [InlineData("group")]
    public void A_file_that_cannot_be_replaced_unseen_is_written_into(string kind)
    {
        File.WriteAllText(Out, "what was there before, and was longer");
        switch (kind)
        {
            case "names":
                Command.Run("ln", [Out, In("other")]).Succeeded();
                break;
            case "attribute":
                if (!UserAttribute.TrySet(Out, "origin", "x"u8.ToArray()))
                {
                    Assert.Skip("the file system has no attributes of users");
                }

                break;
            default:
                Requirement.That(FileStatus.User == 0, "only root can give a file away");
                Command.Run(kind == "owner" ? "chown" : "chgrp", ["65534", Out]).Succeeded();
                break;
        }

        string before = StatOf(Out);
        Write(Out, OutputAccess.Umask, () => Assert.StartsWith("what was", File.ReadAllText(Out), StringComparison.Ordinal));

        Assert.Equal((before, "written"), (StatOf(Out), File.ReadAllText(Out)));
        if (kind == "names")
        {
            Assert.Equal("written", File.ReadAllText(In("other")));
        }
    }

    [Fact]
    public void A_file_that_gets_another_name_while_it_is_written_aside_is_written_into()
    {
        File.WriteAllText(Out, "what was there before, and was longer");
        string before = StatOf(Out);

        Write(Out, OutputAccess.Umask, () => Command.Run("ln", [Out, In("other")]).Succeeded());

        Assert.Equal(("written", before.Replace(" 1 ", " 2 ", StringComparison.Ordinal)), (File.ReadAllText(In("other")), StatOf(Out)));
        Assert.Equal(2, Directory.GetFileSystemEntries(_directory).Length);
    }

    [Fact]
    public void A_file_that_nothing_is_written_into_is_empty_in_the_end()
    {
        File.WriteAllText(Out, "before");
        Command.Run("ln", [Out, In("other")]).Succeeded();
        using (var file = new OutputFile(Out, FileSync.None, OutputAccess.Umask))
        {
            file.Commit(static _ => { });
        }

        Assert.Equal("", File.ReadAllText(In("other")));
    }

    [Theory]
    [InlineData(OutputAccess.Private)]
    [InlineData(OutputAccess.Umask)]
    public void A_run_that_fails_leaves_the_file_as_it_was(Enum access)
    {
        File.WriteAllText(Out, "before");

        Assert.Throws<InvalidOperationException>(
            () => Write(Out, (OutputAccess)access, static () => throw new InvalidOperationException()));

        Assert.Equal("before", File.ReadAllText(Out));
        Assert.Equal([Out], Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void A_file_in_a_directory_that_takes_no_other_is_written_into()
    {
        string[] someone = FileStatus.User == 0 ? ["setpriv", "--reuid=65534", "--clear-groups", "--"] : [];
        Directory.CreateDirectory(In("full"));
        File.WriteAllText(In("full/out"), "before");
        Command.Run("chmod", ["666", In("full/out")]).Succeeded();
        Command.Run("chmod", ["755", _directory]).Succeeded();
        string archive = In("shop.pdump");
        File.Copy(Repository.PathOf("formats", "golden", "pg", "custom-18-none.dump"), archive);
        Command.Run("chmod", ["644", archive]).Succeeded();

        Command.Run("chmod", ["555", In("full")]).Succeeded();
        if (someone.Length > 0 && Command.Run(someone[0], [.. someone[1..], "test", "-r", BuiltProgram.Words[1]]).ExitCode != 0)
        {
            Assert.Skip("only root can read the program");
        }

        string[] words = [.. someone, .. BuiltProgram.Words, "pg_restore", "-f", In("full/out"), archive];
        Command run = Command.Run(words[0], words[1..]);
        Command.Run("chmod", ["755", In("full")]).Succeeded();

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("CREATE TABLE", File.ReadAllText(In("full/out")), StringComparison.Ordinal);
        Assert.Equal("666", ModeOf(In("full/out")));
    }

    [Fact]
    public void Two_runs_of_one_target_do_not_touch_each_other()
    {
        using var first = new OutputFile(Out);
        using var second = new OutputFile(Out);
        first.Stream.Write("first"u8);
        second.Stream.Write("second"u8);

        second.Commit(static written => AssertText("second", written));
        Assert.Equal("second", File.ReadAllText(Out));
        using (var third = new OutputFile(Out))
        {
            first.Commit(static written => AssertText("first", written));
        }

        Assert.Equal("first", File.ReadAllText(Out));
        Assert.Equal([Out], Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void Many_runs_of_one_target_at_once_are_all_whole()
    {
        string[] contents = [.. Enumerable.Range(0, 200).Select(static i => new string((char)('a' + (i % 26)), 10_000))];

        Parallel.ForEach(contents, new ParallelOptions { MaxDegreeOfParallelism = 8 }, content =>
        {
            OutputFile.Write(
                Out,
                FileSync.None,
                stream =>
                {
                    stream.Write(System.Text.Encoding.ASCII.GetBytes(content));
                    return true;
                },
                written => AssertText(content, written));
        });

        Assert.Contains(File.ReadAllText(Out), contents);
        Assert.Equal([Out], Directory.GetFileSystemEntries(_directory));
    }

    [Theory]
    [InlineData(OutputAccess.Private)]
    [InlineData(OutputAccess.Umask)]
    public void A_link_that_another_user_has_put_where_everybody_writes_is_not_followed(Enum access)
    {
        Requirement.That(FileStatus.User == 0, "only root can give a link away");
        File.WriteAllText(In("precious"), "precious");
        Directory.CreateDirectory(In("tmp"));
        Command.Run("chmod", ["1777", In("tmp")]).Succeeded();
        File.CreateSymbolicLink(In("tmp/out"), In("precious"));
        Command.Run("chown", ["-h", "65534", In("tmp/out")]).Succeeded();

        PureDumpException error = Assert.Throws<PureDumpException>(() => Write(In("tmp/out"), (OutputAccess)access));

        Assert.Equal(ErrorKind.File, error.Kind);
        Assert.Contains("is a link of another user", error.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(In("precious")));

        // One's own is.
        Command.Run("chown", ["-h", "0", In("tmp/out")]).Succeeded();
        Write(In("tmp/out"), (OutputAccess)access);
        Assert.Equal("written", File.ReadAllText(In("precious")));
    }

    private static void Write(string path, OutputAccess access, Action? before = null) => OutputFile.Write(
        path,
        FileSync.File,
        stream =>
        {
            before?.Invoke();
            stream.Write("written"u8);
            return true;
        },
        static _ => { },
        access);

    private static string ModeOf(string path) => Command.Run("stat", ["-c", "%a", path]).Succeeded().Output.Trim();

    private static string StatOf(string path) => Command.Run("stat", ["-c", "%i %h %a %u %g", path]).Succeeded().Output.Trim();

    private string In(string name) => Path.Combine(_directory, name);

    private static void AssertText(string due, IRangeReader written)
    {
        using (written)
        {
            Assert.Equal(due, File.ReadAllText(written.Name));
        }
    }
}
