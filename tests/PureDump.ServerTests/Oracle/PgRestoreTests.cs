using System.Text;
using System.Text.RegularExpressions;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.PgArchive;
using PureDump.Formats.Script;
using PureDump.ServerTests.Fixture;
using PureDump.TestSupport;

namespace PureDump.ServerTests.Oracle;

/// <summary>
/// pg_dump's archives of the oracle database are read and written again; PostgreSQL's pg_restore says that nothing is lost, and what the
/// right script is.
/// </summary>
public sealed partial class PgRestoreTests(OracleSources sources) : IDisposable
{
    private const int OldMajor = 15;

    private readonly string _folder = Directory.CreateTempSubdirectory("puredump-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, EveryMajor]
    public void The_script_of_rows_as_statements_is_that_of_pg_restore(int major)
    {
        string archive = Dump(Model(major), major, "-Fc", "--inserts");
        string expected = Model(major).Run("pg_restore", [archive, "-f", "-", "--restrict-key=K"]).Succeeded().Output;
        using PgArchiveReader reader = PgArchiveReader.Open(archive);
        Assert.Equal(Comparable(expected), Comparable(Script(reader, new ScriptOptions { RestrictKey = "K" })));
    }

    [Theory, EveryMajor]
    public void The_script_of_what_is_read_is_that_of_pg_restore(int major)
    {
        string archive = Dump(Model(major), major, "-Fc", "--compress=zstd");
        (string Options, ScriptOptions Ours)[] cases =
        [
            ("", new ScriptOptions()),
            ("--clean --if-exists", new ScriptOptions { Clean = true, IfExists = true }),
            ("--clean --create", new ScriptOptions { Clean = true, CreateDatabase = true }),
            ("--use-set-session-authorization", new ScriptOptions { UseSetSessionAuthorization = true }),
        ];
        Requirement.All(cases, one =>
        {
            string[] options = one.Options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string expected = Model(major).Run("pg_restore", [archive, "-f", "-", "--restrict-key=K", .. options]).Succeeded().Output;
            using PgArchiveReader reader = PgArchiveReader.Open(archive);
            Assert.Equal(Comparable(expected), Comparable(Script(reader, one.Ours with { RestrictKey = "K" })));
        });
    }

    [Theory, EveryMajor]
    public void What_is_written_is_the_same_to_pg_restore(int major)
    {
        PgDumpOracle oracle = Model(major);
        string[][] layouts =
        [
            ["-Fc", "-Znone"],
            ["-Fc", "-Zgzip"],
            ["-Fc", "-Zlz4"],
            ["-Fc", "-Zzstd"],
            ["-Fd", "-Zgzip"],
            ["-Fd", "-Zlz4"],
            ["-Fd", "-Zzstd"],
            ["-Ft"],
            ["-Fc", "--inserts"],
        ];

        // pg_restore 19rc1 cannot read every one of its pg_dump's own directories in lz4 or zstd: "compressed stream is incomplete".
        Requirement.All(layouts.Where(layout => oracle.Major < 19 || layout is not ["-Fd", "-Zlz4" or "-Zzstd"]), layout =>
        {
            string original = Dump(oracle, major, layout);
            AssertSame(oracle, original, Copy(original, PgArchiveVersion.Newest));
        });
    }

    [Theory, EveryMajor]
    public void What_is_written_for_old_readers_is_the_same_to_pg_restore_15(int major)
    {
        PgDumpOracle old = PgDumpOracle.Find(OldMajor);
        Requirement.That(old.Major == OldMajor, "the programs of PostgreSQL 15 are not installed");
        if (major > OldMajor)
        {
            // pg_dump 15 does not dump it: the archive of 18 goes into an old one, and both say the same of it.
            string newer = Dump(Model(major), major, "-Fc", "-Znone");
            AssertOldCopy(newer, old);
            return;
        }

        Requirement.All((string[][])[["-Fc", "-Z6"], ["-Fd", "-Z0"], ["-Fd", "-Z6"], ["-Ft"]], layout =>
        {
            string original = Dump(old, major, layout);
            AssertSame(old, original, Copy(original, PgArchiveVersion.ForOldReaders));
        });
    }

    private static void AssertSame(PgDumpOracle oracle, string original, string copy) =>
        Requirement.All(
            (string[][])
                [
                    ["-l"],
                    ["-f", "-"],
                ],
            options =>
            {
                string[] arguments =
                    oracle.Major >= PgDumpOracle.ModelMajor && options[0] == "-f" ? [.. options, "--restrict-key=K"] : options;
                string due = oracle.Run("pg_restore", [.. arguments, original]).Succeeded().Output;
                Assert.Equal(Keyless(due), Keyless(oracle.Run("pg_restore", [.. arguments, copy]).Succeeded().Output));
            }
        );

    // The old program does not know the newest setting, calls whatever is like a table a table, and knows fewer keywords to quote.
    private void AssertOldCopy(string newer, PgDumpOracle old)
    {
        string copy = Copy(newer, PgArchiveVersion.ForOldReaders);
        string due = PgDumpOracle.Find(PgDumpOracle.ModelMajor).Run("pg_restore", ["-f", "-", copy]).Succeeded().Output;
        string actual = old.Run("pg_restore", ["-f", "-", copy]).Succeeded().Output;
        Assert.Equal(Aged(due), Aged(actual));

        static string Aged(string script) => OwnerOfRelation().Replace(Keyless(script), "ALTER TABLE $1")
            .Replace("SET transaction_timeout = 0;\n", "", StringComparison.Ordinal)
            .Replace("\"", "", StringComparison.Ordinal);
    }

    private static PgDumpOracle Model(int major) => PgDumpOracle.ModelFor(ServerPool.Get(major));

    private static string Keyless(string script) =>
        string.Join(
            '\n',
            script
                .Split('\n')
                .Where(static line =>
                    !line.StartsWith("\\restrict ", StringComparison.Ordinal) && !line.StartsWith("\\unrestrict ", StringComparison.Ordinal)
                ));

    // Contents of large objects are checked where archives are compared; blank lines are pg_restore's own there.
    // pg_dump 18.6 puts a server's own options into an archive; pg_restore's output comes without them.
    private static string Comparable(string script) =>
        string.Join(
            '\n',
            PgDumpOracle
                .WithoutReserved(script)
                .Split('\n')
                .Where(static line => line.Length > 0 && !line.StartsWith("SELECT pg_catalog.lo", StringComparison.Ordinal)));

    private static string Script(PgArchiveReader archive, ScriptOptions options)
    {
        var output = new StringWriter { NewLine = "\n" };
        var writer = new PlainSqlWriter(output, archive.Toc.Origin, options);
        writer.WriteHead();
        foreach (
            TocEntry entry in archive.Toc.Entries.Reverse().Where(entry => options.Clean && (options.CreateDatabase || writer.Takes(entry)))
        )
        {
            writer.WriteDrop(entry);
        }

        foreach (RestorePass pass in Enum.GetValues<RestorePass>())
        {
            foreach (TocEntry entry in archive.Toc.Entries.Where(entry => entry.Pass == pass && writer.Takes(entry)))
            {
                WriteEntry(archive, entry, writer, output);
            }
        }

        writer.WriteTail();
        return output.ToString();
    }

    private static void WriteEntry(PgArchiveReader archive, TocEntry entry, PlainSqlWriter writer, StringWriter output)
    {
        if (archive.DataKindOf(entry) == PgDataKind.None)
        {
            writer.WriteEntry(entry);
            return;
        }

        writer.BeginRows(entry);
        if (archive.DataKindOf(entry) == PgDataKind.CopyText)
        {
            using var rows = new StreamReader(archive.OpenData(entry), Encoding.UTF8);
            string text = rows.ReadToEnd();
            Assert.EndsWith("\\.\n\n\n", text, StringComparison.Ordinal);
            output.Write(text[..^CopyText.End.Length]);
        }
        else if (archive.DataKindOf(entry) == PgDataKind.Sql)
        {
            using var statements = new StreamReader(archive.OpenData(entry), Encoding.UTF8);
            output.Write(statements.ReadToEnd());
        }

        writer.EndRows(entry);
    }

    [GeneratedRegex(@"^ALTER (?:VIEW|MATERIALIZED VIEW|SEQUENCE|FOREIGN TABLE) ([^;]*? OWNER TO .*;)$", RegexOptions.Multiline)]
    private static partial Regex OwnerOfRelation();

    private string Dump(PgDumpOracle oracle, int major, params string[] options)
    {
        OracleSource source = sources.Of(major);
        string path = Path.Combine(_folder, $"original{string.Concat(options)}-{oracle.Major}");
        oracle.Run("pg_dump", source.Server, ["-f", path, .. options, source.Database]).Succeeded();
        return path;
    }

    private string Copy(string original, PgArchiveVersion version)
    {
        using PgArchiveReader reader = PgArchiveReader.Open(original);
        string path = original + "-copy";
        PgArchiveSettings settings = ArchiveCopy.Settings(reader) with
        {
            Version = version,
            Compression =
                reader.Header.Compression == StreamMethod.None
                    ? default
                    : new StreamCompression(
                        reader.Header.Compression,
                        reader.Header.CompressionLevel ?? (reader.Header.Compression == StreamMethod.Gzip ? -1 : 1),
                        false),
        };
        using FileStream? file = reader.Header.Format == PgArchiveFormat.Directory ? null : File.Create(path);
        using PgArchiveWriter writer = reader.Header.Format switch
        {
            PgArchiveFormat.Custom => PgArchiveWriter.ToCustom(file!, settings),
            PgArchiveFormat.Tar => PgArchiveWriter.ToTar(file!, settings),
            _ => PgArchiveWriter.ToDirectory(path, settings),
        };
        ArchiveCopy.Into(reader, writer);
        return path;
    }
}
