namespace PureDump.Postgres.Catalog;

/// <summary>What the planner knows of a relation as a whole.</summary>
/// <param name="Pages"><c>relpages</c>.</param>
/// <param name="Tuples"><c>reltuples</c> as the server prints it.</param>
/// <param name="AllVisible"><c>relallvisible</c>, pages.</param>
/// <param name="AllFrozen"><c>relallfrozen</c>, pages; null before servers counted them.</param>
/// <param name="IndexColumns">The column names of an index on expressions, in order; null for all others.</param>
internal sealed record RelationStatistics(int Pages, string Tuples, int AllVisible, int? AllFrozen, IReadOnlyList<string>? IndexColumns);
