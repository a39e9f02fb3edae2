using PureDump.Engine.Replay;
using PureDump.Formats.Errors;

namespace PureDump.Cli.Printing;

/// <summary>
/// A result whose layout depends on all of its rows, and is held until it is whole. There is a limit to it; layouts that do
/// not need it print row by row.
/// </summary>
internal sealed class ResultTable(IReadOnlyList<ReplayColumn> columns)
{
    /// <summary>The most that is held, in bytes of values.</summary>
    public const int LengthMax = 256 << 20;

    private const int CellCountMax = 32 << 20;

    // What the types are whose values stand at the right (print.c, column_type_alignment).
    private static readonly HashSet<uint> s_rightTypes = [20, 21, 23, 26, 28, 29, 700, 701, 790, 1700, 5069];

    private readonly List<(int Start, int Length)> _cells = [];
    private byte[] _bytes = [];
    private int _length;

    /// <summary>The columns.</summary>
    public IReadOnlyList<ReplayColumn> Columns { get; } = columns;

    /// <summary>How many rows it has.</summary>
    public int RowCount { get; private set; }

    /// <summary>True where the values of a column stand at the right.</summary>
    public bool IsRight(int column) => IsRight(Columns[column].TypeOid);

    /// <summary>True where the values of a type stand at the right.</summary>
    public static bool IsRight(uint typeOid) => s_rightTypes.Contains(typeOid);

    /// <summary>Adds a row.</summary>
    /// <exception cref="PureDumpException">It is more than is held (<see cref="ErrorKind.ScriptRefused"/>).</exception>
    public void Add(ReplayRow row)
    {
        if (_length > LengthMax - row.Length || _cells.Count > CellCountMax)
        {
            throw new PureDumpException(
                ErrorKind.ScriptRefused,
                $"a result is too large to be aligned: it has more than {LengthMax >> 20} MiB or {CellCountMax >> 20} million values",
                "print it unaligned (-A) or as CSV (--csv), or use COPY ... TO STDOUT");
        }

        if (_bytes.Length - _length < row.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_length + row.Length, Math.Min(LengthMax, Math.Max(1 << 12, 2 * _bytes.Length))));
        }

        for (int i = 0; i < Columns.Count; i++)
        {
            if (row.Next(out ReadOnlySpan<byte> value))
            {
                value.CopyTo(_bytes.AsSpan(_length));
                _cells.Add((_length, value.Length));
                _length += value.Length;
            }
            else
            {
                _cells.Add((0, -1));
            }
        }

        RowCount++;
    }

    /// <summary>A value.</summary>
    /// <returns>False for NULL.</returns>
    public bool TryGet(int row, int column, out ReadOnlySpan<byte> value)
    {
        (int start, int length) = _cells[(row * Columns.Count) + column];
        value = length < 0 ? [] : _bytes.AsSpan(start, length);
        return length >= 0;
    }
}
