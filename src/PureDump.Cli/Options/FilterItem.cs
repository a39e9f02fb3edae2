namespace PureDump.Cli.Options;

/// <summary>What a line of a filter file speaks of.</summary>
internal enum FilterObject
{
    Table,
    TableAndChildren,
    TableData,
    TableDataAndChildren,
    Schema,
    Extension,
    ForeignData,
    Database,
    Function,
    Index,
    Trigger,
}

/// <summary>One line of a filter file.</summary>
/// <param name="IsInclude"><c>include</c>, else <c>exclude</c>.</param>
/// <param name="Object">Of what kind.</param>
/// <param name="Pattern">The pattern, as the option of that kind takes it.</param>
internal readonly record struct FilterItem(bool IsInclude, FilterObject Object, string Pattern);
