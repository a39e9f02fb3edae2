using PureDump.Formats.Entries;

namespace PureDump.Formats.PgArchive;

/// <summary>What the data of an entry are.</summary>
internal enum PgDataKind
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>Rows in COPY's text format, ended by a line <c>\.</c>; <see cref="TocEntry.Rows"/> says which.</summary>
    CopyText,

    /// <summary>Statements, of pg_dump's <c>--inserts</c>: to be run as they are.</summary>
    Sql,

    /// <summary>Large objects.</summary>
    LargeObjects,
}
