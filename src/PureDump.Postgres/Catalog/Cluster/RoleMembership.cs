using PureDump.Formats.Pg;
using PureDump.Postgres.Server;

namespace PureDump.Postgres.Catalog.Cluster;

/// <summary>A row of <c>pg_auth_members</c>. A name is null where its role is gone, which servers before 16 allow.</summary>
internal sealed record RoleMembership
{
    /// <summary>The role that initdb made (<c>BOOTSTRAP_SUPERUSERID</c>); it may always grant.</summary>
    public static readonly Oid Bootstrap = new(10);

    public required string? Role { get; init; }

    public required string? Member { get; init; }

    public required string? Grantor { get; init; }

    public required Oid RoleOid { get; init; }

    public required Oid MemberOid { get; init; }

    public required Oid GrantorOid { get; init; }

    public required bool WithAdmin { get; init; }

    /// <summary>Of use where the server <see cref="ServerFeatures.HasMembershipOptions"/>.</summary>
    public required bool WithInherit { get; init; }

    /// <summary>As <see cref="WithInherit"/>.</summary>
    public required bool WithSet { get; init; }
}
