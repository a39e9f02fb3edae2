using PureDump.Engine.Sinks;
using PureDump.Engine.Transfer;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;
using PureDump.Postgres.Catalog.Cluster;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Session;
using PureDump.Postgres.Wire;

namespace PureDump.Engine.Cluster;

/// <summary>
/// Makes the globals of a cluster on another, statement by statement as its script would: what fails is told and counted. Roles that
/// are there in any case, the one the server was made with and the one that is logged in as, are neither dropped nor made.
/// </summary>
/// <remarks>
/// A restored cluster neither drops nor makes the role that is logged in as, nor the one of <c>initdb</c>; the password and settings of
/// the former come last: both are there in any case (pg_dumpall's script fails on them), and with the password of the archive nothing
/// could connect any more.
/// </remarks>
internal sealed class GlobalsRestore(RestoreRequest request, Toc globals, ITransferObserver observer, CancellationToken cancellation)
{
    // pg_authid.h, BOOTSTRAP_SUPERUSERID.
    private const string OwnRolesSql = "SELECT rolname FROM pg_catalog.pg_roles WHERE oid = 10 OR rolname = SESSION_USER";

    private readonly HashSet<string> _ownRoles = new(StringComparer.Ordinal);
    private string _loginRole = "";
    private TargetServer? _target;

    /// <summary>How many statements failed and were passed over.</summary>
    public int FailureCount { get; private set; }

    /// <summary>Looks at the target; refuses one that has databases of the same names, unless they are to be dropped.</summary>
    /// <param name="databases">The names of those that are to be made.</param>
    /// <exception cref="PureDumpException">It has one (<see cref="ErrorKind.TargetMismatch"/>).</exception>
    public void Prepare(IReadOnlyCollection<string> databases)
    {
        using WireConnection session = Open();
        _loginRole = session.QueryValue("SELECT SESSION_USER");
        _ownRoles.UnionWith(session.Query(OwnRolesSql, 1).Select(static row => row[0] ?? ""));
        HashSet<string> existing = [.. session.Query("SELECT datname FROM pg_catalog.pg_database", 1).Select(static row => row[0] ?? "")];
        string[] same =
        [
            .. databases.Where(name =>
                !ClusterDatabase.IsInitial(name) && existing.Contains(ClusterNames.In(globals.Origin.Encoding, name))),
        ];
        if (same.Length > 0 && !request.Clean)
        {
            throw new PureDumpException(
                ErrorKind.TargetMismatch,
                $"the target already has the {(same.Length == 1 ? "database" : "databases")} "
                    + $"{string.Join(", ", same.Select(static name => $"\"{name}\""))}",
                "use --clean --if-exists to replace what is there, or leave some out with --exclude-database");
        }
    }

    /// <summary>Drops what is to be made anew: databases but for the initial ones, then tablespaces and roles (pg_dumpall.c,
    /// main).</summary>
    /// <param name="databases">The names of the databases.</param>
    /// <param name="withGlobals">Tablespaces and roles too.</param>
    public void Drop(IReadOnlySet<string> databases, bool withGlobals)
    {
        using WireConnection session = Open();
        foreach (TocEntry entry in globals.Entries.Where(static entry => entry.Kind == EntryKind.Database))
        {
            if (databases.Contains(NameOf(entry)) && !ClusterDatabase.IsInitial(NameOf(entry)))
            {
                UnmarkTemplate(session, entry);
                RunDrop(session, entry);
            }
        }

        foreach (string kind in withGlobals ? (string[])[EntryKind.Tablespace, EntryKind.Role] : [])
        {
            foreach (
                TocEntry entry in globals
                    .Entries.Where(entry => entry.Kind == kind && Takes(entry) && !IsOwnRole(entry))
                    .OrderBy(static entry => entry.Name, StringComparer.Ordinal))
            {
                RunDrop(session, entry);
            }
        }
    }

    /// <summary>Makes them, but for what <see cref="RunLast"/> does.</summary>
    public void Run() => Run(isLast: false);

    /// <summary>
    /// What would get in the way of the databases: the password and the settings of the role that is logged in as, and those of all
    /// roles. They count for sessions that begin later.
    /// </summary>
    public void RunLast() => Run(isLast: true);

    private void Run(bool isLast)
    {
        using WireConnection session = Open();
        foreach (TocEntry entry in globals.Entries)
        {
            if (Takes(entry) && !(entry.Kind == EntryKind.Role && IsOwnRole(entry)) && IsLast(entry) == isLast)
            {
                RunAll(session, entry, _target!.CreateSql(entry, globals.Origin));
            }
        }
    }

    private bool IsLast(TocEntry entry) =>
        (entry.Kind is EntryKind.RoleProperties or EntryKind.RoleSettings && entry.Name == _loginRole)
        || (entry.Kind == EntryKind.RoleSettings && entry.Name.Length == 0);

    private bool IsOwnRole(TocEntry entry) => entry.Kind == EntryKind.Role && _ownRoles.Contains(entry.Name);

    private bool Takes(TocEntry entry) => entry.Kind switch
    {
        EntryKind.Database => false,
        EntryKind.Tablespace or EntryKind.TablespaceProperties => request.Selection.WithTablespaces,
        EntryKind.Acl => request.Selection.WithPrivileges && HasObject(entry),
        EntryKind.Comment => request.Selection.WithComments && HasObject(entry),
        EntryKind.SecurityLabel => request.Selection.WithSecurityLabels && HasObject(entry),
        _ => true,
    };

    private bool HasObject(TocEntry entry) =>
        request.Selection.WithTablespaces || !entry.Name.StartsWith("TABLESPACE ", StringComparison.Ordinal);

    private string NameOf(TocEntry database) =>
        ClusterNames.OfDatabase(new Toc(globals.Origin with { Database = database.Name }, []));

    // Templates cannot be dropped, and whether it is one only the target knows.
    private void UnmarkTemplate(WireConnection session, TocEntry database) =>
        RunAll(
            session,
            database,
            $"UPDATE pg_catalog.pg_database SET datistemplate = false WHERE datistemplate AND datname = "
                + $"{SqlText.LiteralAnywhere(database.Name)};\n");

    private void RunDrop(WireConnection session, TocEntry entry) =>
        RunAll(session, entry, request.IfExists && entry.DropIfExistsSql.Length > 0 ? entry.DropIfExistsSql : entry.DropSql);

    private void RunAll(WireConnection session, TocEntry entry, string sql)
    {
        cancellation.ThrowIfCancellationRequested();
        observer.StatementBegins(entry);
        foreach (string statement in StatementTexts.Of(sql, globals.Origin))
        {
            try
            {
                session.Execute(statement);
            }
            catch (PureDumpException e) when (e.Kind is not (ErrorKind.Connection or ErrorKind.Cancelled))
            {
                PureDumpException named = e.Of(statement).About(entry.ErrorName);
                if (request.ExitOnError)
                {
                    throw named;
                }

                FailureCount++;
                observer.EntryFailed(entry, named);
            }
        }
    }

    private WireConnection Open()
    {
        ServerSession server = ServerSession.Open(request.Target, globals.Origin.Encoding, cancellation);
        _target = new TargetServer(server.Features);
        string settings = RestoreSettings.Statements(
            globals.Origin,
            server.Features,
            request.Role,
            enableRowSecurity: false,
            statementJobs: 1);
        return server.OpenWire(settings, message => observer.Notice(message.ToReport().Masked()));
    }
}
