using PureDump.Formats.Codec;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog.Cluster;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Storage.Local;

namespace PureDump.Engine.Cluster;

/// <summary>What to dump of a whole cluster, and how.</summary>
internal sealed record ClusterDumpRequest
{
    /// <summary>The server and the login; its database is not looked at.</summary>
    public required ConnectionTarget Source { get; init; }

    /// <summary><c>-l</c>: the database to read the globals through; null = postgres, or where that is not to be had template1.</summary>
    public string? Database { get; init; }

    /// <summary>Which parts of the cluster.</summary>
    public ClusterSelection Cluster { get; init; } = new();

    /// <summary>What of each database.</summary>
    public DumpSelection Selection { get; init; } = new();

    /// <summary>How the sessions that read are set up.</summary>
    public DumpSession Session { get; init; } = new();

    /// <summary><c>--encoding</c>: of all text; null: of each database its own, of the globals that of the database they are read
    /// through.</summary>
    public string? Encoding { get; init; }

    /// <summary>How many connections read rows of a database at the same time, besides the leader's; for an archive.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>How an archive is compressed.</summary>
    public CodecSetting Codec { get; init; } = CodecSetting.Default;

    /// <summary>As <see cref="DumpRequest.Deterministic"/>; for an archive.</summary>
    public bool Deterministic { get; init; }

    /// <summary>How the script is written. Whether a database is made by it is not for these options to say.</summary>
    public ScriptOptions Script { get; init; } = new();

    /// <summary>How the script is compressed; not at all by default.</summary>
    public StreamCompression ScriptCompression { get; init; }

    /// <summary>How the file is brought to the medium before it gets its name.</summary>
    public FileSync Sync { get; init; } = FileSync.File;

    /// <summary>Whose the file is.</summary>
    public OutputAccess Access { get; init; } = OutputAccess.Private;
}
