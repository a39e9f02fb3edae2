using PureDump.Formats.Codec;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Connection;
using PureDump.Storage.Local;

namespace PureDump.Engine;

/// <summary>What to dump, and how.</summary>
/// <remarks>
/// <c>--deterministic</c> reads on one connection: order is then the plan's; compression stays parallel.
/// </remarks>
internal sealed record DumpRequest
{
    /// <summary>The database.</summary>
    public required ConnectionTarget Source { get; init; }

    /// <summary>What of it.</summary>
    public DumpSelection Selection { get; init; } = new();

    /// <summary>How the sessions that read are set up.</summary>
    public DumpSession Session { get; init; } = new();

    /// <summary><c>--encoding</c>: of all text in the dump; null: that of the database, whatever bytes it holds.</summary>
    public string? Encoding { get; init; }

    /// <summary>How the file is brought to the medium before it gets its name.</summary>
    public FileSync Sync { get; init; } = FileSync.File;

    /// <summary>Whose the file is.</summary>
    public OutputAccess Access { get; init; } = OutputAccess.Private;

    /// <summary>How many connections read rows at the same time, besides the leader's.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>How an archive is compressed.</summary>
    public CodecSetting Codec { get; init; } = CodecSetting.Default;

    /// <summary>How a script is written, where the dump becomes one.</summary>
    public ScriptOptions Script { get; init; } = new();

    /// <summary>How a script is compressed; not at all by default.</summary>
    public StreamCompression ScriptCompression { get; init; }

    /// <summary>The same bytes for the same snapshot: no creation time, rows in the order of the plan on one connection.</summary>
    public bool Deterministic { get; init; }
}
