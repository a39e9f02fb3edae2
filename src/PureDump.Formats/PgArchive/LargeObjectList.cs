using System.Globalization;
using System.Text;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// What archives hold once for a group of large objects and pg_restore repeats for each
/// (pg_backup_archiver.c, IssueCommandPerBlob and IssueACLPerBlob). In the model it stands for each.
/// </summary>
internal static class LargeObjectList
{
    /// <summary>What stands in place of a drop statement.</summary>
    public const string DropMark = "-- dummy";

    private const string Subject = "LARGE OBJECT ";

    /// <summary>Reads OIDs, one a line.</summary>
    /// <param name="text">As it stands in the archive.</param>
    /// <param name="where">For messages.</param>
    /// <exception cref="PureDumpException">Not OIDs (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static uint[] Parse(string text, string where)
    {
        var oids = new List<uint>();
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty)
            {
                continue;
            }

            if (!uint.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out uint oid) || oid == 0)
            {
                throw new PureDumpException(ErrorKind.ArchiveDamaged, $"{where} does not list large objects by their numbers");
            }

            oids.Add(oid);
        }

        return [.. oids];
    }

    /// <summary>OIDs, one a line.</summary>
    public static string Text(IReadOnlyList<uint> oids) => Lines(oids, static (sql, oid) => sql.Append(oid).Append('\n'));

    /// <summary>The statements that make the objects.</summary>
    public static string CreateSql(IReadOnlyList<uint> oids) =>
        Lines(oids, static (sql, oid) => sql.Append(CultureInfo.InvariantCulture, $"SELECT pg_catalog.lo_create('{oid}');\n"));

    /// <summary>The statements that remove the objects.</summary>
    public static string DropSql(IReadOnlyList<uint> oids) =>
        Lines(oids, static (sql, oid) => sql.Append(CultureInfo.InvariantCulture, $"SELECT pg_catalog.lo_unlink('{oid}');\n"));

    /// <summary>The statements that remove those of the objects that are there.</summary>
    public static string DropIfExistsSql(IReadOnlyList<uint> oids) =>
        Lines(
            oids,
            static (sql, oid) =>
                sql.Append(
                    CultureInfo.InvariantCulture,
                    $"SELECT pg_catalog.lo_unlink(oid) FROM pg_catalog.pg_largeobject_metadata WHERE oid = '{oid}';\n"));

    /// <summary>The privileges of all objects, from those of one.</summary>
    /// <param name="acl">Statements; those that name no object are kept as they are.</param>
    /// <param name="oids">Of the group.</param>
    /// <param name="budget">How many characters may still be made; is lowered.</param>
    /// <param name="where">For messages.</param>
    /// <exception cref="PureDumpException">They would be too many (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static string RepeatedAcl(string acl, IReadOnlyList<uint> oids, ref long budget, string where)
    {
        budget -= acl.Length * (long)oids.Count;
        if (budget < 0)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{where} has privileges that become more than {PgArchiveLimits.TocLengthMax} characters for {oids.Count} large objects");
        }

        var sql = new StringBuilder();
        foreach (string statement in SqlStatements.Split(acl))
        {
            if (!TryFindNumber(statement, out int at, out int end, out _))
            {
                sql.Append(statement);
                continue;
            }

            foreach (uint oid in oids)
            {
                sql.Append(statement, 0, at).Append(oid).Append(statement, end, statement.Length - end);
            }
        }

        return sql.ToString();
    }

    /// <summary>The privileges of one object, out of those of all: the reverse of <see cref="RepeatedAcl"/>.</summary>
    /// <param name="acl">Statements for each object, in the order of the objects or of the statements.</param>
    /// <param name="oids">Of the group.</param>
    /// <param name="oid">Which.</param>
    public static string AclOf(string acl, IReadOnlyList<uint> oids, uint oid)
    {
        string[] statements = [.. SqlStatements.Split(acl)];
        uint?[] subjects =
        [
            .. statements.Select(static statement => TryFindNumber(statement, out _, out _, out uint number) ? number : (uint?)null),
        ];

        // Object by object: each has a stretch of its own, with what it changes of the session.
        int stretch = statements.Length / Math.Max(1, oids.Count);
        int index = Array.IndexOf([.. oids], oid);
        bool isByObject = stretch * oids.Count == statements.Length
            && subjects.Select((subject, i) => subject is null || subject == oids[i / Math.Max(1, stretch)]).All(static fits => fits);
        return isByObject && index >= 0
            ? string.Concat(statements.AsSpan(index * stretch, stretch).ToArray())
            : string.Concat(statements.Where((_, i) => subjects[i] is null || subjects[i] == oid));
    }

    private static bool TryFindNumber(string statement, out int at, out int end, out uint number)
    {
        number = 0;
        at = end = SqlStatements.IndexOutsideQuotes(statement, Subject);
        if (at < 0)
        {
            return false;
        }

        at = end = at + Subject.Length;
        while (end < statement.Length && char.IsAsciiDigit(statement[end]))
        {
            end++;
        }

        return uint.TryParse(statement.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static string Lines(IReadOnlyList<uint> oids, Action<StringBuilder, uint> line)
    {
        var sql = new StringBuilder();
        foreach (uint oid in oids)
        {
            line(sql, oid);
        }

        return sql.ToString();
    }
}
