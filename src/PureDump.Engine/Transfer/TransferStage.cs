namespace PureDump.Engine.Transfer;

/// <summary>What the threads of a transfer spend their time on; each of its own time, so sums may be larger than the wall's.</summary>
public enum TransferStage
{
    /// <summary>Getting rows from the source: of a server waiting for it and receiving, of an archive reading and decoding.</summary>
    Source,

    /// <summary>Waiting for a free block, because what comes after is slower.</summary>
    Wait,

    /// <summary>Handing rows to the sink until it has room for them, and ending them: what a thread behind it sends meanwhile is not in it.</summary>
    Sink,

    /// <summary>Running the entry's statements.</summary>
    Statement,

    /// <summary>Taking rows apart into columns, on the archive's threads.</summary>
    Split,

    /// <summary>Compressing, on the archive's threads.</summary>
    Compress,

    /// <summary>Writing the archive, on its threads.</summary>
    Write,
}
