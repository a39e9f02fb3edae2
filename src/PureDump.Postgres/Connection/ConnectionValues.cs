using PureDump.Formats.Errors;

namespace PureDump.Postgres.Connection;

/// <summary>
/// The values of connection options on their way to a <see cref="ConnectionTarget"/>, each with where it came from, so
/// that an error can say "PGPORT" instead of leaving the user to search.
/// </summary>
internal sealed class ConnectionValues
{
    private readonly Dictionary<string, (string Value, string Origin)> _values = new(StringComparer.Ordinal);

    /// <summary>The value of <paramref name="keyword"/>, or null where it is not set. An empty value counts as set.</summary>
    public string? this[string keyword] => _values.TryGetValue(keyword, out var entry) ? entry.Value : null;

    /// <summary>The value, or null where it is not set or empty.</summary>
    public string? NonEmpty(string keyword) => this[keyword] is { Length: > 0 } value ? value : null;

    /// <summary>Where the value of <paramref name="keyword"/> came from, for error texts.</summary>
    public string Origin(string keyword) => _values.TryGetValue(keyword, out var entry) ? entry.Origin : "default";

    /// <summary>Sets a value over whatever was there.</summary>
    /// <exception cref="PureDumpException">The keyword is unknown or not supported.</exception>
    public void Set(string keyword, string value, string origin)
    {
        if (keyword == "requiressl")
        {
            // The spelling of before sslmode; libpq translates it too (conninfo_storeval).
            (keyword, value) = ("sslmode", value.StartsWith('1') ? "require" : "prefer");
        }

        ConnectionKeyword? known = ConnectionKeyword.Find(keyword);
        if (known is null)
        {
            throw new PureDumpException(
                ErrorKind.ConnectionOptions,
                $"unknown connection option \"{keyword}\" ({origin})");
        }

        if (known.Refusal is not null && value.Length > 0)
        {
            throw known.Refused(origin);
        }

        _values[known.Name] = (value, origin);
    }

    /// <summary>Sets a value where none was.</summary>
    /// <exception cref="PureDumpException">The keyword is unknown or not supported.</exception>
    public void SetDefault(string keyword, string value, string origin)
    {
        if (!_values.ContainsKey(keyword))
        {
            Set(keyword, value, origin);
        }
    }

    /// <summary>The error for a value that does not fit its keyword.</summary>
    public PureDumpException Invalid(string keyword, string expected) => new(
        ErrorKind.ConnectionOptions,
        $"invalid value \"{this[keyword]}\" for connection option \"{keyword}\" ({Origin(keyword)}): expected {expected}");
}
