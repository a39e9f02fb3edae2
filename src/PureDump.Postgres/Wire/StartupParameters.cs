using PureDump.Formats.Pg;
using PureDump.Postgres.Connection;

namespace PureDump.Postgres.Wire;

/// <summary>What a connection asks of its session beyond what the target says.</summary>
internal sealed record StartupParameters
{
    /// <summary>Nothing beyond the target.</summary>
    public static StartupParameters None { get; } = new();

    /// <summary>"true" for a physical, "database" for a logical replication connection; null for a common one.</summary>
    public string? Replication { get; init; }

    /// <summary>Takes the place of the target's application name; null keeps it.</summary>
    public string? ApplicationName { get; init; }

    /// <summary>
    /// The encoding of all text on the connection; null for what the server and the database say. A user whose name is not UTF-8 gets
    /// <see cref="EncodingToSet"/>: the server reports the name in the encoding that it is asked for, and could not.
    /// </summary>
    public string? ClientEncoding { get; init; } = "UTF8";

    /// <summary>Settings of the session by name, over those in the target's options. An empty value is a value.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The encoding that a statement has to set once the login is over; null where the start-up message asks for it.</summary>
    public string? EncodingToSet(ConnectionTarget target) => TypedText.IsUtf8(target.User) ? null : ClientEncoding;

    /// <summary>All that a start-up message says, by name.</summary>
    public List<KeyValuePair<string, string>> Of(ConnectionTarget target)
    {
        var session = new List<KeyValuePair<string, string>>
        {
            new("user", target.User),
            new("database", target.Database),
            new("application_name", ApplicationName ?? target.ApplicationName),
        };
        if (ClientEncoding is { } encoding && EncodingToSet(target) is null)
        {
            session.Add(new("client_encoding", encoding));
        }

        if (target.Options is { } options)
        {
            session.Add(new("options", options));
        }

        if (Replication is { } replication)
        {
            session.Add(new("replication", replication));
        }

        session.AddRange(Settings);
        return session;
    }
}
