namespace PureDump.Formats.Script;

/// <summary>
/// Writes a Toc as the SQL script pg_dump 18 would write: its layout, its comment headers, its settings. No rows.
/// </summary>
public sealed class PlainSqlWriter(TextWriter output)
{
    private string? _tablespace;
    private string? _accessMethod;

    /// <summary>The settings every restoring session starts with, in a script and on a live target alike.</summary>
    public static IEnumerable<string> SessionSettings(DumpOrigin origin)
    {
        yield return "SET statement_timeout = 0;";
        yield return "SET lock_timeout = 0;";
        yield return "SET idle_in_transaction_session_timeout = 0;";
        yield return "SET transaction_timeout = 0;";
        yield return $"SET client_encoding = {SqlText.Literal(origin.Encoding)};";
        yield return $"SET standard_conforming_strings = {(origin.StandardConformingStrings ? "on" : "off")};";
        yield return "SELECT pg_catalog.set_config('search_path', '', false);";
        yield return "SET check_function_bodies = false;";
        yield return "SET xmloption = content;";
        yield return "SET client_min_messages = warning;";
        if (!origin.StandardConformingStrings)
        {
            yield return "SET escape_string_warning = off;";
        }

        yield return "SET row_security = off;";
    }

    /// <summary>Writes the whole Toc, restore pass by restore pass.</summary>
    public void Write(Toc toc)
    {
        output.Write("--\n-- PostgreSQL database dump\n--\n\n");
        output.Write($"-- Dumped from database version {SqlText.OneLine(toc.Origin.ServerVersion)}\n");
        output.Write($"-- Dumped by {SqlText.OneLine(toc.Origin.Producer)}\n\n");
        foreach (string setting in SessionSettings(toc.Origin))
        {
            output.Write(setting);
            output.Write('\n');
        }

        output.Write('\n');
        foreach (RestorePass pass in Enum.GetValues<RestorePass>())
        {
            foreach (TocEntry entry in toc.Entries)
            {
                if (entry.Pass == pass && !IsDatabaseLevel(entry))
                {
                    WriteEntry(entry);
                }
            }
        }

        output.Write("--\n-- PostgreSQL database dump complete\n--\n\n");
    }

    /// <summary>Writes the statements of one entry under its comment header; nothing for entries without statements.</summary>
    public void WriteEntry(TocEntry entry)
    {
        if (entry.CreateSql.Length == 0)
        {
            return;
        }

        SelectTablespace(entry);
        SelectAccessMethod(entry);
        output.Write("--\n");
        output.Write($"-- Name: {SqlText.OneLine(entry.Name)}; Type: {SqlText.OneLine(entry.Kind)}; Schema: {SqlText.OneLine(entry.Schema)}; Owner: {SqlText.OneLine(entry.Owner)}");
        if (!string.IsNullOrEmpty(entry.Tablespace))
        {
            output.Write($"; Tablespace: {SqlText.OneLine(entry.Tablespace)}");
        }

        output.Write("\n--\n\n");
        output.Write(entry.CreateSql);
        output.Write(RepeatsLargeObjects(entry) ? "\n" : "\n\n");
        if (entry.OwnerTarget is not null && !string.IsNullOrEmpty(entry.Owner))
        {
            output.Write(OwnerSql(entry));
            output.Write("\n\n");
        }

        if (entry.RelKind == 'p' && !string.IsNullOrEmpty(entry.TableAccessMethod))
        {
            output.Write(AccessMethodSql(entry));
            output.Write("\n\n");
        }
    }

    /// <summary>The statement that gives an entry's object to its owner; one a line where the entry has many objects.</summary>
    public static string OwnerSql(TocEntry entry)
    {
        string owner = SqlText.Name(entry.Owner ?? "");
        return entry.LargeObjectOids.Count == 0
            ? $"ALTER {entry.OwnerTarget} OWNER TO {owner};"
            : string.Join('\n', entry.LargeObjectOids.Select(oid => $"ALTER {entry.OwnerTarget} {oid} OWNER TO {owner};"));
    }

    /// <summary>
    /// The statement that gives a partitioned table its access method, once it is there: it has no storage that the
    /// default could apply to, only partitions made later take it over.
    /// </summary>
    public static string AccessMethodSql(TocEntry entry) =>
        $"ALTER TABLE {SqlText.Name(entry.Schema, entry.Name)} SET ACCESS METHOD {SqlText.Name(entry.TableAccessMethod ?? "")};";

    /// <summary>True for what is only restored with the database itself (<c>--create</c>).</summary>
    public static bool IsDatabaseLevel(TocEntry entry) =>
        entry.Kind is EntryKind.Database or EntryKind.DatabaseProperties or EntryKind.Encoding or EntryKind.StdStrings or EntryKind.SearchPath
        || (entry.Kind is EntryKind.Acl or EntryKind.Comment or EntryKind.SecurityLabel && entry.Name.StartsWith("DATABASE ", StringComparison.Ordinal));

    // pg_dump repeats these for each large object and then leaves one blank line, not two.
    private static bool RepeatsLargeObjects(TocEntry entry) =>
        entry.Kind == EntryKind.LargeObjectMetadata
        || (entry.Kind == EntryKind.Acl && entry.Name.StartsWith("LARGE OBJECTS ", StringComparison.Ordinal));

    private void SelectTablespace(TocEntry entry)
    {
        if (entry.Tablespace is null || entry.Tablespace == _tablespace)
        {
            return;
        }

        output.Write(entry.Tablespace.Length == 0
            ? "SET default_tablespace = '';\n\n"
            : $"SET default_tablespace = {SqlText.Name(entry.Tablespace)};\n\n");
        _tablespace = entry.Tablespace;
    }

    private void SelectAccessMethod(TocEntry entry)
    {
        if (string.IsNullOrEmpty(entry.TableAccessMethod) || entry.RelKind == 'p' || entry.TableAccessMethod == _accessMethod)
        {
            return;
        }

        output.Write($"SET default_table_access_method = {SqlText.Name(entry.TableAccessMethod)};\n\n");
        _accessMethod = entry.TableAccessMethod;
    }
}
