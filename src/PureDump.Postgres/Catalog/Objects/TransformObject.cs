namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A transform (<c>pg_transform</c>). It has no name: the sort uses those of its type and language.</summary>
internal sealed class TransformObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Transform;

    /// <summary>The type as the server prints it.</summary>
    public required string TypeName { get; init; }

    /// <summary>The bare name of the language.</summary>
    public required string Language { get; init; }

    /// <summary>The function that makes a value of the language; null: the usual way.</summary>
    public required RoutineSignature? FromSql { get; init; }

    /// <summary>The function that makes a value of the type; null: the usual way.</summary>
    public required RoutineSignature? ToSql { get; init; }
}
