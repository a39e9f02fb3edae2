namespace PureDump.Soak.Interruptions;

/// <summary>What happens to a run.</summary>
internal enum Fault
{
    /// <summary>SIGKILL.</summary>
    Kill,

    /// <summary>SIGINT, as Ctrl-C.</summary>
    Interrupt,

    /// <summary>SIGTERM.</summary>
    Terminate,

    /// <summary>The file system that is written is full from then on: that of the archive, or the server's.</summary>
    FullDisk,

    /// <summary>A network that cuts all connections, or an administrator who ends all sessions.</summary>
    LostConnection,
}
