namespace PureDump.Formats.PgArchive;

/// <summary>Kinds that only archives of older producers hold.</summary>
internal static class PgEntryKind
{
    /// <summary>One large object, before version 1.16.</summary>
    public const string LargeObject = "BLOB";
}
