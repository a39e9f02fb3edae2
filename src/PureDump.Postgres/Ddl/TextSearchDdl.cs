using System.Text;
using PureDump.Formats;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>
/// Text search parsers, templates, dictionaries and configurations as SQL (pg_dump.c, dumpTSParser, dumpTSTemplate,
/// dumpTSDictionary and dumpTSConfig).
/// </summary>
internal static class TextSearchDdl
{
    /// <summary>Adds the entries of one parser. It has no owner.</summary>
    public static void Emit(TextSearchParserObject parser, DdlContext context) => Emit(
        parser,
        EntryKind.TextSearchParser,
        Create(EntryKind.TextSearchParser, parser,
        [
            $"START = {parser.Start}",
            $"GETTOKEN = {parser.GetToken}",
            $"END = {parser.End}",
            parser.Headline is null ? null : $"HEADLINE = {parser.Headline}",
            $"LEXTYPES = {parser.LexTypes}",
        ]),
        context);

    /// <summary>Adds the entries of one template. It has no owner.</summary>
    public static void Emit(TextSearchTemplateObject template, DdlContext context) => Emit(
        template,
        EntryKind.TextSearchTemplate,
        Create(EntryKind.TextSearchTemplate, template,
        [
            template.Init is null ? null : $"INIT = {template.Init}",
            $"LEXIZE = {template.Lexize}",
        ]),
        context);

    /// <summary>Adds the entries of one dictionary.</summary>
    public static void Emit(TextSearchDictionaryObject dictionary, DdlContext context) => Emit(
        dictionary,
        EntryKind.TextSearchDictionary,
        Create(EntryKind.TextSearchDictionary, dictionary,
        [
            $"TEMPLATE = {SqlText.Name(dictionary.TemplateSchema, dictionary.Template)}",
            dictionary.Options,
        ]),
        context);

    /// <summary>Adds the entries of one configuration: it is made without any mapping, each of which is added then.</summary>
    public static void Emit(TextSearchConfigurationObject configuration, DdlContext context)
    {
        const string kind = EntryKind.TextSearchConfiguration;
        var sql = new StringBuilder(Create(
            kind, configuration, [$"PARSER = {SqlText.Name(configuration.ParserSchema, configuration.Parser)}"]));
        foreach (TextSearchMapping mapping in configuration.Mappings)
        {
            sql.Append($"\nALTER {kind} {Name(configuration)}\n    ADD MAPPING FOR {SqlText.Name(mapping.Token)} WITH ")
                .AppendJoin(", ", mapping.Dictionaries)
                .Append(";\n");
        }

        Emit(configuration, kind, sql.ToString(), context);
    }

    private static string Name(CatalogObject item) => SqlText.Name(item.Schema!.Name, item.Name);

    private static string Create(string kind, CatalogObject item, string?[] parameters) =>
        $"CREATE {kind} {Name(item)} (\n    {string.Join(",\n    ", parameters.Where(static text => text is not null))} );\n";

    private static void Emit(CatalogObject item, string kind, string createSql, DdlContext context)
    {
        string target = $"{kind} {Name(item)}";
        if (item.Emits(Components.Definition))
        {
            context.Toc.Add(item, new TocEntry
            {
                Id = item.DumpId,
                CatalogId = item.Id,
                Kind = kind,
                Schema = item.Schema!.Name,
                Name = item.Name,
                Owner = item.Owner,
                Section = Section.PreData,
                CreateSql = createSql,
                DropSql = $"DROP {target};\n",
                DropIfExistsSql = $"DROP {kind} IF EXISTS {Name(item)};\n",
                OwnerTarget = item.Owner is null ? null : target,
            });
        }

        CommentDdl.Emit(item, target, context);
    }
}
