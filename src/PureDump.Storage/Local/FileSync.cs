namespace PureDump.Storage.Local;

/// <summary>How a finished file is brought to the medium (<c>--sync-method</c> and <c>--no-sync</c>).</summary>
internal enum FileSync
{
    /// <summary>The file and its directory, by fsync.</summary>
    File,

    /// <summary>The whole file system it is on, by syncfs. Linux only.</summary>
    FileSystem,

    /// <summary>Not at all: after a crash of the machine it can be empty or damaged under its final name.</summary>
    None,
}
