using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Cluster;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl.Cluster;

/// <summary>From the facts of a cluster's globals to their table of contents, in pg_dumpall's order.</summary>
internal static class ClusterToc
{
    // Held while the builder numbers the entries.
    private static readonly DumpId s_none = new(0);

    /// <summary>The Toc.</summary>
    /// <param name="catalog">What was read.</param>
    /// <param name="selection">What is wanted of it.</param>
    /// <param name="warn">Takes a sentence for what has to be left out.</param>
    public static Toc Build(ClusterCatalog catalog, ClusterSelection selection, Action<string> warn)
    {
        var toc = new ClusterTocBuilder();
        foreach (ClusterRole role in catalog.Roles)
        {
            RoleDdl.Emit(role, catalog, selection, toc);
        }

        // Behind all roles: a value can be the name of one.
        foreach (ClusterRole role in catalog.Roles)
        {
            RoleDdl.EmitSettings(role, catalog, toc);
        }

        RoleDdl.EmitCommonSettings(catalog, toc);
        MembershipDdl.Emit(catalog, toc, warn);
        foreach (ParameterAcl parameter in catalog.ParameterAcls)
        {
            ParameterDdl.Emit(parameter, toc);
        }

        foreach (ClusterTablespace tablespace in catalog.Tablespaces)
        {
            TablespaceDdl.Emit(tablespace, catalog, selection, toc);
        }

        return toc.Build(catalog);
    }

    /// <summary>An entry that hangs on a role or a tablespace: its comment, labels or privileges.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="target">What stands after ON: <c>ROLE boss</c>.</param>
    /// <param name="owner">Of the object, or null.</param>
    /// <param name="sql">Its statements.</param>
    public static TocEntry Dependent(string kind, string target, string? owner, string sql) =>
        new() { Id = s_none, Kind = kind, Name = target, Owner = owner, Section = Section.None, CreateSql = sql };

    /// <summary>An entry of its own.</summary>
    public static TocEntry Definition(string kind, string name, string? owner, string sql) =>
        new() { Id = s_none, Kind = kind, Name = name, Owner = owner, Section = Section.PreData, CreateSql = sql };

    /// <summary>Adds the comment and the labels of a role or tablespace, where it has some and they are wanted.</summary>
    public static void EmitRemarks(
        TocEntry entry,
        string target,
        string? comment,
        ClusterCatalog catalog,
        ClusterSelection selection,
        ClusterTocBuilder toc,
        DumpId id)
    {
        if (selection.WithComments && !string.IsNullOrEmpty(comment))
        {
            toc.Add(
                Dependent(EntryKind.Comment, target, entry.Owner, $"COMMENT ON {target} IS {catalog.Features.Literal(comment)};\n"),
                id);
        }

        if (catalog.SecurityLabels.TryGetValue(entry.CatalogId, out List<SecurityLabel>? labels))
        {
            string sql = string.Concat(labels.Select(
                label => $"SECURITY LABEL FOR {SqlText.Name(label.Provider)} ON {target} IS {catalog.Features.Literal(label.Text)};\n"));
            toc.Add(Dependent(EntryKind.SecurityLabel, target, entry.Owner, sql), id);
        }
    }
}
