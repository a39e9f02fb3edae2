using PureDump.Formats.Script;

namespace PureDump.Engine.Replay;

/// <summary>Gets what a replay brings forth, in its order. All calls come from one thread; spans are valid during the call.</summary>
internal interface IReplayObserver
{
    /// <summary>True where <see cref="LineRead"/> is wanted; asked before each statement. Lines are then held whole.</summary>
    bool WantsLines { get; }

    /// <summary>A line of a script, before what stands on it is run; rows are none.</summary>
    void LineRead(ReadOnlySpan<byte> line);

    /// <summary>A statement is sent.</summary>
    void StatementBegins(ReadOnlySpan<byte> sql);

    /// <summary>A result with these columns follows.</summary>
    void ResultBegins(IReadOnlyList<ReplayColumn> columns);

    /// <summary>A row of the result.</summary>
    void Row(ReplayRow row);

    /// <summary>A statement is done.</summary>
    /// <param name="tag">The server's word for it: <c>INSERT 0 1</c>.</param>
    /// <param name="hasRows">True where it had columns.</param>
    void StatementEnds(string tag, bool hasRows);

    /// <summary>What a COPY TO STDOUT gives, in pieces of any size.</summary>
    void CopyOut(ReadOnlySpan<byte> bytes);

    /// <summary>A warning or notice of the server.</summary>
    void Notice(ReplayMessage message);

    /// <summary>Something failed.</summary>
    void Failed(ReplayMessage message);

    /// <summary>Something was passed over that nothing rests on.</summary>
    void Warned(ReplayMessage message);

    /// <summary>All that a message brought forth has come, or nothing was sent: options of <c>\g</c> end here.</summary>
    void MessageEnds();

    /// <summary>What a command shows of the script or the session.</summary>
    /// <param name="text">The text, without a line end behind it.</param>
    /// <param name="isTalk">It tells that something was done, which not everybody wants to hear.</param>
    void TextShown(ReadOnlySpan<byte> text, bool isTalk);

    /// <summary>A statement has failed, and what belongs to it was passed over.</summary>
    /// <param name="place">Where the script is; no text.</param>
    /// <param name="sql">The statement.</param>
    void StatementFailed(ReplayMessage place, ReadOnlySpan<byte> sql);

    /// <summary>A script has connected to another database, or as somebody else.</summary>
    void Reconnected(string database, string user);

    /// <summary>Runs a backslash command that is about showing and not about the server (<c>\echo</c>, <c>\pset</c>), or takes the options
    /// of one that sends a statement (<c>\gx</c>).</summary>
    /// <param name="command">The command.</param>
    /// <param name="error">Why it failed, or null.</param>
    /// <returns>False where it is none of those.</returns>
    bool TryRun(MetaCommand command, out string? error);
}

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name, in the client encoding.</param>
/// <param name="TypeOid">The number of its type.</param>
internal readonly record struct ReplayColumn(byte[] Name, uint TypeOid);

/// <summary>Something that was said about a place in a script.</summary>
/// <param name="Text">One or more lines, without a line end behind the last.</param>
/// <param name="IsServers">True where the server said it; else it is PureDump's own.</param>
/// <param name="Script">The name of the script, or null.</param>
/// <param name="Line">The line, 1 for the first; 0 where there is no script.</param>
internal sealed record ReplayMessage(string Text, bool IsServers, string? Script, long Line);
