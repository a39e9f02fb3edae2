namespace PureDump.Formats.Errors;

/// <summary>
/// Turns what the machine cannot give into PureDump's errors: the program is not at fault. A thread that cannot be started and memory that
/// is not there are one exception to .NET (Thread.Start throws OutOfMemoryException for both).
/// </summary>
internal static class MachineErrors
{
    /// <summary>The error that an exception or one of its causes stands for; null where the machine had enough of everything.</summary>
    public static PureDumpException? Find(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is OutOfMemoryException or ThreadStartException)
            {
                return new PureDumpException(
                    ErrorKind.File,
                    "the machine gives no more memory or threads",
                    "take fewer jobs (-j), or raise the limits: ulimit -u and -v, or pids.max and memory.max of a container",
                    exception);
            }
        }

        return null;
    }
}
