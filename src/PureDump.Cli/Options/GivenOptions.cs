using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Postgres.Catalog;
using PureDump.Storage.Local;

namespace PureDump.Cli.Options;

/// <summary>The options and operands of one command line, as given.</summary>
internal sealed class GivenOptions
{
    /// <summary>More than this many jobs are a mistake.</summary>
    public const int JobCountMax = 1000;

    /// <summary>What is said of a key that is none.</summary>
    public const string InvalidRestrictKey = "invalid restrict key";

    private readonly ParseResult _result;
    private readonly Dictionary<OptionSpec, Option> _options;

    // What filter files ask for in place of options.
    private readonly List<OptionSpec> _implied = [];

    /// <summary>Of a parsed command line.</summary>
    /// <param name="verb">What was called.</param>
    /// <param name="result">What System.CommandLine made of it.</param>
    /// <param name="options">The parser's counterpart of each option.</param>
    /// <param name="operands">The words that are no options.</param>
    public GivenOptions(Verb verb, ParseResult result, Dictionary<OptionSpec, Option> options, IReadOnlyList<string> operands)
    {
        Verb = verb;
        _result = result;
        _options = options;
        Operands = operands;
    }

    /// <summary>What was called.</summary>
    public Verb Verb { get; }

    /// <summary>The words that are no options.</summary>
    public IReadOnlyList<string> Operands { get; }

    /// <summary>True where the option was given.</summary>
    public bool Has(OptionSpec option) =>
        _options.TryGetValue(option, out Option? known) && _result.GetResult(known) is { Implicit: false };

    /// <summary>True where the option was given, or a filter file asks for the same.</summary>
    public bool IsAskedFor(OptionSpec option) => Has(option) || _implied.Contains(option);

    /// <summary>Takes an option for given: a filter file asks for the same.</summary>
    public void Imply(OptionSpec option) => _implied.Add(option);

    /// <summary>The last value of the option, or null where it was not given.</summary>
    public string? Value(OptionSpec option) => Values(option) is { Count: > 0 } values ? values[^1] : null;

    /// <summary>All values of the option, in their order.</summary>
    public IReadOnlyList<string> Values(OptionSpec option) =>
        Has(option) ? [.. _result.GetResult(_options[option])!.Tokens.Select(token => token.Value)] : [];

    /// <summary>Several options with their values, in the order of the command line; a switch has an empty one.</summary>
    public IEnumerable<(OptionSpec Option, string Value)> InOrder(params OptionSpec[] options)
    {
        // The parser's tokens are an option's name and then its value.
        OptionSpec? option = null;
        foreach (Token token in _result.Tokens)
        {
            if (token.Type == TokenType.Option)
            {
                option = Array.Find(options, one => $"--{one.Name}" == token.Value);
                if (option is { TakesValue: false })
                {
                    yield return (option, "");
                }
            }
            else if (option is { TakesValue: true })
            {
                yield return (option, token.Value);
            }
        }
    }

    /// <summary><c>-j</c>; 1 where it was not given.</summary>
    public int Jobs()
    {
        if (Verb.ClientName is not null)
        {
            return Number(OptionTable.Jobs, 1, int.MaxValue) ?? 1;
        }

        if (Value(OptionTable.Jobs) is not { } text)
        {
            return 1;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= JobCountMax
            ? count
            : throw Unusable($"invalid number of jobs \"{text}\": it must be between 1 and {JobCountMax}");
    }

    /// <summary>The value of an option as a number, or null where it was not given.</summary>
    /// <exception cref="PureDumpException">It is none, or not in the range (<see cref="ErrorKind.Usage"/>).</exception>
    public int? Number(OptionSpec option, int min, int max)
    {
        if (Value(option) is not { } text)
        {
            return null;
        }

        if (
            !BigInteger.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out BigInteger number))
        {
            throw Unusable($"invalid value \"{text}\" for option {option.Label}");
        }

        return number >= min && number <= max ? (int)number : throw Unusable($"{option.Label} must be in range {min}..{max}");
    }

    /// <summary><c>--section</c>; empty where it was not given.</summary>
    public IReadOnlyList<Section> Sections() =>
        [.. Values(OptionTable.Section).Select(ReadSection).Distinct()];

    /// <summary><c>--restrict-key</c>; null where it was not given.</summary>
    public string? RestrictKey()
    {
        string? key = Value(OptionTable.RestrictKey);
        return key is null || IsRestrictKey(key) ? key : throw Unusable(InvalidRestrictKey);
    }

    /// <summary>True for a key of <c>--restrict-key</c>.</summary>
    public static bool IsRestrictKey(string key) => key.Length > 0 && key.All(char.IsAsciiLetterOrDigit);

    /// <summary>Refuses what the rules of the verb refuse, as far as they are about what is known of the run.</summary>
    /// <exception cref="PureDumpException">It is refused (<see cref="ErrorKind.Usage"/>).</exception>
    public void Check(OptionScope scope) => Check(Verb.Rules, scope);

    /// <summary>Refuses what rules refuse; the first that does says why.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="scope">What is known of the run.</param>
    /// <exception cref="PureDumpException">It is refused (<see cref="ErrorKind.Usage"/>).</exception>
    public void Check(IEnumerable<OptionRule> rules, OptionScope scope = OptionScope.None)
    {
        if (rules.FirstOrDefault(rule => rule.Refuses(this, scope)) is { } rule)
        {
            string? hint = rule.PointsAtHelp || Verb.ClientName is null ? Verb.HelpHint : null;
            throw new PureDumpException(ErrorKind.Usage, rule.Message, rule.Hint ?? hint);
        }
    }

    /// <summary>Refuses names of files that are not UTF-8, before anything is done.</summary>
    /// <exception cref="PureDumpException">There is one (<see cref="ErrorKind.File"/>).</exception>
    public void CheckFileNames()
    {
        IEnumerable<string> ofOperands = Operands
            .Take(Verb.Operands.Count)
            .Where((_, i) => Verb.Operands[i].Name == OptionSpec.FileArgument);
        foreach (string name in _options.Keys.Where(static option => option.NamesFile).SelectMany(Values).Concat(ofOperands))
        {
            FileName.Check(name);
        }
    }

    /// <summary>Refuses operands behind those the verb takes.</summary>
    public void LimitOperands(int max)
    {
        if (Operands.Count > max)
        {
            throw new PureDumpException(ErrorKind.Usage, $"too many command-line arguments (first is \"{Operands[max]}\")", Verb.HelpHint);
        }
    }

    /// <summary>The error of a command line that cannot be used, with a hint at the help page; clients of PostgreSQL give none.</summary>
    public PureDumpException Unusable(string message) => new(ErrorKind.Usage, message, Verb.ClientName is null ? Verb.HelpHint : null);

    private Section ReadSection(string text) =>
        SectionName.Parse(text)
        ?? throw new PureDumpException(
            ErrorKind.Usage,
            $"unrecognized section name: \"{text}\"",
            Verb.ClientName is null ? "the sections are pre-data, data and post-data" : Verb.HelpHint);
}
