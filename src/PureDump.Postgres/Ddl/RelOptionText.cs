using System.Text;
using PureDump.Formats.Script;

namespace PureDump.Postgres.Ddl;

/// <summary>Storage parameters as SQL (dumputils.c, appendReloptionsArray).</summary>
internal static class RelOptionText
{
    /// <summary>Appends <c>a='1', b=c</c>. A value is quoted unless it is a plain identifier.</summary>
    /// <param name="sql">Where to.</param>
    /// <param name="options">The server's texts, <c>name=value</c>.</param>
    /// <param name="prefix">What stands before each name, e.g. <c>toast.</c>.</param>
    public static void Append(StringBuilder sql, IReadOnlyList<string> options, string prefix = "")
    {
        for (int i = 0; i < options.Count; i++)
        {
            int equals = options[i].IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? options[i] : options[i][..equals];
            string value = equals < 0 ? "" : options[i][(equals + 1)..];
            sql.Append(i == 0 ? "" : ", ").Append(prefix).Append(SqlText.Name(name)).Append('=')
                .Append(SqlText.Name(value) == value ? value : SqlText.Literal(value));
        }
    }
}
