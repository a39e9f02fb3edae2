using System.Diagnostics;
using System.Globalization;

namespace PureDump.Demo;

/// <summary>Says what is being done, then what it came to and how long it took.</summary>
internal sealed class Narration(CancellationToken interruption)
{
    private const int NameWidth = 9;

    /// <summary>Begins a chapter.</summary>
    public static void Chapter(string title) => Console.WriteLine($"\n{title}");

    /// <summary>Tells a detail of the step before.</summary>
    public static void Detail(string text) => Console.WriteLine($"  {"",-NameWidth} {text}");

    /// <summary>Does one step.</summary>
    /// <param name="name">One word.</param>
    /// <param name="what">What is being done; said first.</param>
    /// <param name="act">Does it.</param>
    /// <param name="result">Says what it came to.</param>
    /// <exception cref="OperationCanceledException">Somebody pressed Ctrl-C before the step.</exception>
    public T Step<T>(string name, string what, Func<T> act, Func<T, string> result)
    {
        interruption.ThrowIfCancellationRequested();
        Console.WriteLine($"  {name,-NameWidth} {what}");
        var watch = Stopwatch.StartNew();
        T value = act();
        Detail($"{result(value)} ({watch.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s)");
        return value;
    }

    /// <summary>A number of bytes as people read it.</summary>
    public static string Bytes(long count) => count switch
    {
        < 10_000 => Number(count) + " bytes",
        < 10_000_000 => Number(count / 1_000) + " kB",
        _ => Number(count / 1_000_000) + " MB",
    };

    /// <summary>A number with its thousands set apart.</summary>
    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
