using PureDump.Formats.Errors;

namespace PureDump.Engine.Replay;

/// <summary>What becomes of the last result of a message.</summary>
internal enum ResultUse
{
    /// <summary>It is shown.</summary>
    Shown,

    /// <summary>Its only row becomes variables (<c>\gset</c>).</summary>
    Stored,

    /// <summary>Each of its values is a statement to be run (<c>\gexec</c>).</summary>
    Executed,
}

/// <summary>A result that is not shown unless another one follows it: only then is it known not to be the last. There is a limit to
/// it.</summary>
internal sealed class HeldResult
{
    /// <summary>The most that is held, in bytes.</summary>
    public const int LengthMax = 256 << 20;

    private const int RowOverhead = 32;

    private readonly List<byte[]> _rows = [];
    private long _length;

    /// <summary>The columns; empty before the first result.</summary>
    public IReadOnlyList<ReplayColumn> Columns { get; private set; } = [];

    /// <summary>How many rows it has.</summary>
    public int RowCount => _rows.Count;

    /// <summary>True where a result is held and whole.</summary>
    public bool IsWhole { get; private set; }

    private string Tag { get; set; } = "";

    /// <summary>A result with these columns begins.</summary>
    public void Begin(IReadOnlyList<ReplayColumn> columns)
    {
        Columns = columns;
        IsWhole = false;
        _rows.Clear();
        _length = 0;
    }

    /// <summary>Adds a row.</summary>
    /// <exception cref="PureDumpException">It is more than is held (<see cref="ErrorKind.ScriptRefused"/>).</exception>
    public void Add(ReadOnlySpan<byte> body)
    {
        _length += body.Length + RowOverhead;
        if (_length > LengthMax)
        {
            throw new PureDumpException(ErrorKind.ScriptRefused, $"the result of \\gset or \\gexec is larger than {LengthMax >> 20} MiB");
        }

        _rows.Add(body.ToArray());
    }

    /// <summary>The result is whole.</summary>
    public void End(string tag)
    {
        IsWhole = true;
        Tag = tag;
    }

    /// <summary>Shows what is held, if anything is, and forgets it.</summary>
    public void Show(IReplayObserver observer)
    {
        if (!IsWhole)
        {
            return;
        }

        observer.ResultBegins(Columns);
        _rows.ForEach(row => observer.Row(new ReplayRow(row)));
        observer.StatementEnds(Tag, hasRows: true);
        Begin([]);
    }

    /// <summary>The values of a row, null for NULL.</summary>
    public List<byte[]?> Row(int index)
    {
        var row = new ReplayRow(_rows[index]);
        var values = new List<byte[]?>(row.Count);
        for (int left = row.Count; left > 0; left--)
        {
            values.Add(row.Next(out ReadOnlySpan<byte> value) ? value.ToArray() : null);
        }

        return values;
    }
}
