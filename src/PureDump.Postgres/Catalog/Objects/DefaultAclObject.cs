namespace PureDump.Postgres.Catalog.Objects;

/// <summary>Default privileges (<c>pg_default_acl</c>). Its owner is the role whose new objects they are for.</summary>
internal sealed class DefaultAclObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.DefaultAcl;

    /// <summary><c>defaclobjtype</c>: r, S, f, T, n or L.</summary>
    public required char ObjectType { get; init; }
}
