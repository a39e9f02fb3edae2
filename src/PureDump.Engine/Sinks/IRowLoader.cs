using PureDump.Formats.Rows;

namespace PureDump.Engine.Sinks;

/// <summary>How blocks of one entry come into a database over one connection: between two calls of a worker for the same entry.</summary>
internal interface IRowLoader
{
    /// <summary>Sends the rows of a block, in a transaction that it begins where none is open. The block stays the caller's.</summary>
    void Write(RowBlock block);

    /// <summary>Says that a part of the rows is complete.</summary>
    void End();

    /// <summary>Leaves what was begun, so that the connection takes the next statement.</summary>
    void Abort();
}
