using System.Buffers;

namespace PureDump.Cli.Commands;

/// <summary>Prints rows of COPY's text format up to a number of them; what comes behind is dropped.</summary>
/// <param name="output">Where to.</param>
/// <param name="limit">How many rows; null for all.</param>
internal sealed class RowPrinter(Stream output, int? limit) : IBufferWriter<byte>
{
    private const int RoomSize = 1 << 16;

    private readonly byte[] _room = new byte[RoomSize];
    private int? _left = limit;

    /// <summary>True where no more rows are wanted.</summary>
    public bool IsFull => _left == 0;

    /// <summary>Prints rows or parts of rows.</summary>
    public void Print(ReadOnlySpan<byte> rows)
    {
        // A line feed ends a row; one inside a value is escaped.
        int end = _left is null ? rows.Length : 0;
        while (_left > 0 && end < rows.Length)
        {
            int lineEnd = rows[end..].IndexOf((byte)'\n');
            if (lineEnd < 0)
            {
                end = rows.Length;
                break;
            }

            end += lineEnd + 1;
            _left--;
        }

        output.Write(rows[..end]);
    }

    /// <inheritdoc/>
    public void Advance(int count) => Print(_room.AsSpan(0, count));

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => Checked(sizeHint);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Checked(sizeHint);

    private byte[] Checked(int sizeHint) =>
        sizeHint <= RoomSize
            ? _room
            : throw new ArgumentOutOfRangeException(nameof(sizeHint), sizeHint, $"at most {RoomSize} bytes are written at once");
}
