using PureDump.Formats.Entries;
using PureDump.Formats.Pg;

namespace PureDump.Formats.Rows;

/// <summary>What is said of the rows in a block, for <see cref="RowWalker"/>.</summary>
/// <param name="Format">How they are written.</param>
/// <param name="ColumnCount">How many fields each must have; of text 0: any number.</param>
/// <param name="RowCount">How many begin in it.</param>
/// <param name="IsContinuation">It begins inside a row.</param>
/// <param name="Continues">Its last row goes on in the next block.</param>
internal readonly record struct WalkedBlock(RowFormat Format, int ColumnCount, int RowCount, bool IsContinuation, bool Continues)
{
    /// <summary>The characters of text whose bytes mean nothing before it is known where they end; else null.</summary>
    public ClientCharacters? Characters { get; init; }
}
