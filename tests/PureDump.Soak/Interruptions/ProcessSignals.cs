using System.Globalization;

namespace PureDump.Soak.Interruptions;

/// <summary>What a process does about signals, as /proc tells it; sets of them are bits, signal 1 the lowest.</summary>
internal static class ProcessSignals
{
    /// <summary>SIGINT.</summary>
    public const ulong Interrupt = 1UL << 1;

    /// <summary>SIGTERM.</summary>
    public const ulong Terminate = 1UL << 14;

    /// <summary>True where it has handlers for all of them, or has ended.</summary>
    public static bool AreCaught(int id, ulong signals) => (Read(id, "SigCgt:") & signals) == signals;

    /// <summary>True where it ignores all of them, or has ended.</summary>
    public static bool AreIgnored(int id, ulong signals) => (Read(id, "SigIgn:") & signals) == signals;

    private static ulong Read(int id, string name)
    {
        try
        {
            string line = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
            return ulong.Parse(line.AsSpan(name.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return ulong.MaxValue;
        }
    }
}
