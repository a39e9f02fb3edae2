namespace PureDump.Postgres.Catalog.Objects;

/// <summary>An operator class (<c>pg_opclass</c>).</summary>
internal sealed class OperatorClassObject : OperatorGroupObject
{
    /// <summary><c>opcintype</c> as the server prints it.</summary>
    public required string InputType { get; init; }

    /// <summary><c>opckeytype</c> as the server prints it; null where the values are stored as they are.</summary>
    public required string? StorageType { get; init; }

    /// <summary>Whether it is the default one of its type and access method.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>Schema and bare name of its family.</summary>
    public required (string Schema, string Name) Family { get; init; }
}
