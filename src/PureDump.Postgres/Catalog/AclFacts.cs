namespace PureDump.Postgres.Catalog;

/// <summary>
/// The privileges of an object as the server prints its <c>aclitem[]</c>s, in the array's order (it matters: grant
/// options come before what was granted with them).
/// </summary>
/// <param name="Current">The stored privileges; null = the default ones of the type and owner.</param>
/// <param name="Default">What <c>acldefault(type, owner)</c> gives.</param>
/// <param name="Initial">The row of <c>pg_init_privs</c>, or null; <paramref name="InitialKind"/> says whose.</param>
/// <param name="InitialKind"><c>'i'</c> = initdb, <c>'e'</c> = extension, <c>'\0'</c> = no row.</param>
internal sealed record AclFacts(
    IReadOnlyList<string>? Current,
    IReadOnlyList<string> Default,
    IReadOnlyList<string>? Initial = null,
    char InitialKind = '\0')
{
    /// <summary>Four columns: current, default and initial privileges, and the kind of the latter. Null where none are stored.</summary>
    public static AclFacts? Take(ref CatalogRow row)
    {
        string[]? current = row.TextsOrNull();
        string[] byDefault = row.TextsOrNull() ?? [];
        string[]? initial = row.TextsOrNull();
        char kind = row.Char();
        return current is null && initial is null ? null : new AclFacts(current, byDefault, initial, kind);
    }
}
