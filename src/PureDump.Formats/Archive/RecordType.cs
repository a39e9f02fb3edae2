namespace PureDump.Formats.Archive;

/// <summary>The types of records: formats/pdump.md, section 4.</summary>
internal enum RecordType : byte
{
    /// <summary>A piece of the serialized Toc.</summary>
    Toc = 1,

    /// <summary>A row block.</summary>
    Rows = 2,

    /// <summary>The totals of an entry, after its last block.</summary>
    End = 3,

    /// <summary>Where the rows records are.</summary>
    Index = 4,

    /// <summary>The totals of the archive.</summary>
    Footer = 5,

    /// <summary>Where the members of a cluster are.</summary>
    Directory = 6,

    /// <summary>The totals of a cluster.</summary>
    ClusterFooter = 7,
}
