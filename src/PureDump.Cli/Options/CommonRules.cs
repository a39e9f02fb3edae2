namespace PureDump.Cli.Options;

/// <summary>Which options go together whatever the verb.</summary>
internal static class CommonRules
{
    /// <summary>For what is said meanwhile.</summary>
    public static readonly OptionRule[] Talk =
        [OptionRule.Conflict(OptionTable.Quiet, OptionTable.Verbose), OptionRule.Conflict(OptionTable.Quiet, OptionTable.Json)];

    /// <summary>For a login.</summary>
    public static readonly OptionRule[] Login = [OptionRule.Conflict(OptionTable.NoPassword, OptionTable.Password)];
}
