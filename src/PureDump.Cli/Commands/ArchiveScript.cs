using PureDump.Cli.Options;
using PureDump.Cli.Terminals;
using PureDump.Engine.Reading;
using PureDump.Engine.Selection;
using PureDump.Engine;
using PureDump.Formats.Entries;
using PureDump.Formats.Pg;

namespace PureDump.Cli.Commands;

/// <summary>What a restore does without a database: lists an archive (<c>-l</c>), or makes a script of it (<c>-f</c>).</summary>
internal static class ArchiveScript
{
    /// <summary>Prints the list of what is selected, into the file of <c>-f</c> or to standard output.</summary>
    public static void WriteList(Invocation invocation, ArchiveInput input, string? member, RestoreSelection selection) =>
        Write(invocation, output =>
        {
            (ArchiveSummary summary, Toc toc) = ArchiveToc.Read(input, member);
            WriteList(invocation, summary, toc, selection, output);
        });

    /// <summary>Writes a script of what is selected, into the file of <c>-f</c>.</summary>
    public static RestoreResult WriteScript(Invocation invocation, ArchiveInput input, string? member, RestoreSelection selection)
    {
        RestoreResult? result = null;
        Write(invocation, output => result = WriteScript(invocation, input, member, selection, output));
        return result!;
    }

    private static RestoreResult WriteScript(
        Invocation invocation,
        ArchiveInput input,
        string? member,
        RestoreSelection selection,
        Stream output)
    {
        CancellationToken cancellation = invocation.Surroundings.Cancellation;
        if (input.IsStream)
        {
            using Stream stream = input.Open();
            return RestoreOperation.ScriptFromStream(
                selection,
                RestoreArguments.Script(invocation.Options, null),
                stream,
                output,
                invocation.Talk,
                cancellation,
                member);
        }

        return RestoreOperation.ScriptFromFile(
            selection,
            RestoreArguments.Script(invocation.Options, ArchiveToc.Read(input, member).Summary.Created),
            input.Path!,
            output,
            invocation.Talk,
            cancellation,
            member);
    }

    private static void WriteList(Invocation invocation, ArchiveSummary summary, Toc toc, RestoreSelection selection, Stream output)
    {
        bool isVerbose = invocation.Options.Has(OptionTable.Verbose);
        IReadOnlyList<TocEntry> selected = RestoreOperation.Select(toc, selection, invocation.Options.Has(OptionTable.Create));

        // pg_restore shows the bytes of the archive; nobody knows what those of SQL_ASCII stand for.
        string encoding = toc.Origin.Encoding;
        bool asBytes = !TextEncoding.IsClientOnly(encoding) && (invocation.Options.Verb.ClientName is not null || encoding == "SQL_ASCII");
        using (var text = new ShownWriter(new StreamWriter(output, asBytes ? TextEncoding.Of(encoding) : null, leaveOpen: true)))
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

    /// <summary>Has something written into the file of <c>-f</c> or to standard output.</summary>
    public static void Write(Invocation invocation, Action<Stream> write)
    {
        if (invocation.Options.Value(OptionTable.ScriptFile) is { } path and not "-")
        {
            RestoreOperation.IntoFile(path, write, DumpArguments.Access(invocation.Options));
        }
        else
        {
            write(invocation.Surroundings.Output);
        }
    }
}
