using PureDump.Formats.Entries;
using PureDump.Formats.Script;

namespace PureDump.Formats.PgArchive;

/// <summary>
/// The script in a tar: it makes the database anew out of the files of the archive, once <c>$$PATH$$</c> is replaced by where
/// they were unpacked on the server's machine. pg_dump's own is never right: it breaks psql's restricted mode, whose key it does not
/// have, and wants to run lists of large objects as statements.
/// </summary>
internal static class RestoreScript
{
    private const string Folder = "$$PATH$$/";

    /// <summary>Writes the script.</summary>
    public static void Write(TextWriter output, Toc toc, PgArchiveSettings settings)
    {
        output.Write(
            "--\n-- NOTE:\n--\n-- File paths need to be edited. Search for $$PATH$$ and\n-- replace it with the path to the directory "
                + "containing\n-- the extracted data files.\n--\n");
        var options = new ScriptOptions
        {
            Clean = true,
            CreateDatabase = true,
            Rows = settings.Rows,
            WithoutTransactionTimeout = settings.WithoutTransactionTimeout,
        };
        var writer = new PlainSqlWriter(output, toc.Origin, options);
        writer.WriteHead();
        foreach (TocEntry entry in toc.Entries.Reverse())
        {
            writer.WriteDrop(entry);
        }

        foreach (RestorePass pass in Enum.GetValues<RestorePass>())
        {
            foreach (TocEntry entry in toc.Entries)
            {
                if (entry.Pass == pass && writer.Takes(entry))
                {
                    WriteEntry(writer, entry);
                }
            }
        }

        writer.WriteTail();
    }

    private static void WriteEntry(PlainSqlWriter writer, TocEntry entry)
    {
        if (entry.HasBlocks)
        {
            writer.WriteRowsFrom(
                entry,
                Folder + ArchiveFileNames.Data(entry.Id.Value),
                static oid => Folder + ArchiveFileNames.LargeObject(oid));
        }
        else
        {
            writer.WriteEntry(entry);
        }
    }
}
