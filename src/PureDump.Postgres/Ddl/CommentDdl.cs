using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;
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

    /// <summary>As <see cref="Emit(CatalogObject, string, DdlContext)"/>, for a part of an object: a column, a domain's
    /// constraint.</summary>
    /// <remarks><paramref name="on"/> is the entry that makes the object, where that is not its own.</remarks>
    public static void Emit(
        CatalogObject item, string target, string tag, CatalogId id, int column, string? schema, DdlContext context, DumpId? on = null)
    {
        if (IsWanted(item, context) && context.Comments.TryGetValue((id, column), out string? text))
        {
            Add(item, target, tag, schema, text, on ?? item.DumpId, context);
        }
    }

    /// <summary>
    /// Whether <see cref="Emit(CatalogObject, string, DdlContext)"/> would add something. To be asked before its texts are put
    /// together where there are very many objects, most of them without a comment.
    /// </summary>
    public static bool IsThere(CatalogObject item, int column, DdlContext context) =>
        IsWanted(item, context) && context.Comments.ContainsKey((item.Id, column));

    /// <summary>
    /// As <see cref="Emit(CatalogObject, string, DdlContext)"/>, for an object every new database has: nothing where the
    /// comment is the one it has there, an empty one where it was removed (pg_dump.c, dumpCommentExtended).
    /// </summary>
    public static void EmitUnless(string initialText, CatalogObject item, string target, DdlContext context)
    {
        string text = context.Comments.GetValueOrDefault((item.Id, 0), "");
        if (IsWanted(item, context) && text != initialText)
        {
            Add(item, target, Tag(item, target), item.Schema?.Name, text, item.DumpId, context);
        }
    }

    /// <summary>pg_dump's tag of what hangs on an object: <c>TYPE name</c>, the name as printed but without the schema.</summary>
    public static string Tag(CatalogObject item, string target)
    {
        string prefix = item.Schema is null ? "" : SqlText.Name(item.Schema.Name) + ".";
        int at = prefix.Length == 0 ? -1 : target.IndexOf($" {prefix}", StringComparison.Ordinal);
        return at < 0 ? target : target.Remove(at + 1, prefix.Length);
    }

    private static bool IsWanted(CatalogObject item, DdlContext context) =>
        context.WithComments && (item.Wanted & Components.Comment) != 0;

    private static void Add(CatalogObject item, string target, string tag, string? schema, string text, DumpId on, DdlContext context) =>
        context.Toc.AddDependent(
            new TocEntry
            {
                Id = context.Toc.NextId(),
                Kind = EntryKind.Comment,
                Schema = schema,
                Name = tag,
                // Of what has no owner, pg_dump gives the comment an empty one.
                Owner = item.Owner ?? "",
                Section = Section.None,
                CreateSql = $"COMMENT ON {target} IS {SqlText.Literal(text)};\n",
            },
            on);
}
