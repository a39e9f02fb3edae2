namespace PureDump.Cli.Options;

/// <summary>Where an option stands on a help page, in this order.</summary>
internal enum HelpSection
{
    General,
    Selection,
    Content,
    Target,
    Script,
    Output,
    Connection,
}
