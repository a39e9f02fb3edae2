using PureDump.Formats.Entries;

namespace PureDump.Postgres.Catalog.Objects;

/// <summary>The rows of a table.</summary>
internal sealed class TableDataObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.TableData;

    public required TableObject Table { get; init; }

    /// <summary>A <c>WHERE …</c> for configuration tables of extensions, else null.</summary>
    public string? Filter { get; init; }

    /// <summary>The description that goes into the Toc; set when the columns are known.</summary>
    public TableRows? Rows { get; set; }
}
