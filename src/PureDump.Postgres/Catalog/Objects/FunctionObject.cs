using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A function, procedure or window function (<c>pg_proc</c> but aggregates).</summary>
internal class FunctionObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Function;

    /// <summary><c>proargtypes</c>: the input argument types.</summary>
    public required IReadOnlyList<uint> ArgumentTypes { get; init; }

    /// <summary><c>prorettype</c>.</summary>
    public required Oid ResultType { get; init; }

    /// <summary><c>prolang</c>.</summary>
    public required Oid Language { get; init; }

    /// <summary>Set by a loop repair: made after the data, because its body needs a constraint.</summary>
    public bool IsPostponed { get; set; }

    /// <summary>What the CREATE statement needs; null while it was not read (objects that are not dumped).</summary>
    public RoutineDefinition? Definition { get; set; }
}

/// <summary>The facts of one routine that go into its CREATE statement.</summary>
internal abstract record RoutineDefinition
{
    /// <summary><c>pg_get_function_arguments</c>: with modes, names and defaults.</summary>
    public required string Arguments { get; init; }

    /// <summary><c>pg_get_function_identity_arguments</c>: what ALTER and DROP want.</summary>
    public required string IdentityArguments { get; init; }

    /// <summary>The types of the input arguments, for the tag.</summary>
    public required IReadOnlyList<string> ArgumentTypeNames { get; init; }
}
