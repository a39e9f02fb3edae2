using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>
/// Privileges on procedural languages (pg_dump.c, dumpProcLang). Languages outside extensions are refused before it
/// comes to this.
/// </summary>
internal static class LanguageDdl
{
    /// <summary>Adds the entries of one language.</summary>
    public static void Emit(LanguageObject language, DdlContext context)
    {
        if (language.IsTrusted)
        {
            AclDdl.Emit(language, "LANGUAGE", SqlText.Name(language.Name), context);
        }
    }
}
