namespace PureDump.Storage;

/// <summary>When a put counts.</summary>
internal readonly record struct PutCondition
{
    private PutCondition(bool needsAbsence, string? tag) => (NeedsAbsence, Tag) = (needsAbsence, tag);

    /// <summary>Always: what has the name is replaced.</summary>
    public static PutCondition None => default;

    /// <summary>Where nothing has the name.</summary>
    public static PutCondition IfAbsent => new(needsAbsence: true, null);

    /// <summary>True where nothing may have the name.</summary>
    public bool NeedsAbsence { get; }

    /// <summary>The tag that what has the name must have; null: any.</summary>
    public string? Tag { get; }

    /// <summary>Where what has the name is still what was seen.</summary>
    public static PutCondition IfUnchanged(BlobInfo seen) => new(needsAbsence: false, seen.Tag);

    /// <summary>Whether it is met.</summary>
    /// <param name="there">What has the name; null: nothing.</param>
    public bool IsMetBy(BlobInfo? there) => NeedsAbsence ? there is null : Tag is null || there?.Tag == Tag;
}
