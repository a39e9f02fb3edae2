using Microsoft.Extensions.Logging;

namespace PureDump;

/// <summary>What is logged of an operation. No message holds a password or a row.</summary>
internal static partial class OperationLog
{
    /// <summary>It begins.</summary>
    [LoggerMessage(1, LogLevel.Information, "{Operation} begins")]
    public static partial void OperationBegins(this ILogger logger, string operation);

    /// <summary>It is done.</summary>
    [LoggerMessage(2, LogLevel.Information, "{Operation} is done")]
    public static partial void OperationEnds(this ILogger logger, string operation);

    /// <summary>It failed; a cancelled one did not.</summary>
    [LoggerMessage(3, LogLevel.Error, "{Operation} failed")]
    public static partial void OperationFailed(this ILogger logger, string operation, Exception error);

    /// <summary>A <see cref="TransferWarning"/>.</summary>
    [LoggerMessage(4, LogLevel.Warning, "{Operation}: {Message}")]
    public static partial void OperationWarns(this ILogger logger, string operation, string message);

    /// <summary>An <see cref="PureDump.EntryFailed"/>.</summary>
    [LoggerMessage(5, LogLevel.Error, "{Operation}: {Entry} failed and was passed over")]
    public static partial void EntryFailed(this ILogger logger, string operation, string entry, Exception error);

    /// <summary>An entry is done.</summary>
    [LoggerMessage(6, LogLevel.Debug, "{Operation}: the rows of {Entry} have moved")]
    public static partial void EntryMoved(this ILogger logger, string operation, string entry);
}
