using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Server;

namespace PureDump.Postgres.Ddl;

/// <summary>
/// What the functions of this room share: where entries go, the comments and labels that were read, and what the
/// source can do. They read it and add entries; nothing else.
/// </summary>
internal sealed class DdlContext
{
    public required CatalogSet Catalog { get; init; }

    public required ServerFeatures Features { get; init; }

    public required TocBuilder Toc { get; init; }

    /// <summary>All comments of the database by catalog id and column number (0 = the object itself).</summary>
    public required IReadOnlyDictionary<(CatalogId Id, int Column), string> Comments { get; init; }

    /// <summary>Takes a sentence about what is left out.</summary>
    public required Action<string> Warn { get; init; }

    /// <summary>False where privileges are not to be dumped (<c>--no-privileges</c>).</summary>
    public bool WithPrivileges { get; init; } = true;

    /// <summary>False where comments are not to be dumped (<c>--no-comments</c>).</summary>
    public bool WithComments { get; init; } = true;
}
