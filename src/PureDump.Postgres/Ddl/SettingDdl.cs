using System.Text;
using PureDump.Formats.Sql;

namespace PureDump.Postgres.Ddl;

/// <summary>
/// Stored settings (<c>name=value</c> of <c>proconfig</c> and <c>pg_db_role_setting</c>) as they stand after SET
/// (pg_dump.c, dumpFunc; dumputils.c, makeAlterConfigCommand).
/// </summary>
internal static class SettingDdl
{
    // The server's variables that are flagged GUC_LIST_QUOTE (guc_tables.c); extensions cannot have such.
    private static readonly HashSet<string> ListVariables = new(StringComparer.OrdinalIgnoreCase)
    {
        "local_preload_libraries", "oauth_validator_libraries", "output_plugin_libraries", "search_path",
        "session_preload_libraries", "shared_preload_libraries", "temp_tablespaces", "unix_socket_directories",
    };

    /// <summary><c>name TO value</c>, or null where the text is no setting.</summary>
    /// <param name="setting">The stored <c>name=value</c>.</param>
    /// <param name="literal">Quotes a value.</param>
    public static string? Assignment(string setting, Func<string, string> literal)
    {
        int at = setting.IndexOf('=', StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        string name = setting[..at];
        string value = setting[(at + 1)..];
        // A list is stored with its elements quoted by rules that are not SQL's; as one literal it would become a list of
        // a single, senseless element.
        string text = ListVariables.Contains(name) && SplitList(value) is { Count: > 0 } elements
            ? string.Join(", ", elements.Select(literal))
            : literal(value);
        return $"{SqlText.Name(name)} TO {text}";
    }

    /// <summary>The elements of a stored list value; null where it is malformed (varlena.c, SplitGUCList).</summary>
    public static List<string>? SplitList(string value)
    {
        var elements = new List<string>();
        int at = SkipSpace(value, 0);
        if (at == value.Length)
        {
            return elements;
        }

        while (true)
        {
            var element = new StringBuilder();
            if (at < value.Length && value[at] == '"')
            {
                for (at++; ; at++)
                {
                    if (at == value.Length)
                    {
                        return null;
                    }

                    if (value[at] == '"' && (++at == value.Length || value[at] != '"'))
                    {
                        break;
                    }

                    element.Append(value[at]);
                }
            }
            else
            {
                int from = at;
                while (at < value.Length && value[at] != ',' && !IsSpace(value[at]))
                {
                    at++;
                }

                if (at == from)
                {
                    return null;
                }

                element.Append(value, from, at - from);
            }

            elements.Add(element.ToString());
            at = SkipSpace(value, at);
            if (at == value.Length)
            {
                return elements;
            }

            if (value[at] != ',')
            {
                return null;
            }

            at = SkipSpace(value, at + 1);
        }
    }

    private static int SkipSpace(string text, int at)
    {
        while (at < text.Length && IsSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f' or '\v';
}
