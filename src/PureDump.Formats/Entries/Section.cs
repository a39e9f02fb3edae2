namespace PureDump.Formats.Entries;

/// <summary>The part of a dump an entry belongs to. The values are those of pg_dump's archives.</summary>
internal enum Section : byte
{
    /// <summary>Belongs where the entry it hangs on belongs (comments, ACLs, security labels).</summary>
    None = 1,

    /// <summary>Definitions that must stand before data is loaded.</summary>
    PreData = 2,

    /// <summary>Rows, large objects, sequence values.</summary>
    Data = 3,

    /// <summary>Definitions that are better or only made once data is there.</summary>
    PostData = 4,
}

/// <summary>The restore goes through all entries three times; each entry acts in one pass (pg_backup_archiver.h).</summary>
internal enum RestorePass : byte
{
    /// <summary>Everything else.</summary>
    Main = 0,

    /// <summary>Privileges, after every object stands and is loaded.</summary>
    Acl = 1,

    /// <summary>What must see the final privileges: refreshes of materialized views, event triggers.</summary>
    PostAcl = 2,
}
