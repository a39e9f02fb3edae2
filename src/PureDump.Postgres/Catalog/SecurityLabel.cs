namespace PureDump.Postgres.Catalog;

/// <summary>A security label of an object or a column.</summary>
/// <param name="Provider">The bare name of the label provider.</param>
/// <param name="Text">The label.</param>
internal readonly record struct SecurityLabel(string Provider, string Text);
