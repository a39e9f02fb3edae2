using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Sort;

namespace PureDump.Postgres.Ddl;

/// <summary>From a live database to the table of contents of its dump: read, sort, write. No rows are read here.</summary>
internal static class DumpToc
{
    /// <summary>The Toc of the selected part of a database, in pg_dump's order.</summary>
    /// <param name="session">Inside the dump's transaction, with an empty search_path. Holds the tables' locks afterwards.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="warn">Takes a sentence for what the dump can live with but its user should know.</param>
    /// <param name="lockWait">How long to wait for a table's lock; null = for ever.</param>
    /// <exception cref="PureDumpException">What is wanted does not exist (<see cref="ErrorKind.NotFound"/>), cannot be
    /// read or locked, or, where that is asked for, holds something unknown (<see cref="ErrorKind.Catalog"/>).</exception>
    public static Toc Build(CatalogSession session, DumpSelection options, Action<string> warn, TimeSpan? lockWait = null)
    {
        CatalogSet catalog = CatalogReader.Read(session, options, warn, lockWait);
        IReadOnlyList<CatalogObject> order = DependencySort.Order(catalog, Boundaries.Add(catalog), warn);
        catalog.Selection.Restrict(catalog);
        if (options is { ChecksAfterRows: true, WithData: true, WithSchema: true })
        {
            // Behind the sort, which puts all rows before all indexes.
            foreach ((TableDataObject rows, CatalogObject named) in NamedIndexes.Read(session, catalog))
            {
                rows.AddNeed(named);
            }
        }

        var toc = new TocBuilder(catalog);
        var context = new DdlContext
        {
            Catalog = catalog,
            Features = session.Features,
            Toc = toc,
            Warn = warn,
            Comments = catalog.Comments,
            WithPrivileges = options.WithPrivileges,
            WithComments = options.WithComments,
        };
        DumpOrigin origin = catalog.Origin!;
        DatabaseDdl.Emit(catalog.Database!, origin, context);
        foreach (CatalogObject item in order)
        {
            DdlWriter.Emit(item, context);
        }

        List<TocEntry> entries = toc.Build();
        if (TextEncoding.IsClientOnly(origin.Encoding)
            && entries.Find(static entry => !EscapedLiterals.AreQuoted(entry.CreateSql)) is { } entry)
        {
            throw new PureDumpException(
                ErrorKind.Catalog,
                $"{entry.Label} cannot be written in {origin.Encoding}: a character of a literal becomes a backslash there",
                "dump in UTF8");
        }

        return new Toc(origin, entries);
    }
}
