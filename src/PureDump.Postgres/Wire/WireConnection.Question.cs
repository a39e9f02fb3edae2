using System.Globalization;
using System.Net.Sockets;
using PureDump.Formats.Errors;

namespace PureDump.Postgres.Wire;

/// <summary>
/// Questions of PureDump's own. Whoever asks says what the answer looks like, and gets that or an error which names the question: what a
/// server says is never an index out of range or a number that cannot be read.
/// </summary>
internal sealed partial class WireConnection
{
    /// <summary>Asks for rows, as text; null for NULL. For small answers.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="columnCount">How many columns it gives.</param>
    /// <exception cref="PureDumpException">The server's error; or the answer has other columns, or is larger than
    /// <see cref="WireLimits.AnswerSizeMax"/> (<see cref="ErrorKind.Protocol"/>).</exception>
    public List<string?[]> Query(string sql, int columnCount) => Ask(sql, columnCount).Rows;

    /// <summary>Asks for one row.</summary>
    /// <exception cref="PureDumpException">As for <see cref="Query"/>; or there are more rows, or none (<see
    /// cref="ErrorKind.Protocol"/>).</exception>
    public string?[] QueryRow(string sql, int columnCount)
    {
        AnswerRows answer = Ask(sql, columnCount);
        return answer.Rows is [var row] ? row : throw answer.Unexpected($"{answer.Rows.Count} rows");
    }

    /// <summary>Asks for one value, which may be NULL.</summary>
    /// <exception cref="PureDumpException">As for <see cref="QueryRow"/>.</exception>
    public string? QueryValueOrNull(string sql) => QueryRow(sql, 1)[0];

    /// <summary>Asks for one value.</summary>
    /// <exception cref="PureDumpException">As for <see cref="QueryRow"/>; or it is NULL (<see cref="ErrorKind.Protocol"/>).</exception>
    public string QueryValue(string sql) => QueryValueOrNull(sql) ?? throw new AnswerRows(sql, 1).Unexpected("NULL");

    /// <summary>Asks for a number that is not negative.</summary>
    /// <exception cref="PureDumpException">As for <see cref="QueryValue"/>; or it is none (<see cref="ErrorKind.Protocol"/>).</exception>
    public long QueryNumber(string sql)
    {
        string value = QueryValue(sql);
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new AnswerRows(sql, 1).Unexpected($"\"{value}\" in place of a number");
    }

    /// <summary>Puts a question that <see cref="AnswerOf"/> is asked for next, and nothing else is.</summary>
    public void Put(string sql) => SendQuery(sql);

    /// <summary>Whether an answer is there to be read within so long.</summary>
    public bool IsAnswered(TimeSpan patience) =>
        _reader.End > _reader.Start || Poll((int)patience.TotalMicroseconds, SelectMode.SelectRead);

    /// <summary>The answer to what was put: one value, which may be NULL. Waits for it.</summary>
    /// <exception cref="PureDumpException">As for <see cref="QueryValueOrNull"/>.</exception>
    public string? AnswerOf(string sql)
    {
        AnswerRows answer = Read(sql, 1);
        return answer.Rows is [[var value]] ? value : throw answer.Unexpected($"{answer.Rows.Count} rows");
    }

    private AnswerRows Ask(string sql, int columnCount)
    {
        SendQuery(sql);
        return Read(sql, columnCount);
    }

    private AnswerRows Read(string sql, int columnCount)
    {
        var answer = new AnswerRows(sql, columnCount);
        ReadResult(answer);
        return answer;
    }
}
