using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Sql;

namespace PureDump.Formats.Script;

/// <summary>
/// Writes the Toc of a cluster's globals as the SQL script pg_dumpall 18 would write, and what stands around the scripts of the
/// databases in it (pg_dumpall.c, main and what it calls). The scripts of the databases are the caller's.
/// </summary>
/// <remarks>
/// A cluster's script drops no database that is excluded, and holds <c>ALTER ROLE ALL</c>: pg_dumpall 18 does the one and not the other: a
/// database would be lost, a setting is.
/// </remarks>
internal sealed class ClusterScriptWriter
{
    private readonly TextWriter _output;
    private readonly Toc _globals;
    private readonly ClusterScriptOptions _options;
    private readonly string _restrictKey;

    /// <summary>A writer of one script.</summary>
    /// <param name="output">Where to; must write the encoding the origin of the globals names.</param>
    /// <param name="globals">The globals.</param>
    /// <param name="options">How.</param>
    public ClusterScriptWriter(TextWriter output, Toc globals, ClusterScriptOptions options)
    {
        _output = output;
        _globals = globals;
        _options = options;
        _restrictKey = options.RestrictKey ?? PlainSqlWriter.NewRestrictKey();
    }

    /// <summary>Writes all that comes before the databases. Meta-commands are kept out of it, and let in again at its end.</summary>
    /// <param name="databases">The names of those that follow; with <see cref="ClusterScriptOptions.Clean"/> they are dropped.</param>
    public void WriteGlobals(IEnumerable<string> databases)
    {
        _output.Write("--\n-- PostgreSQL database cluster dump\n--\n\n");
        WriteTime("Started on", _options.Started);
        _output.Write($"\\restrict {_restrictKey}\n\nSET default_transaction_read_only = off;\n\n");
        _output.Write($"SET client_encoding = {SqlText.Literal(_globals.Origin.Encoding)};\n");
        _output.Write($"SET standard_conforming_strings = {(_globals.Origin.StandardConformingStrings ? "on" : "off")};\n");
        _output.Write(_globals.Origin.StandardConformingStrings ? "\n" : "SET escape_string_warning = off;\n\n");
        if (_options.Clean)
        {
            WriteDrops(databases);
        }

        WriteParts();
        _output.Write($"\\unrestrict {_restrictKey}\n\n");
    }

    /// <summary>Writes what stands before the first database.</summary>
    public void BeginDatabases() => WriteBanner("Databases");

    /// <summary>Writes what stands before the script of a database.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="connects">The script is run in a database that is there, so one has to connect to it first; else it makes and connects
    /// itself.</param>
    public void BeginDatabase(string name, bool connects)
    {
        WriteBanner($"Database \"{name}\" dump");
        if (connects)
        {
            _output.Write($"\\connect {SqlText.Name(name)}\n\n");
        }
    }

    /// <summary>Writes what stands behind everything.</summary>
    /// <param name="ended">When, where times are written.</param>
    public void WriteTail(DateTimeOffset? ended = null)
    {
        WriteTime("Completed on", ended);
        WriteBanner("PostgreSQL database cluster dump complete");
    }

    private void WriteDrops(IEnumerable<string> databases)
    {
        if (Has(ClusterParts.Databases))
        {
            string exists = _options.IfExists ? "IF EXISTS " : "";
            WriteList(
                "Drop databases (except postgres and template1)",
                [
                    .. databases
                        .Where(static name => name is not ("postgres" or "template1"))
                        .Select(name => $"DROP DATABASE {exists}{SqlText.Name(name)};\n"),
                ],
                isBannerAlways: databases.Any());
        }

        if (Has(ClusterParts.Tablespaces))
        {
            WriteList("Drop tablespaces", Drops(EntryKind.Tablespace));
        }

        if (Has(ClusterParts.Roles))
        {
            WriteList("Drop roles", Drops(EntryKind.Role));
        }
    }

    private void WriteParts()
    {
        if (Has(ClusterParts.Roles))
        {
            string[] roles = [.. Sql(static entry => entry.Kind is EntryKind.Role or EntryKind.RoleProperties || HangsOn(entry, "ROLE "))];
            if (roles.Length > 0)
            {
                WriteBanner("Roles");
                WriteAll(roles);
                _output.Write('\n');
                _output.Write("--\n-- User Configurations\n--\n");
            }

            foreach (TocEntry settings in _globals.Entries.Where(static entry => entry.Kind == EntryKind.RoleSettings))
            {
                _output.Write('\n');
                WriteBanner(settings.Name.Length == 0 ? "User Config of all roles" : $"User Config \"{settings.Name}\"");
                _output.Write(settings.CreateSql);
            }

            _output.Write("\n\n");
            WriteList("Role memberships", [.. Sql(static entry => entry.Kind == EntryKind.RoleMembership)]);
        }

        if (Has(ClusterParts.ParameterPrivileges))
        {
            WriteList("Role privileges on configuration parameters", [.. Sql(static entry => HangsOn(entry, "PARAMETER "))]);
        }

        if (Has(ClusterParts.Tablespaces))
        {
            WriteList(
                "Tablespaces",
                [
                    .. Sql(static entry =>
                        entry.Kind is EntryKind.Tablespace or EntryKind.TablespaceProperties || HangsOn(entry, "TABLESPACE ")),
                ]);
        }
    }

    private static bool HangsOn(TocEntry entry, string type) =>
        entry.Kind is EntryKind.Acl or EntryKind.Comment or EntryKind.SecurityLabel
        && entry.Name.StartsWith(type, StringComparison.Ordinal);

    private bool Has(ClusterParts part) => (_options.Parts & part) != 0;

    private IEnumerable<string> Sql(Func<TocEntry, bool> isWanted) =>
        _globals.Entries.Where(isWanted).Select(static entry => entry.CreateSql);

    // Ascending by name, as the server sorts names: by their bytes.
    private string[] Drops(string kind) =>
        [
            .. _globals
                .Entries.Where(entry => entry.Kind == kind)
                .OrderBy(
                    static entry => Encoding.UTF8.GetBytes(entry.Name),
                    Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)))
                .Select(entry => _options.IfExists ? entry.DropIfExistsSql : entry.DropSql),
        ];

    private void WriteList(string title, string[] statements, bool isBannerAlways = false)
    {
        if (statements.Length > 0 || isBannerAlways)
        {
            WriteBanner(title);
        }

        WriteAll(statements);
        _output.Write("\n\n");
    }

    private void WriteAll(string[] statements)
    {
        foreach (string statement in statements)
        {
            _output.Write(statement);
        }
    }

    private void WriteBanner(string title) => _output.Write($"--\n{SqlText.Comment(title)}--\n\n");

    private void WriteTime(string what, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            _output.Write(PlainSqlWriter.TimeRemark(what, at));
        }
    }
}
