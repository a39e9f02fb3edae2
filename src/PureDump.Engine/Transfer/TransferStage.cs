namespace PureDump.Engine.Transfer;

/// <summary>What the threads of a transfer spend their time on; each of its own time, so sums may be larger than the wall's.</summary>
internal enum TransferStage
{
    /// <summary>Getting rows from the source: of a server waiting for it and receiving, of an archive reading and decoding.</summary>
    Source,

    /// <summary>Whoever reads the source waiting for what comes after it: for a free block, or for a thread behind that sends rows to a
    /// server.</summary>
    Wait,

    /// <summary>Taking rows: of a server sending them until it has taken them all, beside the source; of an archive handing them in until
    /// there is room.</summary>
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
