using PureDump.Cli.Options;
using PureDump.Engine;
using PureDump.Engine.Transfer;
using PureDump.Formats;
using PureDump.Formats.Archive;

namespace PureDump.Cli.Commands;

/// <summary>What a restore does without a database: lists an archive (<c>-l</c>), or makes a script of it (<c>-f</c>).</summary>
internal static class ArchiveScript
{
    /// <summary>Prints the list of what is selected, into the file of <c>-f</c> or to standard output.</summary>
    public static void WriteList(Invocation invocation, ArchiveInput input, RestoreSelection selection) =>
        Write(invocation, output =>
        {
            if (input.IsStream)
            {
                input.Read(stream =>
                {
                    using var reader = new ArchiveStreamReader(stream);
                    WriteList(invocation, reader.Header, reader.Toc, selection, output);
                    return 0;
                });
            }
            else
            {
                using var file = new ArchiveFile(input.Path!);
                WriteList(invocation, file.Header, file.Toc, selection, output);
            }
        });

    /// <summary>Writes a script of what is selected, into the file of <c>-f</c>.</summary>
    public static RestoreResult WriteScript(Invocation invocation, ArchiveInput input, RestoreSelection selection)
    {
        RestoreResult? result = null;
        Write(invocation, output => result = WriteScript(invocation, input, selection, output));
        return result!;
    }

    private static RestoreResult WriteScript(Invocation invocation, ArchiveInput input, RestoreSelection selection, Stream output)
    {
        CancellationToken cancellation = invocation.Surroundings.Cancellation;
        if (input.IsStream)
        {
            using Stream stream = input.Open();
            return RestoreOperation.ScriptFromStream(selection, RestoreOptions.Script(invocation.Options, null), stream, output, invocation.Talk, cancellation);
        }

        DateTime? created;
        using (var file = new ArchiveFile(input.Path!))
        {
            created = file.Header.Created;
        }

        return RestoreOperation.ScriptFromFile(
            selection, RestoreOptions.Script(invocation.Options, created), input.Path!, output, invocation.Talk, cancellation);
    }

    private static void WriteList(Invocation invocation, ArchiveHeader header, Toc toc, RestoreSelection selection, Stream output)
    {
        var summary = new ArchiveSummary("PDUMP", $"{ArchiveHeader.Major}.{ArchiveHeader.Minor}", header.Created);
        bool isVerbose = invocation.Options.Has(OptionTable.Verbose);
        IReadOnlyList<TocEntry> selected = RestoreOperation.Select(toc, selection, invocation.Options.Has(OptionTable.Create));
        using (var text = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" })
        {
            EntryListText.Write(summary, toc, isVerbose ? All(toc, selection) : selected, isVerbose, text);
        }

        RestoreOperation.CheckNames(toc, selection);
    }

    // Those that a list does not name come first, as when they are restored.
    private static IEnumerable<TocEntry> All(Toc toc, RestoreSelection selection)
    {
        IReadOnlyList<DumpId> order = selection.Order?.Invoke(toc) ?? [];
        HashSet<DumpId> listed = [.. order];
        return toc.Entries.Where(entry => !listed.Contains(entry.Id)).Concat(order.Select(id => toc[id]));
    }

    private static void Write(Invocation invocation, Action<Stream> write)
    {
        if (invocation.Options.Value(OptionTable.ScriptFile) is { } path and not "-")
        {
            RestoreOperation.IntoFile(path, write);
        }
        else
        {
            write(invocation.Surroundings.Output);
        }
    }
}
