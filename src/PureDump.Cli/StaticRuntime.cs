using System.Runtime.InteropServices;

namespace PureDump.Cli;

/// <summary>
/// What a process must settle before anything else when it is one static file alone in an empty root. Called first in
/// Main, while there is one thread.
/// </summary>
internal static partial class StaticRuntime
{
    /// <summary>Settles the home directory and the name service.</summary>
    public static void Prepare()
    {
        // Without HOME the runtime asks /etc/passwd; without that file every TLS connection and every terminal fails.
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HOME")))
        {
            Environment.SetEnvironmentVariable("HOME", "/");
        }

#if STATIC_GLIBC
        // A name service module of the host (resolve, sss, mymachines) belongs to the host's C library; loading it
        // into ours ends in a crash. These sources need no module.
        PinNameService("hosts", "files dns");
        PinNameService("passwd", "files");
        PinNameService("group", "files");
#endif
    }

#if STATIC_GLIBC
    private static void PinNameService(string database, string sources)
    {
        if (ConfigureNameService(database, sources) != 0)
        {
            throw new InvalidOperationException($"the C library does not take '{sources}' as the name service of {database}");
        }
    }

    [LibraryImport("libc", EntryPoint = "__nss_configure_lookup", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ConfigureNameService(string database, string sources);
#endif
}
