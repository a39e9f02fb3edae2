namespace PureDump.Formats.Script;

/// <summary>The parts of the dump of a whole cluster, as pg_dumpall tells them apart.</summary>
[Flags]
internal enum ClusterParts
{
    /// <summary>None of them: a script of nothing but its head.</summary>
    None = 0,

    /// <summary>Roles, their settings and their memberships.</summary>
    Roles = 1,

    /// <summary>Privileges on configuration parameters.</summary>
    ParameterPrivileges = 2,

    /// <summary>Tablespaces.</summary>
    Tablespaces = 4,

    /// <summary>The databases.</summary>
    Databases = 8,

    /// <summary>What belongs to no database.</summary>
    Globals = Roles | ParameterPrivileges | Tablespaces,

    /// <summary>Everything.</summary>
    All = Globals | Databases,
}
