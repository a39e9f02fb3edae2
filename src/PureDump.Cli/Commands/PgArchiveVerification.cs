using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;
using PureDump.Formats.Archive;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;

namespace PureDump.Cli.Commands;

/// <summary>What <c>verify</c> does with an archive of pg_dump, which has no checksums: it reads it to its end, and says what that
/// tells.</summary>
internal static class PgArchiveVerification
{
    /// <summary>Whether the input is such an archive.</summary>
    public static bool IsFor(ArchiveInput input) =>
        input.IsOfPgDump || (input.IsStream && PgArchiveReader.IsArchive(input.Look(PgArchiveReader.LookSize, PgArchiveReader.IsEnough)));

    /// <summary>Reads it all, and prints what cannot be read.</summary>
    /// <exception cref="PureDumpException">It is damaged, or cannot be read.</exception>
    public static int Run(Invocation invocation, ArchiveInput input)
    {
        var verifier = new PgArchiveVerifier();
        using PgArchiveReader archive = input.IsDirectory
            ? PgArchiveReader.Open(input.Path!)
            : PgArchiveReader.Open(input.Open(), input.Name);
        verifier.Verify(archive, invocation.Surroundings.Cancellation);
        foreach (ArchiveFinding finding in verifier.Findings)
        {
            VerifyCommand.WriteFinding(finding, archive.Toc, null, invocation);
        }

        if (verifier.Findings.Count > 0)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{input.Name} is damaged: {Amount.Counted(verifier.Findings.Count, "finding")}");
        }

        int entryCount = archive.Toc.Entries.Count;
        string behind =
            archive.TrailingLength == 0
                ? ""
                : $"; behind its last block stands more ({Amount.Bytes(archive.TrailingLength)}), which is no part of it and which no "
                    + "restore looks at";
        string sentence =
            $"{input.Name} can be read to its end: {Amount.Counted(entryCount, "entry")}, {Amount.Counted(verifier.RowCount, "row")}, "
            + $"{Amount.Counted(verifier.LargeObjectCount, "large object")}, {Amount.Bytes(verifier.RawBytes)}; an archive of pg_dump "
            + "has no checksums: "
            + $"bytes that changed inside a value do not show{behind}";
        invocation.Talk.End("read", sentence, fields =>
        {
            fields.WriteString("file", input.Path);
            fields.WriteNumber("entryCount", entryCount);
            fields.WriteNumber("rows", verifier.RowCount);
            fields.WriteNumber("largeObjects", verifier.LargeObjectCount);
            fields.WriteNumber("rawBytes", verifier.RawBytes);
            fields.WriteBoolean("checksums", false);
            fields.WriteNumber("trailingBytes", archive.TrailingLength);
        });
        return 0;
    }
}
