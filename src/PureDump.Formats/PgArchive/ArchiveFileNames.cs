using System.Globalization;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;
using PureDump.Formats.Sql;

namespace PureDump.Formats.PgArchive;

/// <summary>The names of the files of a directory and the members of a tar: formats/pg-archive.md, section 5.</summary>
internal static class ArchiveFileNames
{
    public const string Toc = "toc.dat";
    public const string Script = "restore.sql";
    public const string LargeObjectHead = "blob_";
    public const string DataTail = ".dat";

    // What a file ends with that is compressed, in the order in which they are looked for.
    private static readonly (string Suffix, StreamMethod Method)[] s_suffixes =
        [("", StreamMethod.None), (".gz", StreamMethod.Gzip), (".lz4", StreamMethod.Lz4), (".zst", StreamMethod.Zstd)];

    /// <summary>What the name of a file ends with that is compressed like this.</summary>
    public static string SuffixOf(StreamMethod method) => Array.Find(s_suffixes, one => one.Method == method).Suffix;

    /// <summary>The file with the data of an entry.</summary>
    public static string Data(int dumpId) => string.Create(CultureInfo.InvariantCulture, $"{dumpId}{DataTail}");

    /// <summary>The file that lists the large objects of an entry.</summary>
    public static string LargeObjectList(PgArchiveVersion version, int dumpId) =>
        version.HasLargeObjectGroups ? string.Create(CultureInfo.InvariantCulture, $"blobs_{dumpId}.toc") : "blobs.toc";

    /// <summary>The file with a large object.</summary>
    public static string LargeObject(uint oid) => string.Create(CultureInfo.InvariantCulture, $"{LargeObjectHead}{oid}{DataTail}");

    /// <summary>The large object a file is of; 0 where it is of none.</summary>
    public static uint LargeObjectOf(string name) =>
        name.StartsWith(LargeObjectHead, StringComparison.Ordinal)
        && name.EndsWith(DataTail, StringComparison.Ordinal)
        && uint.TryParse(
            name.AsSpan()[LargeObjectHead.Length..^DataTail.Length],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out uint oid)
            ? oid
            : 0;

    /// <summary>The name, if it is one within a directory and nothing else, in characters every file system takes.</summary>
    /// <exception cref="PureDumpException">It is not (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static string Checked(string name, string where) =>
        name.Length is > 0 and <= 128 && name[0] != '.' && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? name
            : throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{where} is damaged: \"{SqlText.OneLine(name[..Math.Min(64, name.Length)])}\" is no name of a file of an archive");

    /// <summary>The file of that name in a directory, plain or compressed, and how it is compressed; null where there is none.</summary>
    /// <param name="directory">Where to look.</param>
    /// <param name="name">Was <see cref="Checked"/>.</param>
    public static (string Path, StreamMethod Method)? Find(string directory, string name)
    {
        foreach ((string suffix, StreamMethod method) in s_suffixes)
        {
            string path = Path.Combine(directory, name + suffix);
            if (File.Exists(path))
            {
                StreamMethod named = Array.FindLast(s_suffixes, one => name.EndsWith(one.Suffix, StringComparison.Ordinal)).Method;
                return (path, method == StreamMethod.None ? named : method);
            }
        }

        return null;
    }
}
