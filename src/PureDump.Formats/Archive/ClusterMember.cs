namespace PureDump.Formats.Archive;

/// <summary>Where a member of a cluster is: formats/pdump.md, section 10.2.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Of its file header from the start of the cluster, in bytes.</param>
/// <param name="Length">Of the whole member, in bytes.</param>
/// <param name="Name">Of the database, to connect with; empty for the globals.</param>
internal readonly record struct ClusterMember(MemberKind Kind, long Offset, long Length, string Name)
{
    /// <summary>Where the next one begins.</summary>
    public long End => Offset + Length;

    /// <summary>What it is called in messages.</summary>
    public string Label => LabelOf(Kind, Name);

    /// <summary>What a member is called in messages.</summary>
    public static string LabelOf(MemberKind kind, string name) => kind == MemberKind.Globals ? "globals" : $"database \"{name}\"";
}
