namespace PureDump;

/// <summary>An entry of an archive.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">As pg_restore lists it: <c>TABLE</c>, <c>TABLE DATA</c>, <c>INDEX</c> ...</param>
/// <param name="Schema">The schema; null where it is in none.</param>
/// <param name="Name">The name.</param>
/// <param name="Owner">The role that owns it; null where nobody does.</param>
/// <param name="Sql">The statements that make it; empty for rows.</param>
/// <param name="RowCount">How many rows it has; null where it has none of its own, and in archives of pg_dump's, which do not tell.</param>
public sealed record ArchiveEntry(int Id, string Kind, string? Schema, string Name, string? Owner, string Sql, long? RowCount)
{
    /// <summary>The columns of its rows, in their order; none where it has no rows of a table.</summary>
    public IReadOnlyList<ArchiveColumn> Columns { get; init; } = [];
}
