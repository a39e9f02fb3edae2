using System.Text;
using System.Text.RegularExpressions;
using PureDump.Formats.Script;
using PureDump.Postgres.Server;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Replay;

/// <summary>
/// How a script's literals are to be read. Servers from 19 on know no other way than <c>standard_conforming_strings</c> on: where a script
/// sets it off, as those of older servers do, it is read so, and the server gets statements that mean the same.
/// </summary>
internal sealed partial class ScriptStrings
{
    private const string Setting = "standard_conforming_strings";
    // Two names of 63 bytes each, doubled quotes and all, and some room.
    private const int SetLengthMax = 1000;

    private WireConnection? _connection;
    private bool _isOnlyOn;
    private bool _isOn;

    // What counts again where the transaction is rolled back, or the setting was for it alone.
    private bool _wasOn;
    private bool _isLocal;
    private bool _isInTransaction;

    /// <summary>Before a part of a script is read: what the session is set to now.</summary>
    /// <param name="connection">The session.</param>
    /// <param name="reader">Reads the script.</param>
    /// <param name="lastTag">What the server said that the last statement has done.</param>
    public void Follow(WireConnection connection, ScriptReader reader, string lastTag)
    {
        if (_connection != connection)
        {
            _connection = connection;
            _isOnlyOn = ServerFeatures.Of(connection.Parameter("server_version")).HasOnlyConformingStrings;
            (_isOn, _wasOn, _isLocal, _isInTransaction) = (true, true, false, false);
        }

        FollowTransaction(connection, lastTag);
        reader.StandardConformingStrings = _isOnlyOn ? _isOn : connection.Parameter(Setting) != "off";
        reader.TellsEscapes = _isOnlyOn;
    }

    /// <summary>True where a statement does nothing but set what the server no longer knows: it is not for the server.</summary>
    public bool Takes(ReadOnlySpan<byte> sql)
    {
        if (!_isOnlyOn || sql.Length > SetLengthMax)
        {
            return false;
        }

        // Names are bytes of any encoding.
        string text = Encoding.Latin1.GetString(sql);
        if (Reset().IsMatch(text))
        {
            _isOn = true;
            return false;
        }

        if (Stored().IsMatch(text))
        {
            return true;
        }

        if (Set().Match(text) is not { Success: true } set)
        {
            return false;
        }

        if (set.Groups["name"].Value.Equals(Setting, StringComparison.OrdinalIgnoreCase))
        {
            _isOn = set.Groups["on"].Success;
            _isLocal |= set.Groups["local"].Success;
        }

        return true;
    }

    private void FollowTransaction(WireConnection connection, string lastTag)
    {
        bool isInTransaction = connection.TransactionState != TransactionState.Idle;
        if (isInTransaction && !_isInTransaction)
        {
            _wasOn = _isOn;
        }
        else if (!isInTransaction && _isInTransaction && (_isLocal || lastTag == "ROLLBACK"))
        {
            _isOn = _wasOn;
        }

        _isLocal &= isInTransaction;
        _isInTransaction = isInTransaction;
    }

    // For the sessions of a database or role that will be; none of them will know it.
    [GeneratedRegex(
        @"^\s*ALTER\s+(ROLE|USER|DATABASE)\s.*\sSET\s+(standard_conforming_strings|escape_string_warning)"
            + @"(\s*=\s*|\s+TO\s+)'?(on|off|true|false)'?\s*;?\s*\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Stored();

    [GeneratedRegex(
        @"^\s*SET\s+((SESSION|(?<local>LOCAL))\s+)?""?(?<name>standard_conforming_strings|escape_string_warning)""?"
            + @"(\s*=\s*|\s+TO\s+)'?((?<on>on|true|tru|tr|t|yes|ye|y|1)|off|of|false|fals|fal|fa|f|no|n|0)'?\s*;?\s*\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Set();

    [GeneratedRegex(
        @"^\s*(RESET\s+(ALL|standard_conforming_strings)|DISCARD\s+ALL"
            + @"|SET\s+(SESSION\s+)?standard_conforming_strings(\s*=\s*|\s+TO\s+)DEFAULT)\s*;?\s*\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Reset();
}
