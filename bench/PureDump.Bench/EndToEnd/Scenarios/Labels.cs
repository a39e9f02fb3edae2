using PureDump.Bench.EndToEnd.Peers;

namespace PureDump.Bench.EndToEnd.Scenarios;

/// <summary>What contestants are called in the results; the bars find them by it.</summary>
internal static class Labels
{
    /// <summary>The codec that PureDump takes by itself.</summary>
    public const string UsualCodec = "zstd:1";

    /// <summary>Two sessions of the server that send their rows nowhere.</summary>
    public const string ServerAlone = "server alone";

    public const string PgCopyDb = "pgcopydb";

    /// <summary>A build of PureDump with a codec.</summary>
    public static string PureDump(string program, string codec) => $"{program} {codec}";

    /// <summary>pg_dump's directory.</summary>
    public static string Directory(int major, string codec) => $"pg_dump {major} -Fd {codec}";

    /// <summary>pg_dump's custom file, as it is by default.</summary>
    public static string Custom(int major) => $"pg_dump {major} -Fc gzip";

    /// <summary>pg_restore from a directory.</summary>
    public static string Restore(int major, string codec) => $"pg_restore {major} -Fd {codec}";

    /// <summary>PureDump's verb for two servers.</summary>
    public static string Copy(string program) => $"{program} copy";

    /// <summary>Two programs and a pipe.</summary>
    public static string Pipe(string program) => $"{program} dump | restore";

    /// <summary>pg_dump into a directory, then pg_restore.</summary>
    public static string DumpThenRestore(int major, string codec) => $"pg_dump {major} -Fd {codec}, then pg_restore";

    /// <summary>pg_dump and psql and a pipe.</summary>
    public static string PgPipe(int major) => $"pg_dump {major} | psql";
}
