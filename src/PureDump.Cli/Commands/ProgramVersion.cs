namespace PureDump.Cli.Commands;

/// <summary>Which release this is, and which it stands for.</summary>
internal static class ProgramVersion
{
    /// <summary>The program's version.</summary>
    public const string Own = "0.1.0";

    /// <summary>The release whose clients' options and output are kept to; programs look at it to know what a client can do.</summary>
    public const string OfClients = "18.6";
}
