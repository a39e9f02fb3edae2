using PureDump.Formats;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>Comments as SQL (pg_dump.c, dumpComment).</summary>
internal static class CommentDdl
{
    /// <summary>Adds the comment of an object, where it has one and it is wanted.</summary>
    /// <param name="item">The object.</param>
    /// <param name="target">What stands after COMMENT ON, e.g. <c>TABLE public.orders</c>.</param>
    /// <param name="context">Where to.</param>
    public static void Emit(CatalogObject item, string target, DdlContext context) =>
        Emit(item, target, Tag(item, target), item.Id, 0, item.Schema?.Name, context);

    /// <summary>As <see cref="Emit(CatalogObject, string, DdlContext)"/>, for a part of an object: a column, a domain's constraint.</summary>
    public static void Emit(
        CatalogObject item, string target, string tag, Formats.Pg.CatalogId id, int column, string? schema, DdlContext context)
    {
        if (!item.Emits(Components.Comment) || !context.Comments.TryGetValue((id, column), out string? text))
        {
            return;
        }

        context.Toc.AddDependent(
            new TocEntry
            {
                Id = context.Toc.NextId(),
                Kind = EntryKind.Comment,
                Schema = schema,
                Name = tag,
                Owner = item.Owner,
                Section = Section.None,
                CreateSql = $"COMMENT ON {target} IS {SqlText.Literal(text)};\n",
            },
            item.DumpId);
    }

    // pg_dump's tag of a comment is "TYPE name" with the name as printed but without the schema.
    private static string Tag(CatalogObject item, string target)
    {
        string prefix = item.Schema is null ? "" : SqlText.Name(item.Schema.Name) + ".";
        int at = prefix.Length == 0 ? -1 : target.IndexOf(prefix, StringComparison.Ordinal);
        return at < 0 ? target : target.Remove(at, prefix.Length);
    }
}
