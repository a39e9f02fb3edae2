namespace PureDump.Formats.Script;

/// <summary>How the script of a cluster is written; the names are those of pg_dumpall's options.</summary>
internal sealed record ClusterScriptOptions
{
    /// <summary>What it holds: each part has its blank lines even where there is nothing of it.</summary>
    public ClusterParts Parts { get; init; } = ClusterParts.All;

    /// <summary>Drop databases, tablespaces and roles before anything is made.</summary>
    public bool Clean { get; init; }

    /// <summary>With <see cref="Clean"/>: it is no error that something is not there.</summary>
    public bool IfExists { get; init; }

    /// <summary>The key of <c>\restrict</c>, letters and digits only; null: a random one. Not empty.</summary>
    public string? RestrictKey { get; init; }

    /// <summary>When the dump was made; null: no times.</summary>
    public DateTimeOffset? Started { get; init; }
}
