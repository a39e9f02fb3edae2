namespace PureDump.Postgres.Catalog.Objects;

/// <summary>A publication (<c>pg_publication</c>).</summary>
internal sealed class PublicationObject : CatalogObject
{
    public override ObjectKind Kind => ObjectKind.Publication;

    /// <summary><c>puballtables</c>.</summary>
    public required bool IsForAllTables { get; init; }

    /// <summary><c>FOR ALL SEQUENCES</c>.</summary>
    public bool IsForAllSequences { get; init; }

    /// <summary>The tables that <c>FOR ALL TABLES</c> leaves out, qualified and quoted: whether they are dumped or not, for else too much
    /// is published.</summary>
    public IReadOnlyList<string> ExceptedTables { get; init; } = [];

    /// <summary>What is published, as the option <c>publish</c> names it: insert, update, delete, truncate.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary><c>pubviaroot</c>.</summary>
    public required bool PublishesViaRoot { get; init; }

    /// <summary><c>pubgencols</c> is <c>s</c>: stored generated columns are published too.</summary>
    public required bool PublishesGeneratedColumns { get; init; }
}
