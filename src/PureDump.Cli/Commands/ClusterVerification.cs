using PureDump.Cli.Talking;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Commands;

/// <summary>What <c>verify</c> does with the archive of a cluster.</summary>
internal static class ClusterVerification
{
    /// <summary>Reads it all, and prints all damage, each with the database it hits.</summary>
    /// <exception cref="PureDumpException">It is damaged, or cannot be read.</exception>
    public static int Run(Invocation invocation, ArchiveInput input)
    {
        var verifier = new ClusterVerifier();
        input.Read(stream =>
        {
            long? length = stream.CanSeek ? stream.Length : null;
            verifier.Verify(stream, offset => invocation.Talk.Read(offset, length), invocation.Surroundings.Cancellation);
            return 0;
        });
        foreach (ClusterFinding finding in verifier.Findings)
        {
            VerifyCommand.WriteFinding(finding.Finding, finding.Toc, finding.Member, invocation);
        }

        if (verifier.Findings.Count > 0)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{input.Name} is damaged: {Amount.Counted(verifier.Findings.Count, "finding")}",
                "puredump restore --salvage takes what is whole");
        }

        string sentence =
            $"{input.Name} is whole: {Amount.Counted(verifier.DatabaseCount, "database")}, {Amount.Counted(verifier.EntryCount, "entry")}, "
            + $"{Amount.Counted(verifier.RowCount, "row")} in {Amount.Counted(verifier.BlockCount, "block")}, "
            + $"{Amount.Bytes(verifier.Length)}";
        invocation.Talk.End("verified", sentence, fields =>
        {
            fields.WriteString("file", input.Path);
            fields.WriteNumber("databaseCount", verifier.DatabaseCount);
            fields.WriteNumber("entryCount", verifier.EntryCount);
            fields.WriteNumber("rows", verifier.RowCount);
            fields.WriteNumber("blocks", verifier.BlockCount);
            fields.WriteNumber("rawBytes", verifier.RawBytes);
            fields.WriteNumber("length", verifier.Length);
        });
        return 0;
    }
}
