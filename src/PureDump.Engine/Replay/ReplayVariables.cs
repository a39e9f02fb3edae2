using System.Collections.Frozen;
using System.Globalization;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;

namespace PureDump.Engine.Replay;

/// <summary>
/// The variables of a script run. Those that were set by the user, by the script, or that say where it is connected stand for
/// <c>:name</c> outside quotes, as in psql; what nobody set stays as it stands in the script.
/// </summary>
internal sealed class ReplayVariables : IScriptVariables
{
    private const int CountMax = 10_000;
    private const int ValueLengthMax = 1 << 20;

    // The variables of psql whose values it looks at (startup.c, EstablishVariableSpace).
    private static readonly FrozenSet<string> s_special = new[]
    {
        "AUTOCOMMIT",
        "COMP_KEYWORD_CASE",
        "ECHO",
        "ECHO_HIDDEN",
        "FETCH_COUNT",
        "HIDE_TABLEAM",
        "HIDE_TOAST_COMPRESSION",
        "HISTCONTROL",
        "HISTSIZE",
        "IGNOREEOF",
        "ON_ERROR_ROLLBACK",
        "ON_ERROR_STOP",
        "PROMPT1",
        "PROMPT2",
        "PROMPT3",
        "QUIET",
        "SHOW_ALL_RESULTS",
        "SHOW_CONTEXT",
        "SINGLELINE",
        "SINGLESTEP",
        "VERBOSITY",
        "WATCH_INTERVAL",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>ON_ERROR_STOP: the first failure ends the script.</summary>
    public bool StopsOnError => Flag("ON_ERROR_STOP");

    /// <summary>The value of a variable, or null.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>True where a variable of psql is switched on.</summary>
    /// <param name="name">Of the variable.</param>
    /// <param name="isOnByDefault">What counts where nobody has set it.</param>
    public bool Flag(string name, bool isOnByDefault = false) => ReadFlag(this[name] ?? (isOnByDefault ? "on" : "off")) == true;

    /// <summary>Whether psql itself goes by a variable: no result becomes its value.</summary>
    public static bool IsSpecial(string name) => s_special.Contains(name);

    /// <summary>A version as <c>server_version_num</c> counts: 17.10 is 170010, 19rc1 is 190000; what follows a blank is whose build it
    /// is.</summary>
    public static string VersionNumber(string version)
    {
        string[] parts = version.Split(' ')[0].Split('.');
        string Digits(int index) => index < parts.Length ? string.Concat(parts[index].TakeWhile(char.IsAsciiDigit)) : "";
        return $"{Digits(0)}{Digits(1).PadLeft(4, '0')}";
    }

    /// <summary>Sets a variable to a value in the encoding of the session, or unsets it with null.</summary>
    /// <exception cref="PureDumpException">As for <see cref="Set"/>.</exception>
    public void SetBytes(string name, byte[]? value) => Set(name, value is null ? null : TypedText.Decode(value));

    /// <summary>Sets a variable, or unsets it with null.</summary>
    /// <exception cref="PureDumpException">The name or the value cannot be (<see cref="ErrorKind.Usage"/>).</exception>
    public void Set(string name, string? value)
    {
        if (name.Length == 0 || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_' || letter >= 0x80))
        {
            throw new PureDumpException(ErrorKind.Usage, $"invalid variable name: \"{name}\"");
        }

        value = Checked(name, value);
        if (value is null)
        {
            _values.Remove(name);
            return;
        }

        if (value.Length > ValueLengthMax || (_values.Count >= CountMax && !_values.ContainsKey(name)))
        {
            throw new PureDumpException(
                ErrorKind.Usage,
                $"there are more than {CountMax} variables, or \"{name}\" is longer than {ValueLengthMax} letters");
        }

        _values[name] = value;
    }

    /// <inheritdoc/>
    public bool TryGet(ReadOnlySpan<byte> name, out byte[] value)
    {
        bool isSet = _values.TryGetValue(TypedText.Decode(name), out string? text);
        value = isSet ? TypedText.Encode(text!) : [];
        return isSet;
    }

    // What the variables of psql may be; those that only matter to somebody who types are like any other.
    private static string? Checked(string name, string? value)
    {
        switch (name)
        {
            case "ON_ERROR_STOP" or "QUIET" or "AUTOCOMMIT" or "SINGLELINE" or "SINGLESTEP" or "ON_ERROR_ROLLBACK":
                value = value switch
                {
                    "interactive" when name == "ON_ERROR_ROLLBACK" => "off",
                    null => name == "AUTOCOMMIT" ? "on" : "off",
                    "" => "on",
                    _ => value,
                };
                bool isOn =
                    ReadFlag(value)
                    ?? throw new PureDumpException(ErrorKind.Usage, $"unrecognized value \"{value}\" for \"{name}\": Boolean expected");
                return !isOn || name is not ("SINGLELINE" or "SINGLESTEP")
                    ? value
                    : throw new PureDumpException(ErrorKind.Usage, $"{name}={value} is not available: a statement ends with a semicolon");
            case "ECHO":
                value ??= "none";
                return value is "none" or "all" or "queries" or "errors"
                    ? value
                    : throw new PureDumpException(ErrorKind.Usage, $"unrecognized value \"{value}\" for \"ECHO\"");
            case "FETCH_COUNT":
                value ??= "0";
                return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                    ? value
                    : throw new PureDumpException(
                        ErrorKind.Usage, $"invalid value \"{value}\" for \"FETCH_COUNT\": integer expected");
            case "SHOW_CONTEXT":
                value ??= "errors";
                return value == "errors"
                    ? value
                    : throw new PureDumpException(ErrorKind.Usage, $"SHOW_CONTEXT={value} is not available: it can be errors");
            case "VERBOSITY":
                value ??= "default";
                return value is "default" or "terse"
                    ? value
                    : throw new PureDumpException(ErrorKind.Usage, $"VERBOSITY={value} is not available: it can be default or terse");
            default:
                return value;
        }
    }

    /// <summary>What a word says that is to be true or false, or null; beginnings of the words will do (variables.c,
    /// ParseVariableBool).</summary>
    public static bool? ReadFlag(string text)
    {
        string word = text.ToLowerInvariant();
        return word.Length == 0 ? null
            : word == "1"
            || "true".StartsWith(word, StringComparison.Ordinal)
            || "yes".StartsWith(word, StringComparison.Ordinal)
            || word == "on"
                ? true
            : word == "0"
            || "false".StartsWith(word, StringComparison.Ordinal)
            || "no".StartsWith(word, StringComparison.Ordinal)
            || (word.Length > 1 && "off".StartsWith(word, StringComparison.Ordinal))
                ? false
            : null;
    }
}
