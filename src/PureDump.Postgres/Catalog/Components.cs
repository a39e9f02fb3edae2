namespace PureDump.Postgres.Catalog;

/// <summary>
/// The parts of an object that can be dumped one by one (pg_dump's DUMP_COMPONENT bits). What is wanted of an object
/// and what it has are masks of these; an entry is made for what is in both.
/// </summary>
[Flags]
internal enum Components
{
    None = 0,
    Definition = 1,
    Data = 2,
    Comment = 4,
    SecurityLabel = 8,
    Acl = 16,
    Policy = 32,

    /// <summary>What the planner knows of it.</summary>
    Statistics = 64,
    All = Definition | Data | Comment | SecurityLabel | Acl | Policy | Statistics,
}
