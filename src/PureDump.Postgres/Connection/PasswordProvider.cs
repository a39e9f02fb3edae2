namespace PureDump.Postgres.Connection;

/// <summary>Gives each connection its password when it begins: one that ages, such as a token, is never used for longer than
/// that.</summary>
/// <param name="provide">Of the application; called by several threads at once.</param>
internal sealed class PasswordProvider(Func<CancellationToken, ValueTask<string>> provide)
{
    /// <summary>The password of a connection that is about to begin. The calling thread waits for it.</summary>
    /// <exception cref="PureDumpException">There is none (<see cref="ErrorKind.Authentication"/>), or
    /// <see cref="ErrorKind.Cancelled"/>.</exception>
    public string Next(CancellationToken cancellation)
    {
        try
        {
            return provide(cancellation).AsTask().WaitAsync(cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException e) when (cancellation.IsCancellationRequested)
        {
            throw new PureDumpException(ErrorKind.Cancelled, "cancelled while waiting for a password", null, e);
        }
        catch (Exception e)
        {
            throw new PureDumpException(ErrorKind.Authentication, $"the password provider failed: {e.Message}", null, e);
        }
    }
}
