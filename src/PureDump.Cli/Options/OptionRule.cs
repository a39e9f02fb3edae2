namespace PureDump.Cli.Options;

/// <summary>A combination of options that is refused.</summary>
/// <param name="Message">Why.</param>
internal sealed record OptionRule(string Message)
{
    /// <summary>It is one where all of these were given.</summary>
    public IReadOnlyList<OptionSpec> Given { get; init; } = [];

    /// <summary>And none of these.</summary>
    public IReadOnlyList<OptionSpec> Missing { get; init; } = [];

    /// <summary>And <c>-j</c> asks for more than one connection.</summary>
    public bool WithSeveralJobs { get; init; }

    /// <summary>And this is true for the value of the first that was given.</summary>
    public Func<string, bool>? IsUnusable { get; init; }

    /// <summary>And all of this is known of the run.</summary>
    public OptionScope Scope { get; init; }

    /// <summary>What to do about it; null: look at the help page, at which clients of PostgreSQL do not point.</summary>
    public string? Hint { get; init; }

    /// <summary>Clients of PostgreSQL point at the help page here.</summary>
    public bool PointsAtHelp { get; init; }

    /// <summary>Two options that contradict each other.</summary>
    public static OptionRule Conflict(OptionSpec one, OptionSpec other) =>
        new($"options {one.Label} and {other.Label} cannot be used together") { Given = [one, other] };

    /// <summary>An option without any of those of which it needs one.</summary>
    public static OptionRule Requirement(OptionSpec option, params OptionSpec[] needed)
    {
        string names = needed is [.. var first, var last] && first.Length > 0
            ? $"{string.Join(", ", first.Select(static one => one.Label))}, or {last.Label}"
            : needed[0].Label;
        return new OptionRule($"option {option.Label} requires option {names}") { Given = [option], Missing = needed };
    }

    /// <summary>An option that is of no use in a scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="option">The option.</param>
    /// <param name="reason">What is said behind its name.</param>
    public static OptionRule Unfit(OptionScope scope, OptionSpec option, string reason) =>
        new($"option {option.Label} {reason}") { Given = [option], Scope = scope };

    /// <summary>Options that are of no use in a scope, for the same reason.</summary>
    public static IEnumerable<OptionRule> Unfit(OptionScope scope, IEnumerable<OptionSpec> options, string reason, string? hint = null) =>
        options.Select(option => Unfit(scope, option, reason) with { Hint = hint });

    /// <summary>The rule, where more is known of the run.</summary>
    public OptionRule In(OptionScope scope) => this with { Scope = Scope | scope };

    /// <summary>Whether the options are the combination that is refused.</summary>
    /// <param name="options">What was given.</param>
    /// <param name="scope">What is known of the run.</param>
    public bool Refuses(GivenOptions options, OptionScope scope) =>
        (Scope & scope) == Scope
        && Given.All(options.IsAskedFor)
        && !Missing.Any(options.IsAskedFor)
        && (!WithSeveralJobs || options.Jobs() > 1)
        && (IsUnusable is null || IsUnusable(options.Value(Given[0])!));
}
