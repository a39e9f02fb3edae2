namespace PureDump.Postgres.Connection;

/// <summary>
/// The password the user types: asked for once, then remembered for the other connections of the run, some of which start
/// at the same moment on other threads.
/// </summary>
internal sealed class PromptedPassword(Func<string, string?> prompt)
{
    private readonly Lock _lock = new();
    private string? _value;
    private bool _isAsked;

    /// <summary>What was typed, without asking.</summary>
    public string? Known
    {
        get
        {
            lock (_lock)
            {
                return _value;
            }
        }
    }

    /// <summary>What was or is now typed; null where there was nobody to ask.</summary>
    public string? Ask(string user)
    {
        lock (_lock)
        {
            if (!_isAsked)
            {
                _isAsked = true;
                _value = prompt($"Password for user {user}: ");
            }

            return _value;
        }
    }
}
