using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Cli.Terminals;
using PureDump.Engine;
using PureDump.Engine.Reading;
using PureDump.Formats.Codec;
using PureDump.Formats.Script;
using PureDump.Postgres.Catalog;
using PureDump.Storage.Local;

namespace PureDump.Cli.Commands;

/// <summary><c>puredump convert</c>.</summary>
internal static class ConvertCommand
{
    /// <summary>What it is.</summary>
    public static RunnableVerb Verb { get; } =
        new()
        {
            Name = "convert",
            Synopses = ["[OPTION]... -F FORMAT [FILE|DIRECTORY|-] [-f FILE|DIRECTORY]"],
            Summary = "make an archive of another format, or a script, of an archive",
            Description =
                "Makes an archive of another format, or an SQL script, of an archive of any format: PureDump's own, or pg_dump's "
                + "custom, directory or tar. "
                + "Rows in binary become text where the other format needs that; where they cannot without a server, the column is "
                + "named. No server is needed.",
            Operands = [("FILE", "the archive; - is standard input, as is none")],
            Examples =
            [
                ("puredump convert -F pdump shop.dump -f shop.pdump", "take over what pg_dump made"),
                ("puredump convert -F custom -Z zstd shop.pdump -f shop.dump", "for a pg_restore"),
                ("puredump convert -F plain shop.dump | less", "look at it as SQL"),
            ],
            Options =
            [
                OptionTable.File,
                OptionTable.Format,
                OptionTable.Compress,
                OptionTable.ArchiveVersion,
                OptionTable.ForServer,
                OptionTable.OnlyDatabase,
                OptionTable.Jobs,
                OptionTable.NoSync,
                OptionTable.Help,
            ],
            Rules = [.. DumpRules.ArchiveVersion, DumpRules.ForServer, .. ClusterRules.Member],
            Run = Run,
        };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        options.LimitOperands(1);
        int jobs = options.Jobs();
        if (!options.Has(OptionTable.Format))
        {
            throw options.Unusable("no format was given: say what the archive is to become with -F");
        }

        OutputFormat format = OutputFormat.Read(options, default);
        StreamCompression compression = format.Kind == OutputKind.Pdump ? default : format.Compression(invocation);
        CodecSetting codec =
            format.Kind == OutputKind.Pdump && options.Value(OptionTable.Compress) is { } text
                ? CodecSetting.Parse(text)
                : CodecSetting.Default;
        options.Check(format.Scope | OptionScope.Settled);
        _ = format.Version(options);
        ScriptOptions script = ScriptServer.Given(options, new ScriptOptions());
        FileSync sync = options.Has(OptionTable.NoSync) ? FileSync.None : FileSync.File;
        ArchiveInput archive = InputOperand.Of(invocation);
        string? member =
            format.IsScript && archive.IsOfCluster && !options.Has(OptionTable.OnlyDatabase) ? null : MemberOptions.Of(options, archive);
        string? path = DumpCommand.ReadPath(invocation, format);
        string? source = archive.IsStream ? null : archive.Path;
        using Stream? input = source is null ? archive.Open() : null;
        (Talk talk, CancellationToken cancellation) = (invocation.Talk, invocation.Surroundings.Cancellation);
        if (member is null && archive.IsOfCluster)
        {
            return ClusterRestore.WriteScript(invocation, script, source, input, path, compression, sync);
        }

        DumpResult result;
        switch (format.Kind)
        {
            case OutputKind.PgArchive:
                PgArchiveTarget target = format.Target(invocation, path, compression, sync);
                result = ConvertOperation.ToPgArchive(source, input, target, script, jobs, talk, cancellation, member);
                break;
            case OutputKind.Pdump:
                result = Into(
                    path,
                    output => ConvertOperation.ToArchive(source, input, output, codec, jobs, talk, cancellation, member),
                    isArchive: true);
                break;
            default:
                result = Into(
                    path,
                    output => ConvertOperation.ToScript(source, input, output, script, compression, talk, cancellation, member),
                    isArchive: false);
                break;
        }

        DumpReport.Write(result, path, format, invocation, fromServer: false, "converted");
        return 0;

        DumpResult Into(string? file, Func<Stream, DumpResult> write, bool isArchive) =>
            file is null ? write(isArchive ? invocation.Surroundings.OpenArchive() : invocation.Surroundings.Output)
                : ConvertOperation.IntoFile(file, sync, write, isArchive);
    }
}
