namespace PureDump.Postgres.Catalog.Objects;

/// <summary>
/// The dumped database itself (<c>pg_database</c>). It is not sorted with the rest (<see cref="CatalogSet.Database"/>):
/// its entries stand before all others.
/// </summary>
internal sealed class DatabaseObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Schema;

    public required string Encoding { get; init; }

    /// <summary><c>datlocprovider</c>: c, i or b.</summary>
    public required char LocaleProvider { get; init; }

    public required string Collate { get; init; }

    public required string CType { get; init; }

    public string? Locale { get; init; }

    public string? IcuRules { get; init; }

    public required string Tablespace { get; init; }

    public required int ConnectionLimit { get; init; }

    public required bool IsTemplate { get; init; }

    public string? Comment { get; init; }

    /// <summary>Settings of pg_db_role_setting: role (null = all roles), then <c>name=value</c>.</summary>
    public IReadOnlyList<(string? Role, string Setting)> Settings { get; init; } = [];
}
