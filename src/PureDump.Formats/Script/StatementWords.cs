using System.Text;

namespace PureDump.Formats.Script;

/// <summary>
/// What the words of a statement say about it: whether a semicolon stands inside the body of a function, and how many
/// <c>COPY … FROM STDIN</c> it holds. Words are what stands outside quotes.
/// </summary>
/// <remarks>
/// <c>BEGIN ATOMIC</c> opens a body, not <c>BEGIN</c>: psql counts any BEGIN in a CREATE FUNCTION, and never ends that of a function
/// called begin; the word is not reserved and pg_dump does not quote it.
/// </remarks>
internal sealed class StatementWords
{
    private int _count;
    private Head _head;
    private int _bodyDepth;
    private bool _isAfterBegin;
    private Copy _copy;

    // How far the statement has come in CREATE [OR REPLACE] {FUNCTION | PROCEDURE}.
    private enum Head
    {
        None,
        Create,
        CreateOr,
        CreateOrReplace,
        Routine,
    }

    private enum Copy
    {
        None,
        Begun,
        From,
        Settled,
    }

    /// <summary>True between BEGIN ATOMIC and its END.</summary>
    public bool IsInBody => _bodyDepth > 0;

    /// <summary>How many times the statement asks for rows from the client.</summary>
    public int CopyFromStdinCount { get; private set; }

    /// <summary>A new statement.</summary>
    public void Restart()
    {
        RestartInBatch();
        CopyFromStdinCount = 0;
    }

    /// <summary>Takes over what is known of another statement.</summary>
    public void Set(StatementWords other)
    {
        (_count, _head, _bodyDepth, _isAfterBegin, _copy) = (other._count, other._head, other._bodyDepth, other._isAfterBegin, other._copy);
        CopyFromStdinCount = other.CopyFromStdinCount;
    }

    /// <summary>The next statement of a batch that goes to the server as one.</summary>
    public void RestartInBatch()
    {
        _count = 0;
        _head = Head.None;
        _bodyDepth = 0;
        _isAfterBegin = false;
        _copy = Copy.None;
    }

    /// <summary>Something that is no word and no comment.</summary>
    public void Other()
    {
        _isAfterBegin = false;
        if (_copy == Copy.From)
        {
            // FROM 'file'
            _copy = Copy.Settled;
        }
    }

    /// <summary>A word.</summary>
    /// <param name="word">Its letters.</param>
    /// <param name="parenthesisDepth">In how many parentheses it stands.</param>
    public void Take(ReadOnlySpan<byte> word, int parenthesisDepth)
    {
        if (_count <= 4)
        {
            TakeHead(word);
            _count++;
        }

        if (parenthesisDepth > 0)
        {
            return;
        }

        if (_head == Head.Routine)
        {
            TakeBody(word);
        }
        else if (_copy is Copy.Begun or Copy.From)
        {
            TakeCopy(word);
        }
    }

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> keyword) => Ascii.EqualsIgnoreCase(word, keyword);

    private void TakeHead(ReadOnlySpan<byte> word)
    {
        _head = (_count, _head) switch
        {
            (0, _) when Is(word, "create"u8) => Head.Create,
            (1, Head.Create) when Is(word, "or"u8) => Head.CreateOr,
            (2, Head.CreateOr) when Is(word, "replace"u8) => Head.CreateOrReplace,
            (1, Head.Create) or (3, Head.CreateOrReplace) when Is(word, "function"u8) || Is(word, "procedure"u8) => Head.Routine,
            _ => _head,
        };
        if (_count == 0 && Is(word, "copy"u8))
        {
            _copy = Copy.Begun;
        }
    }

    // psql counts any BEGIN. The word is not reserved, so a function or a column may be called so: only BEGIN ATOMIC opens a
    // body. A CASE in it ends with END too.
    private void TakeBody(ReadOnlySpan<byte> word)
    {
        bool isAfterBegin = _isAfterBegin;
        _isAfterBegin = Is(word, "begin"u8);
        if (isAfterBegin && Is(word, "atomic"u8))
        {
            _bodyDepth++;
        }
        else if (_bodyDepth > 0 && Is(word, "case"u8))
        {
            _bodyDepth++;
        }
        else if (_bodyDepth > 0 && Is(word, "end"u8))
        {
            _bodyDepth--;
        }
    }

    private void TakeCopy(ReadOnlySpan<byte> word)
    {
        if (_copy == Copy.Begun)
        {
            _copy = Is(word, "from"u8) ? Copy.From : Is(word, "to"u8) ? Copy.Settled : Copy.Begun;
            return;
        }

        _copy = Copy.Settled;
        CopyFromStdinCount += Is(word, "stdin"u8) ? 1 : 0;
    }
}
