using PureDump.Formats.Pg;

namespace PureDump.Postgres.Catalog.Cluster;

/// <summary>The privileges on a configuration parameter.</summary>
/// <param name="Oid">Of the row of <c>pg_parameter_acl</c>.</param>
/// <param name="Name">The parameter, in lower case.</param>
/// <param name="Owner">The role that initdb made.</param>
/// <param name="Acl">The privileges.</param>
internal sealed record ParameterAcl(Oid Oid, string Name, string Owner, AclFacts Acl);
