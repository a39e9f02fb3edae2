using PureDump.Formats.Sql;

namespace PureDump.Postgres.Ddl;

/// <summary>Storage parameters as SQL (fe_utils/string_utils.c, appendReloptionsArray).</summary>
internal static class RelOptions
{
    /// <summary><c>name=value, …</c>; values that are no plain identifiers become literals.</summary>
    /// <param name="options">The server's <c>name=value</c> texts.</param>
    /// <param name="prefix">What stands before each name, e.g. <c>toast.</c>.</param>
    public static string Format(IEnumerable<string> options, string prefix = "") =>
        string.Join(", ", options.Select(option => Format(option, prefix)));

    private static string Format(string option, string prefix)
    {
        int equals = option.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? option : option[..equals];
        string value = equals < 0 ? "" : option[(equals + 1)..];
        string written = SqlText.Name(value) == value ? value : SqlText.Literal(value);
        return $"{prefix}{SqlText.Name(name)}={written}";
    }
}
