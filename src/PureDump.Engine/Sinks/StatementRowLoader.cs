using System.Buffers;
using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Rows;

namespace PureDump.Engine.Sinks;

/// <summary>Loads rows that are INSERT statements.</summary>
/// <param name="sink">Whose connection it is.</param>
/// <param name="session">Where they go.</param>
/// <param name="runner">Switches the triggers of a table.</param>
/// <param name="entry">Whose rows.</param>
/// <remarks>
/// INSERT statements of an archive made with <c>--inserts</c> run table by table in a transaction: as with COPY a table's rows are there
/// or not; pg_restore runs each by itself, and a failed one leaves a hole.
/// </remarks>
internal sealed class StatementRowLoader(LiveSink sink, TargetSession session, StatementRunner runner, TocEntry entry) : IRowLoader
{
    // As much as the server takes into one string.
    private const int StatementLengthMax = 0x3fffffff;

    private readonly ArrayBufferWriter<byte> _statement = new();

    /// <inheritdoc/>
    public void Write(RowBlock block)
    {
        if (!block.IsContinuation)
        {
            _statement.Clear();
        }

        if (_statement.WrittenCount + block.Length > StatementLengthMax)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"a statement has more than {StatementLengthMax} bytes, which no server takes");
        }

        _statement.Write(block.Bytes);
        if (block.Continues)
        {
            return;
        }

        if (!session.IsInTransaction && !sink.Options.IsInTransaction)
        {
            runner.DisableTriggers(entry);
            session.BecomeOwner(entry);
            session.Begin();
        }

        session.ExecuteRow(entry, Text(_statement.WrittenSpan));
        _statement.Clear();
    }

    /// <inheritdoc/>
    public void End()
    {
        // Each statement was answered.
    }

    /// <inheritdoc/>
    public void Abort() => _statement.Clear();

    private string Text(ReadOnlySpan<byte> statement)
    {
        try
        {
            return TextEncoding.Of(sink.Origin.Encoding).GetString(statement);
        }
        catch (DecoderFallbackException e)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged, $"a statement of {entry.Label} is no {TextEncoding.Shown(sink.Origin.Encoding)}", null, e);
        }
    }
}
