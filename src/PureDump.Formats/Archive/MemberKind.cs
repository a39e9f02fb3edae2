namespace PureDump.Formats.Archive;

/// <summary>What an archive is inside that of a cluster: formats/pdump.md, section 10.2.</summary>
internal enum MemberKind : byte
{
    /// <summary>What belongs to no database.</summary>
    Globals = 0,

    /// <summary>A database.</summary>
    Database = 1,
}
