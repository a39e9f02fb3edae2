using System.Security.Cryptography;
using System.Text;

namespace PureDump.Storage.Local;

/// <summary>
/// What an output is called while it is written: hidden, beside its target, with the target's name to be found by and a random part that
/// nobody can know before.
/// </summary>
internal static class StagedName
{
    private const string Ending = ".partial";
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    // 82 bits.
    private const int RandomLength = 16;

    // A file's name has 255 bytes at most on Linux.
    private const int TargetLengthMax = 255 - RandomLength - 10;

    /// <summary>A name for what becomes a target, a different one each time.</summary>
    /// <param name="target">The last name of its path.</param>
    public static string Of(string target) => $"{Beginning(target)}{RandomNumberGenerator.GetString(Digits, RandomLength)}{Ending}";

    /// <summary>True for a name that <see cref="Of"/> gives for this target.</summary>
    public static bool IsOf(string target, string name)
    {
        string beginning = Beginning(target);
        return name.Length == beginning.Length + RandomLength + Ending.Length
            && name.StartsWith(beginning, StringComparison.Ordinal)
            && name.EndsWith(Ending, StringComparison.Ordinal)
            && !name.AsSpan(beginning.Length, RandomLength).ContainsAnyExcept(Digits);
    }

    // Targets that begin alike for so long share what begins here. They do no harm to one another: only what nobody writes is removed.
    private static string Beginning(string target)
    {
        int length = 0;
        var beginning = new StringBuilder(".");
        foreach (Rune rune in target.EnumerateRunes())
        {
            length += rune.Utf8SequenceLength;
            if (length > TargetLengthMax)
            {
                break;
            }

            beginning.Append(rune);
        }

        return beginning.Append('.').ToString();
    }
}
