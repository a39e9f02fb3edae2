namespace PureDump.Postgres.Catalog.Objects;

/// <summary>An operator class or family: its name is unique only per access method.</summary>
internal abstract class OperatorGroupObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.OperatorFamily;

    /// <summary>The bare name of the access method.</summary>
    public required string AccessMethod { get; init; }

    /// <summary>What is tied to it, operators first, by number; read only where it is dumped.</summary>
    public List<OperatorMember> Members { get; } = [];
}

/// <summary>An operator or a support function of an operator class or family.</summary>
/// <param name="IsFunction">False for an operator.</param>
/// <param name="Number">The strategy of an operator, the number of a function.</param>
/// <param name="Signature">Name and argument types as the server prints them.</param>
/// <param name="SortFamily">Schema and bare name of the family that orders by the operator's result, or null.</param>
/// <param name="Types">Of a function: the types it is there for, as printed; else null.</param>
internal sealed record OperatorMember(
    bool IsFunction, int Number, string Signature, (string Schema, string Name)? SortFamily, (string Left, string Right)? Types);
