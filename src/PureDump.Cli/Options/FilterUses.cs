namespace PureDump.Cli.Options;

/// <summary>What a filter file is read for.</summary>
[Flags]
internal enum FilterUses
{
    None = 0,
    Dump = 1,
    Restore = 2,
    Cluster = 4,
}
