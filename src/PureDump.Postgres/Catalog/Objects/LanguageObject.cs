using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A procedural language (<c>pg_language</c>).</summary>
internal sealed class LanguageObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Language;

    /// <summary><c>lanpltrusted</c>: privileges have a meaning only then.</summary>
    public required bool IsTrusted { get; init; }

    /// <summary>The function that runs its functions; null where the catalog names one that is not there.</summary>
    public required LanguageFunction? Handler { get; init; }

    /// <summary>The function that runs DO, or null.</summary>
    public required LanguageFunction? Inline { get; init; }

    /// <summary>The function that checks its functions, or null.</summary>
    public required LanguageFunction? Validator { get; init; }
}

/// <summary>A function of a language: its catalog id, schema and bare name.</summary>
internal sealed record LanguageFunction(CatalogId Id, string Schema, string Name);
