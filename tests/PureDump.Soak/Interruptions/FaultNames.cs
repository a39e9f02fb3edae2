namespace PureDump.Soak.Interruptions;

/// <summary>Faults by the words of the results.</summary>
internal static class FaultNames
{
    /// <summary>The words for one.</summary>
    public static string Name(this Fault fault) => fault switch
    {
        Fault.Kill => "kill -9",
        Fault.Interrupt => "Ctrl-C",
        Fault.Terminate => "SIGTERM",
        Fault.FullDisk => "ENOSPC",
        _ => "lost connection",
    };

    /// <summary>The signal it is, as kill(1) calls it; null for the others.</summary>
    public static string? Signal(this Fault fault) => fault switch
    {
        Fault.Kill => "KILL",
        Fault.Interrupt => "INT",
        Fault.Terminate => "TERM",
        _ => null,
    };

    /// <summary>What a shell sees of a process that its signal ended.</summary>
    public static int SignalExitCode(this Fault fault) => 128 + fault switch
    {
        Fault.Kill => 9,
        Fault.Interrupt => 2,
        _ => 15,
    };
}
