namespace PureDump;

/// <summary>A column of rows in an archive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as <c>format_type</c> prints it; empty in archives of pg_dump's, which do not tell.</param>
public sealed record ArchiveColumn(string Name, string Type);
