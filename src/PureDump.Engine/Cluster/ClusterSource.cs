using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Script;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Cluster;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Ddl.Cluster;
using PureDump.Postgres.Session;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Cluster;

/// <summary>The globals of a live cluster, read through one of its databases, and which databases there are to dump.</summary>
internal sealed class ClusterSource
{
    // One of them every cluster has (pg_dumpall.c, main).
    private static readonly string[] s_usualDatabases = ["postgres", "template1"];

    private ClusterSource(ClusterCatalog catalog, Toc globals, int queryCount) =>
        (Catalog, Globals, QueryCount) = (catalog, globals, queryCount);

    /// <summary>What was read.</summary>
    public ClusterCatalog Catalog { get; }

    /// <summary>The table of contents of the globals.</summary>
    public Toc Globals { get; }

    /// <summary>How many statements it took.</summary>
    public int QueryCount { get; }

    /// <summary>What of the wanted parts such a server can have; a part it has not leaves no trace in a script.</summary>
    public ClusterParts Parts(ClusterSelection selection) =>
        selection.WithPrivileges && Catalog.Features.HasParameterAcls
            ? selection.Parts
            : selection.Parts & ~ClusterParts.ParameterPrivileges;

    /// <summary>The globals as they stand in an archive: those of no database, with the databases that follow (formats/pdump.md, section
    /// 10.1).</summary>
    /// <exception cref="PureDumpException">The name of a database is not UTF-8 (<see cref="ErrorKind.Catalog"/>).</exception>
    public Toc ArchivedGlobals()
    {
        int id = Globals.Entries.Select(static entry => entry.Id.Value).DefaultIfEmpty().Max();
        IEnumerable<TocEntry> databases = Catalog.Databases.Select(database =>
        {
            string name = ClusterNames.In(Globals.Origin.Encoding, NameOf(database));
            return new TocEntry
            {
                Id = new DumpId(++id),
                Kind = EntryKind.Database,
                Name = name,
                Section = Section.PreData,
                DropSql = $"DROP DATABASE {SqlText.Name(name)};\n",
                DropIfExistsSql = $"DROP DATABASE IF EXISTS {SqlText.Name(name)};\n",
            };
        });
        return new Toc(Globals.Origin with { Database = "" }, [.. Globals.Entries, .. databases]);
    }

    /// <summary>The name of a database in the archive of a cluster.</summary>
    /// <exception cref="PureDumpException">It is not UTF-8 (<see cref="ErrorKind.Catalog"/>).</exception>
    public static string NameOf(ClusterDatabase database) =>
        TypedText.IsUtf8(database.ConnectionName)
            ? database.ConnectionName
            : throw new PureDumpException(
                ErrorKind.Catalog,
                $"the dump failed on database \"{TypedText.Shown(database.ConnectionName)}\": its name is not in UTF-8, and those of "
                    + "the archive of a cluster are",
                "dump it by itself, or all as a script with -F plain");

    /// <summary>Connects, reads all at one moment, and leaves.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="warn">Told what the user should know.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PureDumpException">No database can be connected to, or something cannot be read.</exception>
    public static ClusterSource Read(ClusterDumpRequest request, Action<string> warn, CancellationToken cancellation)
    {
        try
        {
            ServerSession server = Open(request, cancellation);
            using WireConnection connection = server.OpenWire(DumpSettings.Statements(request.Session, server.Encoding));
            var session = new CatalogSession(connection, server.Features, cancellation);
            session.Execute(
                "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
                "begin of the dump's transaction",
                TransactionState.InTransaction);
            ClusterCatalog catalog = ClusterReader.Read(session, request.Cluster);
            connection.Commit();
            return new ClusterSource(catalog, ClusterToc.Build(catalog, request.Cluster, warn), session.QueryCount);
        }
        catch (Exception e) when (cancellation.IsCancellationRequested)
        {
            throw new PureDumpException(ErrorKind.Cancelled, "interrupted", null, e);
        }
    }

    private static ServerSession Open(ClusterDumpRequest request, CancellationToken cancellation)
    {
        if (request.Database is { } database)
        {
            try
            {
                return ServerSession.Open(request.Source.With(database), request.Encoding, cancellation);
            }
            catch (PureDumpException e)
            {
                throw e.Named($"could not connect to database \"{database}\"");
            }
        }

        try
        {
            return ServerSession.Open(request.Source.With(s_usualDatabases[0]), request.Encoding, cancellation);
        }
        catch (PureDumpException e) when (e.Kind is not (ErrorKind.Usage or ErrorKind.UnsupportedServer or ErrorKind.Cancelled))
        {
            return ServerSession.Open(request.Source.With(s_usualDatabases[1]), request.Encoding, cancellation);
        }
    }
}
