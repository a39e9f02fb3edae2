namespace PureDump.Postgres.Catalog;

/// <summary>A procedural language (<c>pg_language</c>).</summary>
internal sealed class LanguageObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Language;

    /// <summary><c>lanpltrusted</c>: privileges have a meaning only then.</summary>
    public required bool IsTrusted { get; init; }
}
