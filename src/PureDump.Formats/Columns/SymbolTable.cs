using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PureDump.Formats.Columns;

/// <summary>
/// What each code of a column stands for (formats/pdump.md, section 4.4): itself, a word, the end of a value, or one of the words that
/// share it.
/// </summary>
internal sealed class SymbolTable
{
    /// <summary>The length of the code that ends a value.</summary>
    public const int End = 32;

    /// <summary>The length of a code that words share: the next byte of the plain part says which one.</summary>
    public const int Shared = 33;

    private const int CodeCount = 256;

    // First those of the codes, then those of the words that share one.
    private readonly Vector128<byte>[] _bytes = new Vector128<byte>[CodeCount + ColumnLimits.SymbolCountMax];
    private readonly byte[] _lengths = new byte[CodeCount + ColumnLimits.SymbolCountMax];

    // Of the words, while they are read.
    private readonly int[] _wordLengths = new int[ColumnLimits.SymbolCountMax];

    // Where the words of a shared code begin and end among those above.
    private readonly int[] _pageStarts = new int[CodeCount];
    private readonly byte[] _codes = new byte[CodeCount];
    private int _sharedEnd;

    /// <summary>The lengths of the words, to be read.</summary>
    public Span<int> Lengths => _wordLengths;

    /// <summary>The bytes of a symbol, zeros behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<byte> BytesOf(int symbol) => _bytes[symbol];

    /// <summary>The length of a symbol: 1 to 16, <see cref="End"/> or <see cref="Shared"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LengthOf(int symbol) => _lengths[symbol];

    /// <summary>The symbol of a word that shares its code.</summary>
    /// <param name="code">The code, which is a shared one.</param>
    /// <param name="place">The number of the word among those that share it.</param>
    /// <exception cref="Errors.PureDumpException">There is no such word.</exception>
    public int Find(byte code, byte place)
    {
        int symbol = _pageStarts[code] + place;
        return symbol < _sharedEnd
            ? symbol
            : throw ImageInput.Damaged($"names word {place} of those that share the code {code}, which is not there");
    }

    /// <summary>Reads the codes.</summary>
    /// <param name="input">Stands at them.</param>
    /// <param name="count">The words.</param>
    /// <param name="singleCount">Those with a code of their own.</param>
    /// <exception cref="Errors.PureDumpException">They are more than there are bytes, or one stands there twice.</exception>
    public void ReadCodes(ref ImageInput input, int count, int singleCount)
    {
        int codeCount = 1 + singleCount + (count - singleCount + 255) / 256;
        if (codeCount > CodeCount)
        {
            throw ImageInput.Damaged($"has {codeCount} codes of one byte");
        }

        input.Take(isPlain: false, codeCount).CopyTo(_codes);
        _lengths.AsSpan(0, CodeCount).Fill(1);
        foreach (byte code in _codes.AsSpan(0, codeCount))
        {
            if (_lengths[code] == Shared)
            {
                throw ImageInput.Damaged($"has the code {code} twice");
            }

            _lengths[code] = Shared;
        }

        for (int code = 0; code < CodeCount; code++)
        {
            _bytes[code] = Vector128.CreateScalar((byte)code);
        }

        _lengths[_codes[0]] = End;
    }

    /// <summary>Takes the words, whose <see cref="Lengths"/> were read.</summary>
    /// <param name="words">One behind the other.</param>
    /// <param name="count">How many.</param>
    /// <param name="singleCount">Those with a code of their own.</param>
    /// <exception cref="Errors.PureDumpException">One is empty or too long.</exception>
    public void Fill(ReadOnlySpan<byte> words, int count, int singleCount)
    {
        Span<byte> word = stackalloc byte[ColumnLimits.SymbolLengthMax];
        for (int i = 0; i < count; i++)
        {
            int length = _wordLengths[i];
            if (length is < 1 or > ColumnLimits.SymbolLengthMax)
            {
                throw ImageInput.Damaged($"has a word of {length} bytes");
            }

            word.Clear();
            words[..length].CopyTo(word);
            words = words[length..];
            int symbol = i < singleCount ? _codes[1 + i] : CodeCount + i - singleCount;
            _bytes[symbol] = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(word));
            _lengths[symbol] = (byte)length;
        }

        _sharedEnd = CodeCount + count - singleCount;
        for (int page = 0; page < (count - singleCount + 255) / 256; page++)
        {
            _pageStarts[_codes[1 + singleCount + page]] = CodeCount + 256 * page;
        }
    }
}
