using PureDump.Postgres.Wire;

namespace PureDump.Engine.Replay;

/// <summary>A row of a result, walked field by field: text in the client encoding.</summary>
public ref struct ReplayRow
{
    private ReadOnlySpan<byte> _rest;

    internal ReplayRow(ReadOnlySpan<byte> body)
    {
        Count = DataRow.Count(ref body);
        _rest = body;
    }

    /// <summary>How many fields it has.</summary>
    public int Count { get; }

    /// <summary>How long the values are altogether, and a little more.</summary>
    public readonly int Length => _rest.Length;

    /// <summary>Takes the next field.</summary>
    /// <param name="value">Its value.</param>
    /// <returns>False for NULL.</returns>
    /// <exception cref="Formats.Errors.PureDumpException">The server sent fewer (<see cref="Formats.Errors.ErrorKind.Protocol"/>).</exception>
    public bool Next(out ReadOnlySpan<byte> value) => DataRow.Next(ref _rest, out value);
}
