using PureDump.Formats.Entries;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>Procedural languages as SQL (pg_dump.c, dumpProcLang).</summary>
internal static class LanguageDdl
{
    /// <summary>Adds the entries of one language.</summary>
    public static void Emit(LanguageObject language, DdlContext context)
    {
        string name = SqlText.Name(language.Name);
        PreDataDdl.EmitDefinition(
            language, EntryKind.ProceduralLanguage, language.Name, name, () => CreateSql(language, name, context.Catalog), context);
        CommentDdl.Emit(language, $"LANGUAGE {name}", context);
        SecurityLabelDdl.Emit(language, $"LANGUAGE {name}", context);
        if (language.IsTrusted)
        {
            AclDdl.Emit(language, "LANGUAGE", name, context);
        }
    }

    /// <summary>
    /// With its functions where a restore has them: they are dumped, or come with an extension or with initdb. pg_dump
    /// asks only for the first, and so writes a language that borrows its functions (a second name for plpgsql) as an
    /// extension of that name, which nobody has. Where they are missing, being an extension is the language's only hope.
    /// </summary>
    private static string CreateSql(LanguageObject language, string name, CatalogSet catalog)
    {
        LanguageFunction?[] functions = [language.Handler, language.Inline, language.Validator];
        if (language.Handler is null || !functions.All(function => function is null || IsRestored(function, catalog)))
        {
            return $"CREATE OR REPLACE PROCEDURAL LANGUAGE {name};\n";
        }

        string trusted = language.IsTrusted ? "TRUSTED " : "";
        return $"CREATE {trusted}PROCEDURAL LANGUAGE {name}{Clause("HANDLER", language.Handler)}{Clause("INLINE", language.Inline)}"
            + $"{Clause("VALIDATOR", language.Validator)};\n";
    }

    private static bool IsRestored(LanguageFunction function, CatalogSet catalog) =>
        function.Id.Row.IsBuiltIn
        || (catalog.ExtensionMembers.TryGetValue(function.Id, out ExtensionObject? extension)
            ? extension.Id.Row.IsBuiltIn || extension.Emits(Components.Definition)
            : catalog.Find(function.Id) is { } item && item.Emits(Components.Definition));

    private static string Clause(string keyword, LanguageFunction? function) =>
        function is null ? "" : $" {keyword} {SqlText.Name(function.Schema, function.Name)}";
}
