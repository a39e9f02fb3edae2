namespace PureDump.Formats.Errors;

/// <summary>Turns what the file system answers into PureDump's errors.</summary>
internal static class FileErrors
{
    /// <summary>True for what <see cref="Translate"/> takes.</summary>
    public static bool IsKnown(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>The error of a failed step.</summary>
    /// <param name="exception">One that <see cref="IsKnown"/>.</param>
    /// <param name="step">What could not be done, to which file: <c>could not open "x"</c>.</param>
    public static PureDumpException Translate(Exception exception, string step)
    {
        // .NET's sentences repeat the path, and end in a full stop.
        string reason = exception switch
        {
            FileNotFoundException => "there is no such file",
            DirectoryNotFoundException => "there is no such directory",
            UnauthorizedAccessException => "permission denied",
            _ => exception.Message.TrimEnd('.'),
        };
        return new PureDumpException(ErrorKind.File, $"{step}: {reason}", null, exception);
    }

    /// <summary>As <see cref="Translate"/>, with the reason in the words of the system's C library, as PostgreSQL's programs give
    /// it.</summary>
    public static PureDumpException TranslateAsErrno(Exception exception, string step)
    {
        string reason = exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => "No such file or directory",
            UnauthorizedAccessException => "Permission denied",
            _ => exception.Message.TrimEnd('.'),
        };
        return new PureDumpException(ErrorKind.File, $"{step}: {reason}", null, exception);
    }
}
