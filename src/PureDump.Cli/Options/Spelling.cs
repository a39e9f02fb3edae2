namespace PureDump.Cli.Options;

/// <summary>Finds what the user probably meant.</summary>
internal static class Spelling
{
    /// <summary>The word nearest to the one that was typed, or null where none is near.</summary>
    public static string? Nearest(string typed, IEnumerable<string> known)
    {
        string? nearest = null;
        int least = int.MaxValue;
        foreach (string word in known)
        {
            int distance = Distance(typed, word);
            if (distance < least && distance <= Math.Max(1, Math.Max(typed.Length, word.Length) / 3))
            {
                least = distance;
                nearest = word;
            }
        }

        return nearest;
    }

    // The number of letters to insert, delete, replace or swap with a neighbour.
    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int replaced = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
