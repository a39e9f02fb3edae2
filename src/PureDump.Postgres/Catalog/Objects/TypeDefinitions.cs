namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A base type. Functions are as the server prints them; null where there is none.</summary>
internal sealed record BaseTypeDefinition : TypeDefinition
{
    /// <summary><c>typlen</c> in bytes; -1 = variable, -2 = a C string.</summary>
    public required int Length { get; init; }

    public required string Input { get; init; }

    public required string Output { get; init; }

    public required string? Receive { get; init; }

    public required string? Send { get; init; }

    public required string? ModifierInput { get; init; }

    public required string? ModifierOutput { get; init; }

    public required string? Analyze { get; init; }

    public required string? Subscript { get; init; }

    public required bool IsCollatable { get; init; }

    public required TypeDefault Default { get; init; }

    /// <summary>The element type of an array-like type, or null.</summary>
    public required string? Element { get; init; }

    public required char Category { get; init; }

    public required bool IsPreferred { get; init; }

    public required char Delimiter { get; init; }

    /// <summary><c>typalign</c>: c, s, i or d.</summary>
    public required char Alignment { get; init; }

    /// <summary><c>typstorage</c>: p, e, x or m.</summary>
    public required char Storage { get; init; }

    public required bool IsPassedByValue { get; init; }
}

/// <summary>The default value of a type: an expression, or else the text its input function takes.</summary>
internal readonly record struct TypeDefault(string? Expression, string? Text);

/// <summary>An enum.</summary>
internal sealed record EnumDefinition(IReadOnlyList<string> Labels) : TypeDefinition;

/// <summary>A range. Everything that is not a parameter of its CREATE statement is null.</summary>
/// <param name="Subtype">The subtype as printed.</param>
/// <param name="Multirange">The name of its multirange as printed; null on servers without.</param>
/// <param name="OperatorClass">Schema and name, where it is not the subtype's default.</param>
/// <param name="Collation">Schema and name, where it is not the subtype's.</param>
/// <param name="Canonical">The canonicalization function.</param>
/// <param name="SubtypeDifference">The difference function.</param>
internal sealed record RangeDefinition(
    string Subtype,
    string? Multirange,
    (string Schema, string Name)? OperatorClass,
    (string Schema, string Name)? Collation,
    string? Canonical,
    string? SubtypeDifference) : TypeDefinition;

/// <summary>A stand-alone composite type.</summary>
internal sealed record CompositeDefinition(IReadOnlyList<CompositeAttribute> Attributes) : TypeDefinition;

/// <summary>An attribute of a composite type.</summary>
internal readonly record struct CompositeAttribute(string Name, int Number, string TypeName, (string Schema, string Name)? Collation);

/// <summary>A domain.</summary>
/// <param name="BaseType">The type as printed, with its modifier.</param>
/// <param name="Collation">Schema and name, where it is not the base type's.</param>
/// <param name="IsNotNull"><c>typnotnull</c>; its constraint is among the domain's where the server names it.</param>
/// <param name="Default">The default value.</param>
internal sealed record DomainDefinition(
    string BaseType, (string Schema, string Name)? Collation, bool IsNotNull, TypeDefault Default) : TypeDefinition;
