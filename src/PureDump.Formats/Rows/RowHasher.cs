using System.Buffers.Binary;
using System.IO.Hashing;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Rows;

/// <summary>Takes the digest of rows that come in blocks of COPY's text or binary format, one after the other, on one thread.</summary>
internal sealed class RowHasher
{
    private readonly XxHash3 _large = new();

    /// <summary>The digest of the rows that end in a block; a row larger than a block counts in the last of its frames.</summary>
    /// <exception cref="PureDumpException">The block does not hold whole rows (<see cref="ErrorKind.Protocol"/>).</exception>
    public RowDigest Add(RowBlock block)
    {
        if (block.IsContinuation || block.Continues)
        {
            return AddPart(block);
        }

        return block.Format switch
        {
            RowFormat.Binary => AddBinary(block.Bytes),
            RowFormat.Text => AddText(block.Bytes),
            _ => throw new ArgumentException($"rows in the format {block.Format} have no digest", nameof(block)),
        };
    }

    private RowDigest AddPart(RowBlock block)
    {
        if (!block.IsContinuation)
        {
            _large.Reset();
        }

        _large.Append(block.Bytes);
        return block.Continues ? default : new RowDigest(1, _large.GetCurrentHashAsUInt64());
    }

    private static RowDigest AddText(ReadOnlySpan<byte> rows)
    {
        long count = 0;
        UInt128 sum = 0;
        while (!rows.IsEmpty)
        {
            // Line feeds inside of values are escaped.
            int length = rows.IndexOf((byte)'\n') + 1;
            if (length == 0)
            {
                throw NotWhole("the last line does not end");
            }

            sum += XxHash3.HashToUInt64(rows[..length]);
            rows = rows[length..];
            count++;
        }

        return new RowDigest(count, sum);
    }

    private static RowDigest AddBinary(ReadOnlySpan<byte> rows)
    {
        long count = 0;
        UInt128 sum = 0;
        while (!rows.IsEmpty)
        {
            int length = BinaryLength(rows);
            sum += XxHash3.HashToUInt64(rows[..length]);
            rows = rows[length..];
            count++;
        }

        return new RowDigest(count, sum);
    }

    private static int BinaryLength(ReadOnlySpan<byte> rows)
    {
        if (rows.Length < sizeof(short))
        {
            throw NotWhole("the last row has no number of fields");
        }

        int at = sizeof(short);
        for (int left = BinaryPrimitives.ReadInt16BigEndian(rows); left > 0; left--)
        {
            if (rows.Length - at < sizeof(int))
            {
                throw NotWhole("the last row ends before the length of a field");
            }

            int length = BinaryPrimitives.ReadInt32BigEndian(rows[at..]);
            at += sizeof(int);
            if (length > rows.Length - at)
            {
                throw NotWhole($"a field of {length} bytes ends behind the last row");
            }

            at += Math.Max(length, 0);
        }

        return at;
    }

    private static PureDumpException NotWhole(string what) => new(ErrorKind.Protocol, $"a block does not hold whole rows: {what}");
}
