using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>The rows of an answer to a question of PureDump's own, which knows how many columns it asked for.</summary>
/// <param name="question">The statement.</param>
/// <param name="columnCount">How many columns each row has.</param>
internal sealed class AnswerRows(string question, int columnCount)
{
    private long _size;

    /// <summary>The rows; null for NULL.</summary>
    public List<string?[]> Rows { get; } = [];

    /// <summary>Takes a DataRow.</summary>
    /// <exception cref="PureDumpException">It has another number of columns, or there are more rows than any answer has
    /// (<see cref="ErrorKind.Protocol"/>).</exception>
    public void Add(ReadOnlySpan<byte> body, Encoding encoding)
    {
        _size += body.Length + WireLimits.AnswerRowCost;
        if (_size > WireLimits.AnswerSizeMax)
        {
            throw new PureDumpException(
                ErrorKind.Protocol,
                $"the server's answer is larger than {WireLimits.AnswerSizeMax} bytes, to: {question}");
        }

        string?[] row = DataRow.Texts(body, encoding);
        Rows.Add(row.Length == columnCount ? row : throw Unexpected($"a row of {row.Length} columns"));
    }

    /// <summary>The error of an answer that does not fit the question.</summary>
    /// <param name="what">What came.</param>
    public PureDumpException Unexpected(string what) => new(ErrorKind.Protocol, $"the server answered with {what} to: {question}");
}
