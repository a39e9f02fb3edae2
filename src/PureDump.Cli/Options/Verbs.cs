namespace PureDump.Cli.Options;

/// <summary>The verbs an option belongs to.</summary>
[Flags]
internal enum Verbs
{
    Root = 1,
    Dump = 2,
    Restore = 4,
    List = 8,
    Verify = 16,
    Show = 32,
    PgDump = 64,
    PgDumpAll = 128,
    PgRestore = 256,
    Dumps = Dump | PgDump,
    AnyDump = Dumps | PgDumpAll,
    Restores = Restore | PgRestore,
    Transfers = Dump | Restore,
    Archives = List | Verify | Show,
    All = Root | Transfers | Archives | PgDump | PgDumpAll | PgRestore,
}
