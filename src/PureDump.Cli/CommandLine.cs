using System.CommandLine;
using PureDump.Cli.Commands;
using PureDump.Cli.Help;
using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;

namespace PureDump.Cli;

/// <summary>Runs a command line: finds the command, reads its options, reports its error.</summary>
internal static class CommandLine
{
    private static readonly ParserConfiguration s_parser = new()
    {
        // ArgumentList has taken clusters apart, and a file name may well begin with an @.
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    /// <summary>The words to run where the executable is called by another name than its own: a link called pg_dump.</summary>
    /// <param name="program">The path by which the executable was called.</param>
    /// <param name="words">The words behind it.</param>
    public static IReadOnlyList<string> Called(string program, IReadOnlyList<string> words)
    {
        string name = Path.GetFileNameWithoutExtension(program);
        return Verbs.All.Any(verb => verb.ClientName == name) ? [name, .. words] : words;
    }

    /// <summary>Runs it.</summary>
    /// <param name="words">The words behind the program's name.</param>
    /// <param name="surroundings">Where it runs.</param>
    /// <returns>The exit code: 0, or that of <see cref="ErrorTable"/>.</returns>
    public static int Run(IReadOnlyList<string> words, Surroundings surroundings)
    {
        try
        {
            return Dispatch(words, surroundings);
        }
        catch (Exception e) when (ReaderGoneException.IsCauseOf(e))
        {
            return ReaderGoneException.ExitCode;
        }
        catch (PureDumpException e)
            when (e.Kind is ErrorKind.Connection or ErrorKind.Cancelled && surroundings.Cancellation.IsCancellationRequested)
        {
            // The connections were cut for it.
            return Report(Interrupted(e), words, surroundings.Error);
        }
        catch (PureDumpException e)
        {
            return Report(e, words, surroundings.Error);
        }
        catch (OperationCanceledException e) when (surroundings.Cancellation.IsCancellationRequested)
        {
            return Report(Interrupted(e), words, surroundings.Error);
        }
        catch (Exception e) when (MachineErrors.Find(e) is { } error)
        {
            return Report(error, words, surroundings.Error);
        }
        catch (IOException e)
        {
            return Report(
                new PureDumpException(ErrorKind.File, $"could not read or write: {e.Message}", null, e),
                words,
                surroundings.Error);
        }
    }

    /// <summary>Reports an error, as who was called does it.</summary>
    /// <param name="error">The error.</param>
    /// <param name="words">The words behind the program's name.</param>
    /// <param name="output">Where to.</param>
    /// <returns>The exit code.</returns>
    public static int Report(PureDumpException error, IReadOnlyList<string> words, TalkOutput output)
    {
        Verb verb = VerbOf(words);
        bool isJson = verb.ClientName is null && words.TakeWhile(word => word != "--").Contains("--json");
        ErrorReport.Write(error, isJson, output, verb.Speaker);
        return verb.ExitCode(error.Kind);
    }

    /// <summary>The exit code of a kind of error, from who was called.</summary>
    public static int ExitCode(IReadOnlyList<string> words, ErrorKind kind) => VerbOf(words).ExitCode(kind);

    /// <summary>The error of a run that was interrupted.</summary>
    public static PureDumpException Interrupted(Exception? cause = null) => new(ErrorKind.Cancelled, "interrupted", null, cause);

    private static int Dispatch(IReadOnlyList<string> words, Surroundings surroundings)
    {
        Verb verb = Verbs.Program;
        if (words.Count > 0 && !words[0].StartsWith('-'))
        {
            verb = Find(words[0]);
            words = [.. words.Skip(1)];
        }

        // A client of PostgreSQL looks at its first word before it reads any option.
        string? firstOfClient = verb.ClientName is not null && words.Count > 0 ? words[0] : null;
        if (firstOfClient is "--help" or "-?")
        {
            return ShowHelp(verb, surroundings);
        }

        if (firstOfClient is "--version" or "-V")
        {
            return ShowVersion(verb, surroundings);
        }

        GivenOptions options = Parse(verb, words);
        if (options.Has(OptionTable.Help))
        {
            return ShowHelp(verb, surroundings);
        }

        if (options.Has(OptionTable.Version))
        {
            return ShowVersion(verb, surroundings);
        }

        if (verb is not RunnableVerb command)
        {
            throw new PureDumpException(ErrorKind.Usage, "no command was given", "\"puredump --help\" lists the commands");
        }

        options.Check(CommonRules.Talk);
        options.CheckFileNames();
        using IDisposable secrets = SecretText.Showing(options.Has(OptionTable.ShowSecrets));
        using Talk talk = command.OpenTalk(options, surroundings);
        return command.Run(new Invocation(options, surroundings, talk));
    }

    private static int ShowHelp(Verb verb, Surroundings surroundings)
    {
        using TextWriter output = surroundings.OpenText();
        if (verb.ClientName is null)
        {
            HelpPage.Write(verb, output);
        }
        else
        {
            ClientHelpPage.Write(verb, output);
        }

        return 0;
    }

    private static int ShowVersion(Verb verb, Surroundings surroundings)
    {
        using TextWriter output = surroundings.OpenText();
        output.WriteLine(
            verb.ClientName is null
                ? $"puredump {ProgramVersion.Own}"
                : $"{verb.ClientName} (PostgreSQL) {ProgramVersion.OfClients} (PureDump {ProgramVersion.Own})");
        return 0;
    }

    private static RunnableVerb Find(string name)
    {
        RunnableVerb? verb = Verbs.All.FirstOrDefault(verb => verb.Name == name);
        if (verb is not null)
        {
            return verb;
        }

        string? near = Spelling.Nearest(name, Verbs.All.Select(verb => verb.Name));
        throw new PureDumpException(
            ErrorKind.Usage,
            $"unknown command \"{name}\"",
            near is null ? "\"puredump --help\" lists the commands" : $"did you mean \"puredump {near}\"?");
    }

    /// <summary>Reads the options of a verb.</summary>
    /// <exception cref="PureDumpException">They cannot be understood (<see cref="ErrorKind.Usage"/>).</exception>
    internal static GivenOptions Parse(Verb verb, IReadOnlyList<string> words)
    {
        var operands = new List<string>();
        List<string> rewritten = ArgumentList.Rewrite(words, verb, Verbs.All, operands);
        var command = new Command(verb.Name);
        var options = new Dictionary<OptionSpec, Option>();
        foreach (OptionSpec spec in verb.Options)
        {
            // Not only those that are repeatable may be given again: of the others the last one counts.
            Option option = spec.TakesValue
                ? new Option<string[]>($"--{spec.Name}") { Arity = ArgumentArity.OneOrMore }
                : new Option<bool>($"--{spec.Name}") { Arity = ArgumentArity.Zero };
            options.Add(spec, option);
            command.Add(option);
        }

        ParseResult result = command.Parse(rewritten, s_parser);
        return result.Errors.Count == 0
            ? new GivenOptions(verb, result, options, operands)
            : throw new PureDumpException(ErrorKind.Usage, result.Errors[0].Message, verb.HelpHint);
    }

    // Whose manners to have, and whether JSON was asked for, must be known even where the command line cannot be read.
    private static Verb VerbOf(IReadOnlyList<string> words) =>
        Verbs.All.FirstOrDefault(verb => words.Count > 0 && verb.Name == words[0]) ?? Verbs.Program;
}
