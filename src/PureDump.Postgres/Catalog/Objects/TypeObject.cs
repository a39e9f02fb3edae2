using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog.Objects;

/// <summary>
/// A type (<c>pg_type</c>). Row types of tables, array types and multiranges are never dumped themselves
/// (<see cref="IsDummy"/>) but carry dependencies.
/// </summary>
internal sealed class TypeObject : CatalogObject
{
    public override ObjectKind Kind => IsDummy ? ObjectKind.DummyType : ObjectKind.Type;

    /// <summary><c>typtype</c>: b, c, d, e, p, r or m.</summary>
    public required char TypeType { get; init; }

    /// <summary>False for a shell that the user left behind.</summary>
    public required bool IsDefined { get; init; }

    /// <summary>True for the array type that comes with another type.</summary>
    public required bool IsArray { get; init; }

    /// <summary><c>typrelid</c>: the relation of a row type, else none.</summary>
    public Oid RelationOid { get; init; }

    /// <summary><c>pg_class.relkind</c> of <see cref="RelationOid"/>; <c>'c'</c> for stand-alone composites.</summary>
    public char RelationKind { get; init; }

    /// <summary><c>typelem</c>.</summary>
    public Oid ElementOid { get; init; }

    /// <summary>Never an entry of its own: an array, a multirange or the row type of a table.</summary>
    public bool IsDummy => IsArray || TypeType == 'm' || (!RelationOid.IsNone && RelationKind != 'c');

    /// <summary>The declaration that comes before the input and output functions of a base type; else null.</summary>
    public ShellTypeObject? Shell { get; set; }

    /// <summary>CHECK and named NOT NULL constraints of a domain.</summary>
    public List<ConstraintObject> DomainConstraints { get; } = [];

    /// <summary>What the statement that makes it needs to know; the class depends on <see cref="TypeType"/>.</summary>
    public TypeDefinition? Definition { get; set; }
}

/// <summary>The facts of one type that go into its CREATE statement.</summary>
internal abstract record TypeDefinition;
