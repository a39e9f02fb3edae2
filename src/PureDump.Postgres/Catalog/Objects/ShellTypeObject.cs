namespace PureDump.Postgres.Catalog.Objects;

/// <summary>
/// <c>CREATE TYPE n;</c> before the functions of a base or range type: it breaks the circle type - function.
/// </summary>
internal sealed class ShellTypeObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Type;

    /// <summary>The type it announces.</summary>
    public required TypeObject Base { get; init; }
}
