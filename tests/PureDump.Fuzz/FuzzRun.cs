using System.Globalization;
using PureDump.Formats.Errors;

namespace PureDump.Fuzz;

/// <summary>Feeds mutations to a target until a number of rounds is over or something else than a named error comes out.</summary>
internal static class FuzzRun
{
    /// <summary>Runs a target.</summary>
    /// <param name="target">What to feed.</param>
    /// <param name="seed">Round n of a seed always has the same input.</param>
    /// <param name="roundCount">How many inputs.</param>
    /// <returns>Null, or what went wrong and how to run it again.</returns>
    public static string? Run(FuzzTarget target, int seed, int roundCount)
    {
        for (int round = 0; round < roundCount; round++)
        {
            var random = new Random(unchecked((seed * 397) ^ round));
            byte[] input = Mutation.Apply(target.Corpus[random.Next(target.Corpus.Count)], target.Corpus, random);
            try
            {
                target.Read(input);
            }
            catch (PureDumpException)
            {
                // A named error is the right answer to a wrong input.
            }
            catch (Exception e)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{target.Name}: seed {seed}, round {round} ({input.Length} bytes: "
                        + $"{Convert.ToHexString(input.AsSpan(0, Math.Min(64, input.Length)))}…): {e}");
            }
        }

        return null;
    }
}
