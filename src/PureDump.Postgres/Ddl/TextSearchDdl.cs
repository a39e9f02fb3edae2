using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;

namespace PureDump.Postgres.Ddl;

/// <summary>
/// Text search parsers, templates, dictionaries and configurations as SQL (pg_dump.c, dumpTSParser, dumpTSTemplate,
/// dumpTSDictionary and dumpTSConfig).
/// </summary>
internal static class TextSearchDdl
{
    /// <summary>Adds the entries of one parser. It has no owner.</summary>
    public static void Emit(TextSearchParserObject parser, DdlContext context) => Emit(
        EntryKind.TextSearchParser,
        parser,
        [
            $"START = {parser.Start}",
            $"GETTOKEN = {parser.GetToken}",
            $"END = {parser.End}",
            parser.Headline is null ? null : $"HEADLINE = {parser.Headline}",
            $"LEXTYPES = {parser.LexTypes}",
        ],
        context);

    /// <summary>Adds the entries of one template. It has no owner.</summary>
    public static void Emit(TextSearchTemplateObject template, DdlContext context) => Emit(
        EntryKind.TextSearchTemplate,
        template,
        [
            template.Init is null ? null : $"INIT = {template.Init}",
            $"LEXIZE = {template.Lexize}",
        ],
        context);

    /// <summary>Adds the entries of one dictionary.</summary>
    public static void Emit(TextSearchDictionaryObject dictionary, DdlContext context) => Emit(
        EntryKind.TextSearchDictionary,
        dictionary,
        [
            $"TEMPLATE = {SqlText.Name(dictionary.TemplateSchema, dictionary.Template)}",
            dictionary.Options,
        ],
        context);

    /// <summary>Adds the entries of one configuration: it is made without any mapping, each of which is added then.</summary>
    public static void Emit(TextSearchConfigurationObject configuration, DdlContext context)
    {
        const string kind = EntryKind.TextSearchConfiguration;
        string parser = SqlText.Name(configuration.ParserSchema, configuration.Parser);
        PreDataDdl.Emit(
            configuration,
            kind,
            Name(configuration),
            () => Create(kind, configuration, [$"PARSER = {parser}"]) + Mappings(configuration),
            context);
    }

    private static void Emit(string kind, CatalogObject item, string?[] parameters, DdlContext context) =>
        PreDataDdl.Emit(item, kind, Name(item), () => Create(kind, item, parameters), context);

    private static string Create(string kind, CatalogObject item, string?[] parameters) =>
        $"CREATE {kind} {Name(item)} (\n    {string.Join(",\n    ", parameters.Where(static text => text is not null))} );\n";

    private static string Mappings(TextSearchConfigurationObject configuration)
    {
        var sql = new StringBuilder();
        foreach (TextSearchMapping mapping in configuration.Mappings)
        {
            sql.Append($"\nALTER TEXT SEARCH CONFIGURATION {Name(configuration)}\n    ADD MAPPING FOR {SqlText.Name(mapping.Token)} WITH ")
                .AppendJoin(", ", mapping.Dictionaries)
                .Append(";\n");
        }

        return sql.ToString();
    }

    private static string Name(CatalogObject item) => SqlText.Name(item.Schema!.Name, item.Name);
}
