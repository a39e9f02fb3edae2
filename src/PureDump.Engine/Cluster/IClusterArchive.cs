using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;

namespace PureDump.Engine.Cluster;

/// <summary>The archive of a cluster: in a file, of which any member can be read, or in a pipe, front to back.</summary>
internal interface IClusterArchive : IDisposable
{
    /// <summary>The table of contents of what belongs to no database.</summary>
    Toc Globals { get; }

    /// <summary>The names of the databases, to connect with, in their order.</summary>
    IReadOnlyList<string> Databases { get; }

    /// <summary>The wanted ones, in their order; each source lives until the next is asked for.</summary>
    /// <param name="wanted">Names out of <see cref="Databases"/>.</param>
    /// <param name="partCountMax">Into how many parts the rows of a table may be cut.</param>
    IEnumerable<(string Name, IDumpSource Source)> Read(IReadOnlySet<string> wanted, int partCountMax);
}
