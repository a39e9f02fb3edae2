using PureDump.Cli.Options;
using PureDump.Cli.Talking;
using PureDump.Engine.Cluster;
using PureDump.Engine.Reading;
using PureDump.Engine.Selection;
using PureDump.Engine;
using PureDump.Formats.Archive.Cluster;
using PureDump.Formats.Archive;
using PureDump.Formats.Errors;
using PureDump.Formats.PgArchive;

namespace PureDump.Cli.Commands;

/// <summary><c>puredump restore</c>.</summary>
internal static class RestoreCommand
{
    /// <summary>What it is.</summary>
    public static RunnableVerb Verb { get; } = new()
    {
        Name = "restore",
        Synopses = ["[OPTION]... -d DBNAME [FILE|-]", "[OPTION]... -f SCRIPT [FILE|-]", "[OPTION]... -l [FILE|-]"],
        Summary = "restore an archive or an SQL script into a database, or make a script of one",
        Description =
            "Restores an archive, or a part of it, into a database. A target that already has objects of the same names is refused "
            + "before anything is done, unless -c says to replace them. An archive from standard input is restored while it arrives. "
            + "An SQL script (also compressed with gzip, lz4 or zstd) is run as it stands, and nothing but SQL in it. "
            + "The archive of a cluster makes its roles, tablespaces and databases on the server of -d. "
            + "With -f a script is written instead, with -l a list, which -L takes back edited.",
        Operands = [("FILE", "the archive or script; - is standard input, as is none")],
        Examples =
        [
            ("puredump restore -d shop_copy -j 4 shop.pdump", "restore into an empty database, four connections"),
            ("puredump restore -C -d postgres shop.pdump", "create the database as it was called, and restore into it"),
            ("puredump restore -c --if-exists -d shop --whole-table public.orders shop.pdump", "replace one table"),
            ("puredump dump -h db1 -d shop | puredump restore -d shop_copy", "from server to server"),
            ("puredump restore -d postgres -j 4 all.pdump", "a whole cluster: roles, tablespaces and every database"),
            ("puredump restore -d shop_copy --only-database shop all.pdump", "one database out of that of a cluster"),
        ],
        Options =
        [
            .. OptionGroups.Restoring, .. OptionGroups.Database, .. OptionGroups.Parts, .. OptionGroups.Login, .. OptionGroups.Talk,
            OptionTable.ForServer, OptionTable.ExcludeTableData, OptionTable.WholeTable, OptionTable.ExcludeWholeTable,
            OptionTable.ExcludeArchivedDatabase, OptionTable.OnlyDatabase, OptionTable.ArchivedGlobals, OptionTable.Salvage,
            OptionTable.Analyze, OptionTable.Stats, OptionTable.Help,
        ],
        Rules = RestoreRules.Restore,
        EndsWith = static kind => kind != ErrorKind.Catalog,
        Run = Run,
    };

    private static int Run(Invocation invocation)
    {
        GivenOptions options = invocation.Options;
        options.LimitOperands(1);
        int jobs = options.Jobs();
        RestoreSelection selection = RestoreArguments.Selection(invocation);
        options.Check(OptionScope.None);
        TransferReport.Check(options);
        options.Check(OptionScope.Files);
        ArchiveInput input = InputOperand.Of(invocation);
        if (ScriptRestore.Find(input) is { } script)
        {
            string database =
                options.Value(OptionTable.DatabaseName)
                ?? throw options.Unusable($"{OptionTable.DatabaseName.Label} must be specified for an SQL script");
            return ScriptRestore.Run(invocation, input, script, database);
        }

        string? member = null;
        if (input.IsOfCluster)
        {
            ClusterChoice choice = MemberOptions.Choice(options);
            member = MemberOptions.OnlyOne(options, choice);
            if (member is null)
            {
                return ClusterRestore.Run(invocation, input, choice, selection, jobs);
            }
        }
        else
        {
            options.Check(OptionScope.DatabaseArchive);
        }

        if (options.Has(OptionTable.ShowList))
        {
            ArchiveScript.WriteList(invocation, input, member, selection);
            return 0;
        }

        if (options.Has(OptionTable.ScriptFile))
        {
            return ReportScript(ArchiveScript.WriteScript(invocation, input, member, selection), invocation.Talk);
        }

        Check(input, member, options.Has(OptionTable.Salvage));
        RestoreRequest request = RestoreArguments.Request(
            options,
            selection,
            ConnectionOptions.Resolve(invocation, options.Value(OptionTable.DatabaseName)),
            jobs) with
        {
            Member = member,
        };
        RestoreResult result = Restore(invocation, input, request);
        return Report(result, request, invocation);
    }

    // Before a password is asked for or a server bothered: opening an archive reads its header, its end and its Toc.
    private static void Check(ArchiveInput input, string? member, bool isSalvage)
    {
        if (input.IsStream)
        {
            return;
        }

        if (isSalvage)
        {
            input.RequireOwn("of which nothing can be salvaged block by block");
            input.Read(stream =>
            {
                if (member is not null)
                {
                    using var cluster = new ClusterStreamReader(stream, _ => { });
                    return ClusterFile.Find(cluster.Databases, member);
                }

                using var reader = new ArchiveStreamReader(stream, _ => { });
                return 0;
            });
        }
        else if (input.IsOfPgDump)
        {
            PgArchiveReader.Open(input.Path!).Dispose();
        }
        else
        {
            input.OpenArchive(member).Dispose();
        }
    }

    private static RestoreResult Restore(Invocation invocation, ArchiveInput input, RestoreRequest request)
    {
        CancellationToken cancellation = invocation.Surroundings.Cancellation;
        try
        {
            if (!input.IsStream)
            {
                return RestoreOperation.FromFile(request, input.Path!, invocation.Talk, cancellation);
            }

            using Stream stream = input.Open();
            return RestoreOperation.FromStream(request, stream, invocation.Talk, cancellation);
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.ArchiveDamaged && e.Hint is null && !request.Salvage && !input.IsOfPgDump)
        {
            throw new PureDumpException(
                e.Kind,
                $"{input.Name}: {e.Message}",
                "puredump verify lists all damage; --salvage restores what is whole",
                e);
        }
    }

    private static int ReportScript(RestoreResult result, Talk talk)
    {
        string database = result.Toc.Origin.Database;
        talk.End(
            "scripted",
            $"wrote a script of database \"{database}\": "
                + $"{Amount.Moved(result.Toc.Entries.Count, talk.Tally.RowCount, talk.Tally.Bytes, talk.Elapsed)}",
            fields =>
            {
                fields.WriteString("database", database);
                fields.WriteNumber("entryCount", result.Toc.Entries.Count);
                fields.WriteNumber("rows", talk.Tally.RowCount);
                fields.WriteNumber("rawBytes", talk.Tally.Bytes);
            });
        return 0;
    }

    private static int Report(RestoreResult result, RestoreRequest request, Invocation invocation)
    {
        Talk talk = invocation.Talk;
        var outcome = new Outcome { FailureCount = result.FailureCount, LostCount = result.Lost.Count, WarningCount = talk.WarningCount };
        foreach (ArchiveFinding finding in result.Lost)
        {
            talk.Warn($"lost: {FindingText.Of(finding, result.Toc)}");
        }

        string database = request.CreateDatabase ? result.Toc.Origin.Database : request.Target.Database;
        string rest =
            $"into database \"{database}\": {Amount.Moved(result.Toc.Entries.Count, talk.Tally.RowCount, talk.Tally.Bytes, talk.Elapsed)}";
        return TransferReport.End(invocation, "restored", outcome, rest, fields =>
        {
            fields.WriteString("database", database);
            fields.WriteNumber("entryCount", result.Toc.Entries.Count);
            fields.WriteNumber("rows", talk.Tally.RowCount);
            fields.WriteNumber("rawBytes", talk.Tally.Bytes);
            fields.WriteNumber("failureCount", result.FailureCount);
            fields.WriteNumber("lostCount", result.Lost.Count);
            fields.WriteNumber("exitCode", outcome.ExitCode);
        }, fromServer: false, intoServer: true);
    }
}
