namespace PureDump.Bench.EndToEnd.Measure;

/// <summary>One process of a step.</summary>
/// <param name="Words">The program and its arguments.</param>
internal sealed record Stage(IReadOnlyList<string> Words)
{
    /// <summary>Says whether an exit code other than 0, with what was said on standard error, is still a success. Null: never.</summary>
    public Func<int, string, bool>? Forgives { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', Words);
}

/// <summary>What is measured as one: processes joined by pipes, each one's output the next one's input.</summary>
/// <param name="Stages">At least one. The last one's output is thrown away.</param>
internal sealed record Step(params Stage[] Stages);
