using PureDump.Formats;

namespace PureDump.Engine.Transfer;

/// <summary>How a live database takes a dump.</summary>
internal sealed record LiveSinkOptions
{
    /// <summary>The entries of the database itself, to be run before all others; empty without <c>--create</c>.</summary>
    public IReadOnlyList<TocEntry> DatabaseEntries { get; init; } = [];

    /// <summary>Drop the database before it is made (<c>--create --clean</c>).</summary>
    public bool DropDatabase { get; init; }

    /// <summary>With <see cref="DropDatabase"/>: that it is not there is no error.</summary>
    public bool IfExists { get; init; }

    /// <summary>Everything in one transaction, on one connection.</summary>
    public bool SingleTransaction { get; init; }

    /// <summary>Refuse a target that has objects of the same names.</summary>
    public bool RefuseExisting { get; init; } = true;
}
