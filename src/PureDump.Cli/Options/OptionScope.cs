namespace PureDump.Cli.Options;

/// <summary>
/// What is known of a run at a place of its beginning: what it writes, of what, and what it reads. A rule holds where all that it is about
/// is known.
/// </summary>
[Flags]
internal enum OptionScope
{
    /// <summary>Nothing but the command line.</summary>
    None = 0,

    /// <summary>A script is written.</summary>
    Script = 1,

    /// <summary>An archive of any format is written.</summary>
    Archive = 1 << 1,

    /// <summary>PureDump's own archive is written, or read.</summary>
    OwnArchive = 1 << 2,

    /// <summary>An archive of pg_dump's is written.</summary>
    PgArchive = 1 << 3,

    /// <summary>What is written can only be filled over one connection.</summary>
    Serial = 1 << 4,

    /// <summary>One database is dumped.</summary>
    Database = 1 << 5,

    /// <summary>A whole cluster is dumped.</summary>
    Cluster = 1 << 6,

    /// <summary>It is known which parts of the cluster are dumped.</summary>
    ClusterParts = 1 << 7,

    /// <summary>Databases are among those parts.</summary>
    ClusterDatabases = 1 << 8,

    /// <summary>A script is read.</summary>
    SqlScript = 1 << 9,

    /// <summary>A database is to be found in an archive, of whatever kind that is.</summary>
    Member = 1 << 10,

    /// <summary>The archive of one database is read.</summary>
    DatabaseArchive = 1 << 11,

    /// <summary>The archive of a cluster is read.</summary>
    ClusterArchive = 1 << 12,

    /// <summary>All or several databases of it are restored.</summary>
    SeveralDatabases = 1 << 13,

    /// <summary>Files besides the rows can be written.</summary>
    Files = 1 << 14,

    /// <summary>How the output is written has been read.</summary>
    Settled = 1 << 15,
}
