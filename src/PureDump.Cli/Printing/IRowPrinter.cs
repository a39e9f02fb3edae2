using PureDump.Engine.Replay;

namespace PureDump.Cli.Printing;

/// <summary>Prints a result row by row, and holds none of it.</summary>
internal interface IRowPrinter
{
    /// <summary>Prints what stands above: the title, the names of the columns.</summary>
    void Begin();

    /// <summary>Prints a row.</summary>
    void Print(ReplayRow row);

    /// <summary>Prints what stands below.</summary>
    void End();
}
