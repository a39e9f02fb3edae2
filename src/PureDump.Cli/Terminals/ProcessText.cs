using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Cli.Terminals;

/// <summary>
/// The arguments and the environment of this process as the bytes they were given as (<see cref="TypedText"/>): the runtime makes U+FFFD of
/// what is no UTF-8 of them, and two names one. The kernel keeps both (proc(5)).
/// </summary>
internal static class ProcessText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The arguments.</summary>
    /// <param name="words">As the runtime gives them.</param>
    /// <exception cref="PureDumpException">One of them is not UTF-8, and what it was cannot be seen (<see
    /// cref="ErrorKind.Usage"/>).</exception>
    public static IReadOnlyList<string> Arguments(string[] words)
    {
        if (!Array.Exists(words, static word => word.Contains(Replacement)))
        {
            return words;
        }

        // A program in front of them may be the runtime's own.
        string[] all = Read("/proc/self/cmdline");
        return all.Length > words.Length
            ? all[^words.Length..]
            : throw new PureDumpException(
                ErrorKind.Usage,
                "an argument is not UTF-8, and its bytes cannot be seen",
                "they are in /proc/self/cmdline, which is not there or cannot be read");
    }

    /// <summary>A variable of the environment, or null.</summary>
    /// <exception cref="PureDumpException">It is not UTF-8, and what it was cannot be seen (<see cref="ErrorKind.Usage"/>).</exception>
    public static string? Variable(string name)
    {
        string? value = Environment.GetEnvironmentVariable(name);
        if (value is null || !value.Contains(Replacement))
        {
            return value;
        }

        string begin = $"{name}=";
        return Array.Find(Read("/proc/self/environ"), variable => variable.StartsWith(begin, StringComparison.Ordinal)) is { } found
            ? found[begin.Length..]
            : throw new PureDumpException(
                ErrorKind.Usage,
                $"variable {name} is not UTF-8, and its bytes cannot be seen",
                "they are in /proc/self/environ, which is not there or cannot be read");
    }

    // Each is ended by a zero byte; none where there is no such file.
    private static string[] Read(string path)
    {
        ReadOnlySpan<byte> rest;
        try
        {
            rest = File.ReadAllBytes(path);
        }
        catch (Exception e) when (FileErrors.IsKnown(e))
        {
            return [];
        }

        var texts = new List<string>();
        while (rest.IndexOf((byte)0) is >= 0 and int end)
        {
            texts.Add(TypedText.Decode(rest[..end]));
            rest = rest[(end + 1)..];
        }

        return [.. texts];
    }
}
