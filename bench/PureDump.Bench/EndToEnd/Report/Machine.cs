using System.Globalization;

namespace PureDump.Bench.EndToEnd.Report;

/// <summary>What the figures were taken on.</summary>
/// <param name="Cpu">The model.</param>
/// <param name="CoreCount">As many as this process may use.</param>
/// <param name="MemoryBytes">All of it.</param>
/// <param name="Kernel">Name and version.</param>
/// <param name="Distribution">Name and version.</param>
/// <param name="LoadAtStart">The load average of the last minute before the first run.</param>
internal sealed record Machine(string Cpu, int CoreCount, long MemoryBytes, string Kernel, string Distribution, double LoadAtStart)
{
    private const string Unknown = "unknown";

    /// <summary>This one.</summary>
    public static Machine Describe() =>
        new(
            Value("/proc/cpuinfo", "model name", ':'),
            Environment.ProcessorCount,
            long.TryParse(Value("/proc/meminfo", "MemTotal", ':').Split(' ')[0], CultureInfo.InvariantCulture, out long memoryKiB)
                ? memoryKiB << 10
                : 0,
            $"Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}",
            Value("/etc/os-release", "PRETTY_NAME", '=').Trim('"'),
            double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture));

    // The value of "name : value".
    private static string Value(string path, string name, char border) =>
        File.Exists(path)
            ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(border, 2)[^1].Trim()
                ?? Unknown
            : Unknown;
}
