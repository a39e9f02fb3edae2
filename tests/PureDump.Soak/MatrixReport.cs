namespace PureDump.Soak;

/// <summary>What came out: a count for each row and column, and some of what failed, each with what to run again.</summary>
internal sealed class MatrixReport
{
    private readonly Dictionary<(string Row, string Column), string> _counts = [];
    private readonly List<string> _rows = [];
    private readonly List<string> _columns = [];

    /// <summary>Above the table: on what, and what the counts are.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>What went wrong: the first ones of each cell.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>How many cases failed; 0 when all went well.</summary>
    public int FailureCount { get; set; }

    /// <summary>The rows of the table, in the order in which they came.</summary>
    public IReadOnlyList<string> Rows => _rows;

    /// <summary>Its columns.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>Sets a count.</summary>
    public void Set(string row, string column, string count)
    {
        if (!_rows.Contains(row))
        {
            _rows.Add(row);
        }

        if (!_columns.Contains(column))
        {
            _columns.Add(column);
        }

        _counts[(row, column)] = count;
    }

    /// <summary>A count, or a dash.</summary>
    public string Count(string row, string column) => _counts.GetValueOrDefault((row, column), "-");
}
