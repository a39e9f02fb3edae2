using System.Globalization;
using System.Security.Cryptography;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;

namespace PureDump.Formats.Script;

/// <summary>
/// Writes a Toc as the SQL script pg_dump 18 would write: its layout, its comment headers, its settings
/// (pg_backup_archiver.c, RestoreArchive and what it calls). The rows themselves are the caller's.
/// </summary>
internal sealed class PlainSqlWriter
{
    private const string KeyCharacters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int KeyLength = 63;

    private readonly TextWriter _output;
    private readonly DumpOrigin _origin;
    private readonly ScriptOptions _options;
    private readonly string _restrictKey;
    private readonly string _superuser;
    private readonly TransactionSize _transaction;
    private readonly EntrySteps _steps;
    private readonly EntrySession _session = new();

    // The database that the script makes is read-only by default; said only where nobody expects pg_dump's text.
    private bool _makesReadOnly;

    /// <summary>A writer of one script.</summary>
    /// <param name="output">Where to; must write the encoding the origin names.</param>
    /// <param name="origin">What the script says of where it comes from.</param>
    /// <param name="options">How.</param>
    /// <exception cref="PureDumpException">A role of the options cannot be named in that encoding (<see
    /// cref="ErrorKind.Usage"/>).</exception>
    public PlainSqlWriter(TextWriter output, DumpOrigin origin, ScriptOptions? options = null)
    {
        _output = output;
        _origin = origin;
        _options = options ?? new ScriptOptions();
        _superuser = TypedText.Written(origin.Encoding, _options.Superuser ?? "");
        _ = TypedText.Written(origin.Encoding, _options.Role ?? "");
        _transaction = new TransactionSize(_options.TransactionSize);
        _restrictKey = _options.RestrictKey ?? NewRestrictKey();
        _steps = new EntrySteps(
            Literal,
            _options.UseSetSessionAuthorization,
            !_options.WithoutTablespaces,
            !_options.WithoutTableAccessMethods);
    }

    /// <summary>A key for <c>\restrict</c> that nobody can guess who makes the content of a dump.</summary>
    public static string NewRestrictKey() => RandomNumberGenerator.GetString(KeyCharacters, KeyLength);

    /// <summary>The remark of a verbose script that says when it began or ended, with a blank line.</summary>
    public static string TimeRemark(string what, DateTimeOffset time) =>
        SqlText.Comment(string.Create(CultureInfo.InvariantCulture, $"{what} {time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")) + "\n";

    /// <summary>The settings every restoring session starts with, in a script and on a live target alike.</summary>
    /// <param name="origin">Says the encoding and how strings are written.</param>
    /// <param name="role">A role to become, or null.</param>
    /// <param name="enableRowSecurity">Rows are loaded with row security on.</param>
    /// <param name="withTransactionTimeout">The server knows <c>transaction_timeout</c>.</param>
    public static IEnumerable<string> SessionSettings(DumpOrigin origin, string? role, bool enableRowSecurity, bool withTransactionTimeout)
    {
        yield return "SET statement_timeout = 0;";
        yield return "SET lock_timeout = 0;";
        yield return "SET idle_in_transaction_session_timeout = 0;";
        if (withTransactionTimeout)
        {
            yield return "SET transaction_timeout = 0;";
        }

        yield return $"SET client_encoding = {SqlText.Literal(origin.Encoding)};";
        yield return $"SET standard_conforming_strings = {(origin.StandardConformingStrings ? "on" : "off")};";
        if (role is not null)
        {
            yield return $"SET ROLE {SqlText.Name(TypedText.In(origin.Encoding, role))};";
        }

        yield return "SELECT pg_catalog.set_config('search_path', '', false);";
        yield return "SET check_function_bodies = false;";
        yield return "SET xmloption = content;";
        yield return "SET client_min_messages = warning;";
        if (!origin.StandardConformingStrings)
        {
            yield return "SET escape_string_warning = off;";
        }

        yield return $"SET row_security = {(enableRowSecurity ? "on" : "off")};";
    }

    /// <summary>Writes what stands before all entries: the banner, the envelope that keeps meta-commands out, the settings.</summary>
    public void WriteHead()
    {
        _output.Write($"--\n-- PostgreSQL database dump\n--\n\n\\restrict {_restrictKey}\n\n");
        WriteComment($"Dumped from database version {_origin.ServerVersion}");
        WriteComment($"Dumped by {_origin.Producer}");
        _output.Write('\n');
        WriteTime("Started on", _options.Started);
        if (_options.SingleTransaction)
        {
            _output.Write("BEGIN;\n\n");
        }

        WriteSettings();
    }

    /// <summary>Writes what stands behind all entries.</summary>
    /// <param name="ended">When, for <see cref="ScriptOptions.Verbose"/>.</param>
    public void WriteTail(DateTimeOffset? ended = null)
    {
        if (_options.SingleTransaction || _transaction.IsLimited)
        {
            _output.Write("COMMIT;\n\n");
        }

        WriteTime("Completed on", ended);
        _output.Write($"--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict {_restrictKey}\n\n");
    }

    /// <summary>True where the entry belongs to the script at all: what makes the database only with <c>--create</c>.</summary>
    public bool Takes(TocEntry entry) =>
        !IsDatabaseLevel(entry)
        || (_options.CreateDatabase && entry.Kind is not (EntryKind.Encoding or EntryKind.StdStrings or EntryKind.SearchPath));

    /// <summary>Writes the statement that removes the entry's object, where it has one.</summary>
    public void WriteDrop(TocEntry entry)
    {
        if (
            entry.DropSql.Length == 0
            || (_options.CreateDatabase && entry.Kind is not (EntryKind.Database or EntryKind.DatabaseProperties)))
        {
            return;
        }

        bool leavesTransaction = _transaction.IsLimited && IsDatabase(entry);
        if (leavesTransaction)
        {
            _output.Write("COMMIT;\n");
        }

        BecomeOwner(entry);
        WriteEach(entry, _options.IfExists && entry.DropIfExistsSql.Length > 0 ? entry.DropIfExistsSql : entry.DropSql);
        if (entry.Kind == EntryKind.LargeObjectMetadata)
        {
            _output.Write('\n');
        }

        if (leavesTransaction)
        {
            _output.Write("BEGIN;\n");
            _transaction.Restart();
        }
        else if (_transaction.Complete())
        {
            _output.Write("COMMIT;\nBEGIN;\n");
        }
    }

    /// <summary>Writes the statements of one entry under its comment header; nothing for entries without statements.</summary>
    public void WriteEntry(TocEntry entry)
    {
        if (entry.CreateSql.Length == 0)
        {
            return;
        }

        if (_transaction.IsLimited && IsDatabase(entry))
        {
            _output.Write("COMMIT;\n\n");
        }

        _makesReadOnly |= _options.FitsServer && entry.Kind == EntryKind.DatabaseProperties
            && entry.CreateSql.Contains(" SET default_transaction_read_only TO ", StringComparison.Ordinal);
        foreach (EntryStep step in _steps.Of(entry, null, _session))
        {
            WriteStep(entry, step);
        }

        if (entry.Pass == RestorePass.Acl)
        {
            // It may have become somebody else for a GRANT.
            _session.User = null;
        }

        if (IsDatabase(entry))
        {
            WriteConnect(entry.Name);
        }

        EndAction();
    }

    /// <summary>
    /// Writes what stands before an entry's rows: its header and, for COPY, the statement. Of rows that are statements already
    /// (<see cref="TocEntry.Rows"/> is null) only a remark on where they go.
    /// </summary>
    public void BeginRows(TocEntry entry)
    {
        BecomeOwner(entry);
        WriteHeader(entry, "Data for ");
        if (entry.Rows is not { } rows)
        {
            _output.Write(
                entry.Kind == EntryKind.LargeObjects ? (IsInTransaction ? "" : "BEGIN;\n\n")
                : entry.CreateSql.Length > 0 ? $"{entry.CreateSql}\n\n"
                : "");
            return;
        }

        WriteRootMark(rows);
        if (_options.DisableTriggers)
        {
            Become(_superuser);
            _output.Write($"ALTER TABLE {SqlText.Name(entry.Schema, entry.Name)} DISABLE TRIGGER ALL;\n\n");
        }

        BecomeOwner(entry);
        if (_options.Rows == RowStatements.Copy)
        {
            _output.Write(CopySql(rows));
        }
    }

    /// <summary>Writes what stands behind an entry's rows.</summary>
    public void EndRows(TocEntry entry)
    {
        if (entry.Rows is null)
        {
            _output.Write(entry.Kind == EntryKind.LargeObjects && !IsInTransaction ? "COMMIT;\n\n" : "");
        }
        else
        {
            _output.Write(_options.Rows == RowStatements.Copy ? "\\.\n\n\n" : "\n\n");
            if (_options.DisableTriggers)
            {
                Become(_superuser);
                _output.Write($"ALTER TABLE {SqlText.Name(entry.Schema, entry.Name)} ENABLE TRIGGER ALL;\n\n");
            }
        }

        EndAction();
    }

    /// <summary>Writes what loads an entry's rows from files on the server's machine, or runs the statements in one.</summary>
    /// <param name="entry">Whose rows.</param>
    /// <param name="path">The file with the rows.</param>
    /// <param name="largeObjectPath">The file with a large object.</param>
    public void WriteRowsFrom(TocEntry entry, string path, Func<uint, string> largeObjectPath)
    {
        BecomeOwner(entry);
        WriteHeader(entry, "Data for ");
        if (entry.Kind == EntryKind.LargeObjects)
        {
            foreach (uint oid in entry.LargeObjectOids)
            {
                _output.Write($"SELECT pg_catalog.lo_put('{oid}', 0, pg_catalog.pg_read_binary_file({Literal(largeObjectPath(oid))}));\n");
            }
        }
        else if (entry.Rows is { } rows && _options.Rows == RowStatements.Copy)
        {
            WriteRootMark(rows);
            _output.Write($"COPY {Target(rows)} {ColumnList(rows)} FROM {Literal(path)};\n");
        }
        else
        {
            // Meta-commands stay out but for this one.
            _output.Write($"\\unrestrict {_restrictKey}\n\\i {path}\n\\restrict {_restrictKey}\n");
        }

        _output.Write('\n');
    }

    /// <summary>Writes a Toc without its rows, restore pass by restore pass.</summary>
    public void WriteDefinitions(Toc toc)
    {
        WriteHead();
        foreach (RestorePass pass in Enum.GetValues<RestorePass>())
        {
            foreach (TocEntry entry in toc.Entries)
            {
                if (entry.Pass == pass && Takes(entry))
                {
                    WriteEntry(entry);
                }
            }
        }

        WriteTail();
    }

    /// <summary>The quoted name of the table that rows are loaded into.</summary>
    public static string Target(TableRows rows) =>
        rows.LoadInto is (string schema, string table) ? SqlText.Name(schema, table) : SqlText.Name(rows.Schema, rows.Table);

    /// <summary>The statement before rows in COPY's text format.</summary>
    public static string CopySql(TableRows rows) => $"COPY {Target(rows)} {ColumnList(rows)} FROM stdin;\n";

    /// <summary>True for what is only restored with the database itself (<c>--create</c>).</summary>
    public static bool IsDatabaseLevel(TocEntry entry) =>
        entry.Kind
            is EntryKind.Database
                or EntryKind.DatabaseProperties
                or EntryKind.Encoding
                or EntryKind.StdStrings
                or EntryKind.SearchPath
        || (
            entry.Kind is EntryKind.Acl or EntryKind.Comment or EntryKind.SecurityLabel
            && entry.Name.StartsWith("DATABASE ", StringComparison.Ordinal));

    /// <summary>True for statements that pg_dump repeats for each of many large objects, one a line.</summary>
    public static bool RepeatsLargeObjects(TocEntry entry) =>
        entry.Kind == EntryKind.LargeObjectMetadata
        || (entry.Kind == EntryKind.Acl && entry.Name.StartsWith("LARGE OBJECTS ", StringComparison.Ordinal));

    /// <summary>
    /// The statements for which that is true, one by one, each with the end of its line: not line by line, for the name of a role
    /// may hold a line break, and what follows it would be a statement of its own.
    /// </summary>
    public static IEnumerable<string> EachLargeObject(string sql) => SqlStatements.Split(sql);

    private void WriteRootMark(TableRows rows)
    {
        if (rows.LoadInto is not null)
        {
            _output.Write(RootMark.Of(rows) + "\n\n");
        }
    }

    // Empty where there is no column to name: two blanks are left then, as in pg_dump's.
    private static string ColumnList(TableRows rows) =>
        rows.Columns.Count == 0 ? "" : $"({string.Join(", ", rows.Columns.Select(static column => SqlText.Name(column.Name)))})";

    private bool IsInTransaction => _options.SingleTransaction || _transaction.IsLimited;

    private static bool IsDatabase(TocEntry entry) => entry.Kind is EntryKind.Database or EntryKind.DatabaseProperties;

    private void EndAction()
    {
        if (_transaction.Complete())
        {
            _output.Write("COMMIT;\nBEGIN;\n\n");
        }
    }

    // Statements of an entry. Each of those about large objects, one a line, is an action of its own.
    private void WriteEach(TocEntry entry, string sql)
    {
        if (!_transaction.IsLimited || !RepeatsLargeObjects(entry))
        {
            _output.Write(sql);
            return;
        }

        foreach (string statement in EachLargeObject(sql))
        {
            _output.Write(statement);
            EndAction();
        }
    }

    private void WriteSettings()
    {
        if (_makesReadOnly)
        {
            // From the next connection on nothing could be made in it.
            _output.Write("SET default_transaction_read_only = off;\n");
        }

        foreach (string setting in SessionSettings(_origin, _options.Role, _options.EnableRowSecurity, !_options.WithoutTransactionTimeout))
        {
            _output.Write(setting);
            _output.Write('\n');
        }

        if (_transaction.IsLimited)
        {
            _output.Write("\nBEGIN;\n");
            _transaction.Restart();
        }

        _output.Write('\n');
    }

    private void WriteTime(string what, DateTimeOffset? time)
    {
        if (_options.Verbose && time is { } at)
        {
            _output.Write(TimeRemark(what, at));
        }
    }

    private void WriteHeader(TocEntry entry, string prefix)
    {
        _output.Write("--\n");
        if (_options.Verbose)
        {
            WriteComment($"TOC entry {entry.Id} (class {entry.CatalogId.Catalog} OID {entry.CatalogId.Row})");
            if (entry.Dependencies.Count > 0)
            {
                WriteComment($"Dependencies: {string.Join(' ', entry.Dependencies)}");
            }
        }

        string tablespace =
            string.IsNullOrEmpty(entry.Tablespace) || _options.WithoutTablespaces ? "" : $"; Tablespace: {entry.Tablespace}";
        WriteComment(
            $"{prefix}Name: {entry.Name}; Type: {entry.Kind}; Schema: {entry.Schema ?? "-"}; Owner: {entry.Owner ?? "-"}{tablespace}");
        _output.Write("--\n\n");
    }

    private void WriteComment(string text) => _output.Write(SqlText.Comment(text));

    // Meta-commands stay out but for this one moment.
    private void WriteConnect(string database)
    {
        string connect = ConnectCommand.Of(database);
        _output.Write($"\\unrestrict {_restrictKey}\n{connect}\\restrict {_restrictKey}\n\n");
        _session.Forget();
        WriteSettings();
    }

    private void BecomeOwner(TocEntry entry) => WriteSetting(_steps.BecomeOwner(entry, _session));

    private void Become(string user) => WriteSetting(_steps.Become(user, _session));

    private void WriteSetting(EntryStep? step)
    {
        if (step is { } setting)
        {
            _output.Write(setting.Sql);
            _output.Write("\n\n");
        }
    }

    // What is repeated for each of many large objects ends with one line break less, in pg_dump's scripts too.
    private void WriteStep(TocEntry entry, EntryStep step)
    {
        switch (step.Action)
        {
            case EntryAction.Create:
                WriteHeader(entry, entry.IsStatistics ? "Statistics for " : "");
                WriteEach(entry, step.Sql);
                _output.Write(RepeatsLargeObjects(entry) ? "\n" : "\n\n");
                if (!RepeatsLargeObjects(entry))
                {
                    _transaction.AddStatements(entry);
                }

                break;
            case EntryAction.Owner:
                WriteEach(entry, step.Sql + "\n");
                _output.Write('\n');
                break;
            default:
                WriteSetting(step);
                break;
        }
    }

    // The script's own header says how its strings are read.
    private string Literal(string text) => _origin.StandardConformingStrings ? SqlText.Literal(text) : SqlText.LiteralAnywhere(text);
}
