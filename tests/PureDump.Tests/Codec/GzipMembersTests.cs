using System.IO.Compression;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;
using PureDump.TestSupport;

namespace PureDump.Tests.Codec;

/// <summary>Gzip data of one member and of several, as pigz, bgzip and <c>cat</c> make them.</summary>
public sealed class GzipMembersTests
{
    // RFC 1952: a header checksum, an extra field, a name and a comment.
    private const int OptionalParts = 4;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Members_one_behind_the_other_give_their_bytes_one_behind_the_other(int seed)
    {
        var random = new Random(seed);
        (byte[] stored, byte[] plain, _) = Members(random, random.Next(1, 6));

        Assert.Equal(plain, Read(stored, random));
    }

    // What tapes and block devices leave behind a file.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Zeros_behind_the_last_are_padding_and_anything_else_is_damage(int seed)
    {
        var random = new Random(seed);
        (byte[] stored, byte[] plain, _) = Members(random, random.Next(1, 4));
        byte[] padded = [.. stored, .. new byte[random.Next(1, 3000)]];

        Assert.Equal(plain, Read(padded, random));
        Assert.Equal(ErrorKind.ArchiveDamaged, Assert.Throws<PureDumpException>(() => Read([.. padded, 1], random)).Kind);
        Assert.Equal(ErrorKind.ArchiveDamaged, Assert.Throws<PureDumpException>(() => Read([.. stored, 1, 0], random)).Kind);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Cut_anywhere_but_between_members_they_are_damaged(int seed)
    {
        var random = new Random(seed);
        (byte[] stored, byte[] plain, Dictionary<int, int> borders) = Members(random, random.Next(1, 4));
        Assert.All(
            Enumerable.Range(1, stored.Length - 1).Where(length => length < 200 || length % 211 == 0 || stored.Length - length < 40),
            length =>
            {
                if (borders.TryGetValue(length, out int plainLength))
                {
                    Assert.Equal(plain[..plainLength], Read(stored[..length], random));
                }
                else
                {
                    Assert.Equal(ErrorKind.ArchiveDamaged, Assert.Throws<PureDumpException>(() => Read(stored[..length], random)).Kind);
                }
            }
        );
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_flipped_byte_gives_the_same_bytes_or_an_error(int seed)
    {
        var random = new Random(seed);
        (byte[] stored, byte[] plain, _) = Members(random, random.Next(1, 4));
        for (int i = 0; i < 40; i++)
        {
            byte[] flipped = [.. stored];
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            byte[]? read = null;
            try
            {
                read = Read(flipped, random);
            }
            catch (PureDumpException e)
            {
                Assert.Equal(ErrorKind.ArchiveDamaged, e.Kind);
            }

            Assert.True(read is null || read.AsSpan().SequenceEqual(plain));
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("00000000")]
    [InlineData("\x1f")]
    [InlineData("CREATE TABLE t ();\n")]
    public void What_is_no_member_behind_a_member_is_an_error(string more)
    {
        byte[] member = Member([1, 2, 3], CompressionLevel.Optimal, 0);

        Assert.Contains(
            "are damaged",
            Assert.Throws<PureDumpException>(() => Read([.. member, .. more.Select(static one => (byte)one)], new Random(1))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Many_empty_members_take_no_memory()
    {
        byte[] member = Member([], CompressionLevel.Optimal, 0);
        byte[] stored = [.. Enumerable.Repeat(member, 20_000).SelectMany(static one => one), .. Member([7], CompressionLevel.Optimal, 0)];

        Assert.Equal([7], Read(stored, new Random(1)));
    }

    // The bytes, what they stand for, and at which lengths a member ends with how much of it.
    private static (byte[] Stored, byte[] Plain, Dictionary<int, int> Borders) Members(Random random, int count)
    {
        var stored = new List<byte>();
        var plain = new List<byte>();
        var borders = new Dictionary<int, int>();
        for (int i = 0; i < count; i++)
        {
            byte[] content = new byte[
                random.Next(4) switch
                {
                    0 => 0,
                    1 => random.Next(20),
                    2 => random.Next(5_000),
                    _ => random.Next(120_000),
                }
            ];
            bool isNoise = random.Next(2) == 0;
            for (int at = 0; at < content.Length; at++)
            {
                content[at] = (byte)(isNoise ? random.Next(256) : at * at / 7);
            }

            stored.AddRange(
                Member(content, random.Next(2) == 0 ? CompressionLevel.Fastest : CompressionLevel.Optimal, random.Next(1 << OptionalParts))
            );
            plain.AddRange(content);
            borders[stored.Count] = plain.Count;
        }

        return ([.. stored], [.. plain], borders);
    }

    private static byte[] Member(byte[] content, CompressionLevel level, int parts)
    {
        using var output = new MemoryStream();
        using (var stream = new DeflateStream(output, level, leaveOpen: true))
        {
            stream.Write(content);
            stream.Flush();
        }

        byte[] deflated = content.Length == 0 ? [3, 0] : output.ToArray();
        List<byte> header =
        [
            0x1f,
            0x8b,
            8,
            (byte)(((parts & 1) << 1) | ((parts & 2) << 1) | ((parts & 4) << 1) | ((parts & 8) << 1)),
            1,
            2,
            3,
            4,
            0,
            3,
        ];
        header.AddRange((parts & 2) != 0 ? [3, 0, 9, 9, 9] : []);
        header.AddRange((parts & 4) != 0 ? "name\0"u8 : []);
        header.AddRange((parts & 8) != 0 ? "comment\0"u8 : []);
        header.AddRange((parts & 1) != 0 ? System.IO.Hashing.Crc32.Hash([.. header]).AsSpan(0, 2) : []);
        return [.. header, .. deflated, .. System.IO.Hashing.Crc32.Hash(content), .. BitConverter.GetBytes(content.Length)];
    }

    private static byte[] Read(byte[] stored, Random random)
    {
        using var pieces = new PiecewiseStream(stored, random);
        using var stream = new DecompressedStream(pieces, StreamMethod.Gzip, isZlib: false, "x");
        using var plain = new MemoryStream();
        stream.CopyTo(plain, random.Next(1, 40_000));
        return plain.ToArray();
    }

    private sealed class PiecewiseStream(byte[] bytes, Random random) : ReadOnlyStream
    {
        private int _position;

        public override int Read(Span<byte> buffer)
        {
            int length = Math.Min(Math.Min(buffer.Length, random.Next(3) == 0 ? 1 : random.Next(1, 30_000)), bytes.Length - _position);
            bytes.AsSpan(_position, length).CopyTo(buffer);
            _position += length;
            return length;
        }
    }
}
