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
    Psql = 256,
    PgRestore = 512,
    Convert = 1024,
    CreateDb = 2048,
    DropDb = 4096,
    PgIsReady = 8192,
    Copy = 16384,
    Live = Dumps | Copy,
    AnyLive = AnyDump | Copy,
    Dumps = Dump | PgDump,
    AnyDump = Dumps | PgDumpAll,
    Restores = Restore | PgRestore,
    Transfers = Dump | Restore,
    Archives = List | Verify | Show,
    Databases = CreateDb | DropDb,
    Tools = Databases | PgIsReady,
    All = Root | Transfers | Copy | Archives | Convert | PgDump | PgDumpAll | PgRestore | Psql | Tools,
}
