using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;
using PureDump.Formats.Archive;
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
        ArchiveInput input = ArchiveInput.Of(invocation);
        if (PgArchiveVerification.IsFor(input))
        {
            return PgArchiveVerification.Run(invocation, input);
        }

        if (input.IsOfCluster)
        {
            return ClusterVerification.Run(invocation, input);
        }

        var verifier = new ArchiveVerifier();
        input.Read(stream =>
        {
            long? length = stream.CanSeek ? stream.Length : null;
            verifier.Verify(stream, offset => invocation.Talk.Read(offset, length), invocation.Surroundings.Cancellation);
            return 0;
        });
        foreach (ArchiveFinding finding in verifier.Findings)
        {
            WriteFinding(finding, verifier.Toc, null, invocation);
        }

        if (verifier.Findings.Count > 0)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{input.Name} is damaged: {Amount.Counted(verifier.Findings.Count, "finding")}",
                verifier.Toc is null ? null : "puredump restore --salvage takes what is whole");
        }

        int entryCount = verifier.Toc!.Entries.Count;
        string sentence =
            $"{input.Name} is whole: {Amount.Counted(entryCount, "entry")}, {Amount.Counted(verifier.RowCount, "row")} in "
                + $"{Amount.Counted(verifier.BlockCount, "block")}, {Amount.Bytes(verifier.Length)}";
        invocation.Talk.End("verified", sentence, fields =>
        {
            fields.WriteString("file", input.Path);
            fields.WriteNumber("entryCount", entryCount);
            fields.WriteNumber("rows", verifier.RowCount);
            fields.WriteNumber("blocks", verifier.BlockCount);
            fields.WriteNumber("rawBytes", verifier.RawBytes);
            fields.WriteNumber("length", verifier.Length);
        });
        return 0;
    }

    /// <summary>Writes a finding as a line.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="toc">Of the archive, where it is known.</param>
    /// <param name="member">What of a cluster it hits, or null.</param>
    /// <param name="invocation">The call.</param>
    public static void WriteFinding(ArchiveFinding finding, Toc? toc, string? member, Invocation invocation)
    {
        if (!invocation.Options.Has(OptionTable.Json))
        {
            using ShownWriter text = invocation.Surroundings.OpenText();
            text.WriteLine(ShownText.Of(member is null ? FindingText.Of(finding, toc) : $"{member}: {FindingText.Of(finding, toc)}"));
            return;
        }

        using TextWriter output = invocation.Surroundings.OpenData();
        JsonEvent.WriteObject(output, fields =>
        {
            if (member is not null)
            {
                fields.WriteString("member", member);
            }

            fields.WriteString("finding", finding.Message);
            fields.WriteNumber("offset", finding.Offset);
            if (finding.Entry is { } entry)
            {
                fields.WriteNumber("entry", entry);
                fields.WriteString("label", FindingText.LabelOf(finding, toc));
            }

            if (finding.Block is { } block)
            {
                fields.WriteNumber("block", block);
            }
        });
    }
}
