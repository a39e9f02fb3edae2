using PureDump.Formats.Errors;

namespace PureDump.Cli.Options;

/// <summary>
/// Rewrites a command line into one long-named word for each option, the way getopt_long reads it for pg_dump: letters in
/// clusters (<c>-sv</c>), values glued to them (<c>-Ushop</c>, <c>-j4</c>), a value that begins with a dash, unambiguous
/// beginnings of long names, <c>--</c>. System.CommandLine reads <c>-Uts</c> as three options, pg_dump as one.
/// </summary>
internal static class ArgumentList
{
    /// <summary>Rewrites the words behind a verb.</summary>
    /// <param name="words">The words.</param>
    /// <param name="verb">Whose options are known.</param>
    /// <param name="verbs">Those that an option which it does not know may belong to.</param>
    /// <param name="operands">Gets the words that are no options.</param>
    /// <returns>Each <c>--name</c> or <c>--name=value</c>, name as declared; an empty value is a word of its own.</returns>
    /// <exception cref="PureDumpException">An option that the verb does not have, or a value too few or too many.</exception>
    public static List<string> Rewrite(IReadOnlyList<string> words, Verb verb, IReadOnlyList<Verb> verbs, List<string> operands)
    {
        var errors = new ArgumentErrors(verb, verbs);
        var result = new List<string>();
        OptionSpec[] options =
            [.. verb.Options.Where(option => !verb.HelpStandsFirst || (option != OptionTable.Help && option != OptionTable.Version))];
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            if (word == "--")
            {
                operands.AddRange(words.Skip(i + 1));
                break;
            }

            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                AddLong(word, words, ref i, options, errors, result);
            }
            else if (word.Length > 1 && word[0] == '-')
            {
                AddCluster(word, words, ref i, options, errors, result);
            }
            else
            {
                operands.Add(word);
            }
        }

        return result;
    }

    private static void AddLong(
        string word,
        IReadOnlyList<string> words,
        ref int i,
        OptionSpec[] options,
        ArgumentErrors errors,
        List<string> result)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        OptionSpec option = FindLong(equals < 0 ? word[2..] : word[2..equals], options, errors);
        if (option.TakesValue)
        {
            AddValue(option, equals >= 0 ? word[(equals + 1)..] : NextValue($"--{option.Name}", words, ref i, errors), result);
        }
        else if (equals < 0)
        {
            result.Add($"--{option.Name}");
        }
        else
        {
            throw errors.NeedlessValue(option.Name);
        }
    }

    // System.CommandLine takes "--name=" for an option without a value.
    private static void AddValue(OptionSpec option, string value, List<string> result)
    {
        if (value.Length > 0)
        {
            result.Add($"--{option.Name}={value}");
        }
        else
        {
            result.Add($"--{option.Name}");
            result.Add("");
        }
    }

    private static void AddCluster(
        string word,
        IReadOnlyList<string> words,
        ref int i,
        OptionSpec[] options,
        ArgumentErrors errors,
        List<string> result)
    {
        for (int at = 1; at < word.Length; at++)
        {
            OptionSpec? option = Array.Find(options, option => option.HasLetter(word[at]));
            if (option is null)
            {
                throw errors.UnknownLetter(word[at]);
            }

            if (!option.TakesValue)
            {
                result.Add($"--{option.Name}");
                continue;
            }

            AddValue(option, at + 1 < word.Length ? word[(at + 1)..] : NextValue($"-{word[at]}", words, ref i, errors), result);
            return;
        }
    }

    private static OptionSpec FindLong(string name, OptionSpec[] options, ArgumentErrors errors)
    {
        OptionSpec? exact = Array.Find(options, option => option.Names.Contains(name, StringComparer.Ordinal));
        if (exact is not null)
        {
            return exact;
        }

        OptionSpec[] begun = name.Length == 0
            ? []
            : [.. options.Where(option => option.Names.Any(known => known.StartsWith(name, StringComparison.Ordinal)))];
        if (begun.Length == 1)
        {
            return begun[0];
        }

        if (begun.Length > 1)
        {
            throw errors.Ambiguous(name, begun.Select(option => option.Name));
        }

        string? near = Spelling.Nearest(name, options.SelectMany(option => option.Names));
        throw errors.UnknownName(name, near is null ? null : $"did you mean --{near}?");
    }

    private static string NextValue(string spelling, IReadOnlyList<string> words, ref int i, ArgumentErrors errors) =>
        ++i < words.Count ? words[i] : throw errors.MissingValue(spelling);
}
