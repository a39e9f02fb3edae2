using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;

namespace PureDump.Formats.Archive.Cluster;

/// <summary>The names of databases as the archive of a cluster holds them: formats/pdump.md, section 10.1.</summary>
/// <remarks>
/// Its globals name the databases that follow: who reads a pipe knows them from the start: a missing one, or one that the target has, is
/// refused before anything is done; they are dropped before the roles that own them.
/// </remarks>
internal static class ClusterNames
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The databases that the globals name, in the order of the members.</summary>
    /// <exception cref="PureDumpException">A rule for the globals is broken (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static IReadOnlyList<string> Of(Toc globals)
    {
        if (globals.Origin.Database.Length > 0)
        {
            throw Damaged($"the globals of the cluster are those of a database \"{globals.Origin.Database}\"");
        }

        var names = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (TocEntry entry in globals.Entries)
        {
            if (entry.HasBlocks)
            {
                throw Damaged($"the globals of the cluster have rows, those of {entry.Label}");
            }

            if (entry.Kind == EntryKind.Database)
            {
                string name = Decoded(entry.Name, globals.Origin.Encoding);
                names.Add(known.Add(name) ? name : throw Damaged($"the cluster has two databases \"{name}\""));
            }
            else if (names.Count > 0)
            {
                throw Damaged($"{entry.Label} stands behind the databases of the cluster's globals");
            }
        }

        return names.Count < ArchiveLimits.MemberCountMax
            ? names
            : throw Damaged($"the cluster has {names.Count} databases, at most {ArchiveLimits.MemberCountMax - 1} are allowed");
    }

    /// <summary>The name a database's Toc gives itself.</summary>
    /// <exception cref="PureDumpException">It is no name to connect with (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static string OfDatabase(Toc toc) => Decoded(toc.Origin.Database, toc.Origin.Encoding);

    /// <summary>The name as text in an encoding: the same bytes.</summary>
    /// <exception cref="PureDumpException">The encoding is one that only clients use, and they are no text in it
    /// (<see cref="ErrorKind.Usage"/>).</exception>
    public static string In(string encoding, string name)
    {
        try
        {
            return TextEncoding.Of(encoding).GetString(s_strict.GetBytes(name));
        }
        catch (DecoderFallbackException e)
        {
            throw new PureDumpException(
                ErrorKind.Usage, $"the name of the database \"{name}\" cannot be kept in an archive in {encoding}", "take UTF8", e);
        }
    }

    /// <summary>Refuses what cannot be the name of a database.</summary>
    /// <exception cref="PureDumpException">It is empty or too long (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    internal static string Checked(string name) =>
        s_strict.GetByteCount(name) is >= 1 and <= ArchiveLimits.DatabaseNameLengthMax
            ? name
            : throw Damaged($"a database of the cluster has a name of {name.Length} characters");

    private static string Decoded(string name, string encoding)
    {
        try
        {
            return Checked(s_strict.GetString(TextEncoding.Of(encoding).GetBytes(name)));
        }
        catch (ArgumentException e)
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, "the name of a database of the cluster is no UTF-8", null, e);
        }
    }

    private static PureDumpException Damaged(string what) => new(ErrorKind.ArchiveDamaged, what);
}
