using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Pg;

namespace PureDump.Formats.Script;

/// <summary>Statements written for <c>standard_conforming_strings</c> off, as they are where it is on; servers from 19 on know nothing
/// else.</summary>
/// <remarks>
/// Statements for <c>standard_conforming_strings</c> off become ones for on where they are read (<c>ConformingText</c>,
/// <c>ScriptStrings</c>), and our own dumps set it on: servers from 19 on know nothing else; one rule in the lexer: a literal with a
/// backslash gets an E.
/// </remarks>
internal static class ConformingText
{
    /// <summary>A Toc whose statements are.</summary>
    public static Toc Of(Toc toc)
    {
        if (toc.Origin.StandardConformingStrings)
        {
            return toc;
        }

        string encoding = toc.Origin.Encoding;
        TocEntry[] entries =
        [
            .. toc.Entries.Select(entry => entry.Kind == EntryKind.StdStrings
                ? entry with { CreateSql = "SET standard_conforming_strings = 'on';\n" }
                : entry with
                {
                    CreateSql = Of(entry.CreateSql, encoding),
                    DropSql = Of(entry.DropSql, encoding),
                    DropIfExistsSql = Of(entry.DropIfExistsSql, encoding),
                }),
        ];
        return new Toc(toc.Origin with { StandardConformingStrings = true }, entries);
    }

    /// <summary>The same statements.</summary>
    /// <param name="sql">Statements for the setting off.</param>
    /// <param name="encoding">PostgreSQL's name of the encoding they are for.</param>
    public static string Of(string sql, string encoding)
    {
        if (!sql.Contains('\\', StringComparison.Ordinal))
        {
            return sql;
        }

        Encoding bytes = TextEncoding.Of(encoding);
        using var statements = new ConformingStream(new MemoryStream(bytes.GetBytes(sql)), encoding);
        using var result = new MemoryStream();
        statements.CopyTo(result);
        return bytes.GetString(result.GetBuffer().AsSpan(0, (int)result.Length));
    }
}
