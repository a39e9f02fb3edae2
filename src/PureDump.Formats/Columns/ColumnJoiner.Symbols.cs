using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PureDump.Formats.Columns;

/// <summary>Text in which bytes stand for words.</summary>
internal sealed partial class ColumnJoiner
{
    private void ReadSymbols(ref ImageInput input, Span<int> lengths)
    {
        int count = input.ReadUInt16();
        int singleCount = input.ReadByte();
        if (count > ColumnLimits.SymbolCountMax || singleCount > count)
        {
            throw ImageInput.Damaged($"has {count} words, {singleCount} of them with a byte of their own");
        }

        _symbols ??= new SymbolTable();
        _symbols.ReadCodes(ref input, count, singleCount);

        // The words stand behind the values that are there so far, and move to their table.
        Span<int> wordLengths = _symbols.Lengths[..count];
        int total = ReadLengths(ref input, wordLengths);
        int start = _valueLength;
        ReadArea(ref input, total);
        _valueLength = start;
        _symbols.Fill(_values.AsSpan(start, total), count, singleCount);
        ReadCodes(ref input, _symbols, lengths);
    }

    // Sixteen bytes are written for each code, and as many count as its word has.
    private void ReadCodes(ref ImageInput input, SymbolTable symbols, Span<int> lengths)
    {
        ReadOnlySpan<byte> codes = input.Take(isPlain: false, checked((int)Math.Min(input.ReadUInt32(), int.MaxValue)));
        ReadOnlySpan<byte> places = input.PlainLeft;
        ref byte values = ref MemoryMarshal.GetArrayDataReference(_values);
        int at = _valueLength;
        int begin = at;
        int value = 0;
        int placeCount = 0;
        foreach (byte code in codes)
        {
            int symbol = code;
            int length = symbols.LengthOf(symbol);
            if (length == SymbolTable.End)
            {
                if (value == lengths.Length)
                {
                    throw ImageInput.Damaged($"has more than {lengths.Length} values made of words");
                }

                lengths[value++] = at - begin;
                begin = at;
                continue;
            }

            if (length == SymbolTable.Shared)
            {
                symbol = symbols.Find(
                    code,
                    placeCount < places.Length ? places[placeCount] : throw ImageInput.Damaged("ends early: words lack their second byte"));
                placeCount++;
                length = symbols.LengthOf(symbol);
            }

            if (length > _valueLengthMax - at)
            {
                throw TooLong(at - _valueLength + (long)length);
            }

            symbols.BytesOf(symbol).StoreUnsafe(ref values, (nuint)at);
            at += length;
        }

        if (value != lengths.Length || begin != at)
        {
            throw ImageInput.Damaged($"has {value} values made of words, {lengths.Length} are due, or bytes behind the last one");
        }

        input.Take(isPlain: true, placeCount);
        _valueLength = at;
    }
}
