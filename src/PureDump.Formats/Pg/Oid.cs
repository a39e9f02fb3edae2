using System.Globalization;

namespace PureDump.Formats.Pg;

/// <summary>A PostgreSQL object identifier: 32 bits unsigned, 0 is "none".</summary>
/// <param name="Value">The number.</param>
internal readonly record struct Oid(uint Value) : IComparable<Oid>
{
    /// <summary>The first OID that <c>initdb</c> does not hand out (<c>FirstNormalObjectId</c>, access/transam.h).</summary>
    public const uint FirstNormal = 16384;

    /// <summary>The absent object.</summary>
    public static Oid None => default;

    /// <summary>True for 0.</summary>
    public bool IsNone => Value == 0;

    /// <summary>True where the object came with <c>initdb</c>.</summary>
    public bool IsBuiltIn => Value < FirstNormal;

    /// <inheritdoc/>
    public int CompareTo(Oid other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Names a catalog row: the OID of the catalog (<c>tableoid</c>) and the OID of the row.</summary>
/// <param name="Catalog">The OID of the system catalog, e.g. 1259 for <c>pg_class</c>.</param>
/// <param name="Row">The OID of the row in it.</param>
internal readonly record struct CatalogId(Oid Catalog, Oid Row)
{
    /// <summary>The id from two bare numbers.</summary>
    public CatalogId(uint catalog, uint row)
        : this(new Oid(catalog), new Oid(row))
    {
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Catalog}/{Row}";
}
