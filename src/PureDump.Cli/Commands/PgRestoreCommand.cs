using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Engine.Reading;
using PureDump.Engine.Selection;
using PureDump.Engine;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Commands;

/// <summary><c>pg_restore</c>: the options, defaults, messages and exit codes of PostgreSQL's own.</summary>
internal static class PgRestoreCommand
{
    /// <summary>What it is.</summary>
    public static RunnableVerb Verb { get; } =
        new()
        {
            Name = "pg_restore",
            ClientName = "pg_restore",
            HelpStandsFirst = true,
            Synopses = ["[OPTION]... [FILE]"],
            Summary = "restore an archive as pg_restore does: its options, messages and exit codes",
            Description =
                "Restores an archive into a database as pg_restore 18 does, or makes an SQL script of it, or lists it. It is run by "
                + "\"puredump pg_restore\", and by a "
                + "link to puredump that is called pg_restore.",
            Operands = [("FILE", "the archive; by default standard input")],
            Examples =
            [
                ("pg_restore -d shop shop.pdump", "restore into the database shop, which is there"),
                (
                    "pg_restore -l shop.pdump > list; pg_restore -L list -f shop.sql shop.pdump",
                    "a script of what is left of the list once it was edited"),
            ],
            Options =
            [
                .. OptionGroups.About,
                .. OptionGroups.Restoring,
                .. OptionGroups.Database,
                .. OptionGroups.Parts,
                .. OptionGroups.Login,
                OptionTable.ArchiveFormat,
                OptionTable.NoReconnect,
            ],
            Rules = RestoreRules.PgRestore,
            Talk = static (surroundings, isVerbose) => new PgRestoreTalk(surroundings.Error, surroundings.Clock, isVerbose),
            Run = Run,
        };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        int jobs = options.Jobs();
        _ = RestoreArguments.TransactionSize(options);
        RestoreSelection selection = RestoreArguments.Selection(invocation);
        options.LimitOperands(1);
        options.Check(OptionScope.None);
        CheckFormat(options);
        if (options.Operands is [var input and not "-"] && !Path.Exists(input))
        {
            throw FileErrors.TranslateAsErrno(new FileNotFoundException(), $"could not open input file \"{input}\"");
        }

        if (
            options.Value(OptionTable.ScriptFile) is { } output and not "-"
            && !Path.Exists(Path.GetDirectoryName(Path.GetFullPath(output))))
        {
            throw FileErrors.TranslateAsErrno(new DirectoryNotFoundException(), $"could not open output file \"{output}\"");
        }

        ArchiveInput archive = InputOperand.Of(invocation);
        if (options.Has(OptionTable.ShowList))
        {
            ArchiveScript.WriteList(invocation, archive, null, selection);
            return 0;
        }

        try
        {
            return Report(Restore(invocation, archive, selection, jobs), invocation.Talk);
        }
        catch (PureDumpException e) when (e is { Entry: not null, Report: not null })
        {
            invocation.Talk.StatementFailed(e);
            return 1;
        }
    }

    private static RestoreResult Restore(Invocation invocation, ArchiveInput input, RestoreSelection selection, int jobs)
    {
        GivenOptions options = invocation.Options;
        if (options.Has(OptionTable.ScriptFile))
        {
            return ArchiveScript.WriteScript(invocation, input, null, selection);
        }

        RestoreRequest request =
            RestoreArguments.Request(
                options,
                selection,
                ConnectionOptions.Resolve(invocation, options.Value(OptionTable.DatabaseName)),
                jobs)
            with { RefuseExisting = false, InOrder = true };
        CancellationToken cancellation = invocation.Surroundings.Cancellation;
        if (!input.IsStream)
        {
            return RestoreOperation.FromFile(request, input.Path!, invocation.Talk, cancellation);
        }

        using Stream stream = input.Open();
        return RestoreOperation.FromStream(request, stream, invocation.Talk, cancellation);
    }

    private static int Report(RestoreResult result, Talk talk)
    {
        if (result.FailureCount > 0)
        {
            talk.Warn($"errors ignored on restore: {result.FailureCount}");
        }

        return result.FailureCount > 0 ? 1 : 0;
    }

    // What an archive is it says itself.
    private static void CheckFormat(GivenOptions options)
    {
        string format = options.Value(OptionTable.ArchiveFormat) ?? "";
        switch (format.ToLowerInvariant())
        {
            case "" or "c" or "custom" or "d" or "directory" or "t" or "tar":
                break;
            case "p" or "plain":
                throw options.Unusable($"archive format \"{format}\" is not supported; please use psql");
            default:
                throw options.Unusable($"unrecognized archive format \"{format}\"; please specify \"c\", \"d\", or \"t\"");
        }
    }
}
