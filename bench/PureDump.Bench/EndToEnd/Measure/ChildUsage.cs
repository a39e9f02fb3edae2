using System.Runtime.InteropServices;

namespace PureDump.Bench.EndToEnd.Measure;

/// <summary>What the kernel says of a child that has ended, and of its own children that it waited for: wait4(2).</summary>
internal static unsafe partial class ChildUsage
{
    private const int SetChildSubreaper = 36;
    private const int Interrupted = 4;
    private const int Terminate = 15;

    /// <summary>From now on children whose parent ends become ours (prctl(2), PR_SET_CHILD_SUBREAPER).</summary>
    /// <exception cref="BenchException">The kernel cannot.</exception>
    public static void AdoptOrphans()
    {
        if (PrCtl(SetChildSubreaper, 1, 0, 0, 0) != 0)
        {
            throw new BenchException($"cannot measure processes here: prctl failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Waits for the end of a process that is our child.</summary>
    /// <returns>Its exit code (128 + the signal that killed it), and what it took; the wall time is 0.</returns>
    /// <exception cref="BenchException">It is not our child.</exception>
    public static (int ExitCode, Figures Figures) Wait(int process)
    {
        while (true)
        {
            ResourceUsage usage;
            int status;
            if (Wait4(process, &status, 0, &usage) == process)
            {
                int exitCode = (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f);
                return (
                    exitCode,
                    new Figures(0, usage.UserS + (usage.UserUs / 1e6), usage.SystemS + (usage.SystemUs / 1e6), usage.ResidentPeakKiB << 10)
                );
            }

            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw new BenchException($"cannot wait for process {process}: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
    }

    /// <summary>Asks a process to end; one that is gone is no error.</summary>
    public static void Stop(int process) => _ = Kill(process, Terminate);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int PrCtl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport("libc", EntryPoint = "wait4", SetLastError = true)]
    private static partial int Wait4(int process, int* status, int options, ResourceUsage* usage);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    // struct rusage of 64-bit Linux: two timevals, then fourteen longs, of which the first is the peak.
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct ResourceUsage
    {
        public long UserS;
        public long UserUs;
        public long SystemS;
        public long SystemUs;
        public long ResidentPeakKiB;
    }
}
