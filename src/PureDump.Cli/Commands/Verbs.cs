using PureDump.Cli.Options;

namespace PureDump.Cli.Commands;

/// <summary>What the program can be told to do.</summary>
internal static class Verbs
{
    /// <summary>All commands, in the order of the help page.</summary>
    public static IReadOnlyList<RunnableVerb> All { get; } =
    [
        DumpCommand.Verb,
        RestoreCommand.Verb,
        CopyCommand.Verb,
        ListCommand.Verb,
        VerifyCommand.Verb,
        ShowCommand.Verb,
        ConvertCommand.Verb,
        PgDumpCommand.Verb,
        PgDumpAllCommand.Verb,
        PgRestoreCommand.Verb,
        PsqlCommand.Verb,
        CreateDbCommand.Verb,
        DropDbCommand.Verb,
        PgIsReadyCommand.Verb,
    ];

    /// <summary>The program itself, called without a command.</summary>
    public static Verb Program { get; } = new()
    {
        Name = "puredump",
        Synopses = ["COMMAND [OPTION]...", "COMMAND --help", "--version"],
        Summary = "",
        Description =
            "Dumps, restores and inspects PostgreSQL databases (13 to 19) without any PostgreSQL client program. "
            + "Options are spelled as those of pg_dump and pg_restore, and the PG* environment variables, passfile and service file "
            + "work as with libpq.",
        Examples =
        [
            ("puredump dump -d shop -j 4 -f shop.pdump", "dump with four connections into one file"),
            ("puredump restore shop.pdump -d shop_copy -j 4", "restore it into an empty database"),
        ],
        Options = OptionGroups.About,
        EndsWith = static _ => true,
        Commands = All,
    };
}
