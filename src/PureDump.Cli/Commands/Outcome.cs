using PureDump.Cli.Talking;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Commands;

/// <summary>
/// What a run that came to its end lost on the way: the last line and the exit code both come from here. The line begins with what
/// failed, so that nobody takes it for that of a run that lost nothing.
/// </summary>
internal sealed record Outcome
{
    /// <summary>Statements, and rows of tables, that the target refused.</summary>
    public int FailureCount { get; init; }

    /// <summary>Parts of a damaged archive that were left out.</summary>
    public int LostCount { get; init; }

    /// <summary>Tables whose contents are not those of the source.</summary>
    public int DifferenceCount { get; init; }

    /// <summary>What the user was warned of, such as objects that are not dumped; they alone do not change the exit code.</summary>
    public int WarningCount { get; init; }

    /// <summary>True where something was lost.</summary>
    public bool IsIncomplete => FailureCount > 0 || LostCount > 0 || DifferenceCount > 0;

    /// <summary>0, or that of <see cref="ErrorKind.RestoreIncomplete"/>.</summary>
    public int ExitCode => IsIncomplete ? ErrorTable.ExitCode(ErrorKind.RestoreIncomplete) : 0;

    /// <summary>The last line: <c>restored into ...</c>, or <c>restored with 2 failures and 1 damaged part left out, into
    /// ...</c>.</summary>
    /// <param name="done">What was done, in one word.</param>
    /// <param name="rest">What was done it to, and what that came to.</param>
    public string Sentence(string done, string rest)
    {
        List<string> losses = [];
        Add(FailureCount, "failure", "");
        Add(LostCount, "damaged part", " left out");
        Add(DifferenceCount, "table", " not the same");
        Add(WarningCount, "warning", "");
        return losses.Count == 0 ? $"{done} {rest}" : $"{done} with {string.Join(" and ", losses)}, {rest}";

        void Add(int count, string noun, string end)
        {
            if (count > 0)
            {
                losses.Add($"{Amount.Counted(count, noun)}{end}");
            }
        }
    }
}
