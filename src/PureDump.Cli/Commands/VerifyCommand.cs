using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;
using PureDump.Engine.Reading;
using PureDump.Formats.Archive;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Commands;

/// <summary><c>puredump verify</c>.</summary>
internal static class VerifyCommand
{
    /// <summary>What it is.</summary>
    public static RunnableVerb Verb { get; } =
        new()
        {
            Name = "verify",
            Synopses = ["[OPTION]... [FILE|-]"],
            Summary = "read an archive and report all damage",
            Description =
                "Reads a whole archive, checks every checksum, every length and every total, and prints all damage it finds, a line for "
                + "each. "
                + "An archive of pg_dump has no checksums: it is read to its end, every member out of its compression, with whole rows "
                + "and statements. No server is needed.",
            Operands = [("FILE", "the archive; - is standard input, as is none")],
            Examples =
            [
                ("puredump verify shop.pdump", "is it whole?"),
                ("ssh store cat shop.pdump | puredump verify", "the same for one that is elsewhere"),
            ],
            Options = [.. OptionGroups.Talk, OptionTable.Help],
            EndsWith = static kind => kind != ErrorKind.Catalog && RunnableVerb.OfArchives(kind),
            Run = Run,
        };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        options.LimitOperands(1);
        ArchiveInput input = InputOperand.Of(invocation);
        var verified = ArchiveVerification.Of(input, invocation.Talk.Read, invocation.Surroundings.Cancellation);
        foreach (ClusterFinding finding in verified.Findings)
        {
            WriteFinding(finding, invocation);
        }

        if (verified.Findings.Count > 0)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{input.Name} is damaged: {Amount.Counted(verified.Findings.Count, "finding")}",
                verified.HasChecksums && verified.HasToc ? "puredump restore --salvage takes what is whole" : null);
        }

        invocation.Talk.End(verified.HasChecksums ? "verified" : "read", SentenceOf(input, verified), fields =>
        {
            fields.WriteString("file", input.Path);
            if (verified.DatabaseCount is { } databaseCount)
            {
                fields.WriteNumber("databaseCount", databaseCount);
            }

            fields.WriteNumber("entryCount", verified.EntryCount);
            fields.WriteNumber("rows", verified.RowCount);
            if (verified.HasChecksums)
            {
                fields.WriteNumber("blocks", verified.BlockCount);
                fields.WriteNumber("rawBytes", verified.RawBytes);
                fields.WriteNumber("length", verified.Length);
            }
            else
            {
                fields.WriteNumber("largeObjects", verified.LargeObjectCount);
                fields.WriteNumber("rawBytes", verified.RawBytes);
                fields.WriteBoolean("checksums", false);
                fields.WriteNumber("trailingBytes", verified.TrailingLength);
            }
        });
        return 0;
    }

    private static string SentenceOf(ArchiveInput input, ArchiveVerification verified)
    {
        string entries = Amount.Counted(verified.EntryCount, "entry");
        string rows = Amount.Counted(verified.RowCount, "row");
        if (verified.HasChecksums)
        {
            string databases = verified.DatabaseCount is { } count ? $"{Amount.Counted(count, "database")}, " : "";
            return $"{input.Name} is whole: {databases}{entries}, {rows} in {Amount.Counted(verified.BlockCount, "block")}, "
                + Amount.Bytes(verified.Length);
        }

        string behind =
            verified.TrailingLength == 0
                ? ""
                : $"; behind its last block stands more ({Amount.Bytes(verified.TrailingLength)}), which is no part of it and which no "
                    + "restore looks at";
        return $"{input.Name} can be read to its end: {entries}, {rows}, {Amount.Counted(verified.LargeObjectCount, "large object")}, "
            + $"{Amount.Bytes(verified.RawBytes)}; an archive of pg_dump has no checksums: bytes that changed inside a value do not "
            + $"show{behind}";
    }

    // A finding as a line.
    private static void WriteFinding(ClusterFinding found, Invocation invocation)
    {
        if (!invocation.Options.Has(OptionTable.Json))
        {
            using ShownWriter text = invocation.Surroundings.OpenText();
            text.WriteLine(ShownText.Of(FindingText.Of(found)));
            return;
        }

        using TextWriter output = invocation.Surroundings.OpenData();
        JsonEvent.WriteObject(output, fields =>
        {
            if (found.Member is { } member)
            {
                fields.WriteString("member", member);
            }

            ArchiveFinding finding = found.Finding;
            fields.WriteString("finding", finding.Message);
            fields.WriteNumber("offset", finding.Offset);
            if (finding.Entry is { } entry)
            {
                fields.WriteNumber("entry", entry);
                fields.WriteString("label", FindingText.LabelOf(finding, found.Toc));
            }

            if (finding.Block is { } block)
            {
                fields.WriteNumber("block", block);
            }
        });
    }
}
