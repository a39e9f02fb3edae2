using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using K4os.Compression.LZ4;
using PureDump.Formats.Codec;
using PureDump.TestSupport;

namespace PureDump.Tests.Codec;

public sealed class Lz4FrameTests
{
    [Theory]
    [InlineData("")]
    [InlineData("-12")]
    [InlineData("-BD")]
    [InlineData("-BX -B4")]
    [InlineData("--content-size -BD -9")]
    [InlineData("--no-frame-crc")]
    public void What_the_lz4_program_writes_is_read(string options)
    {
        string program = Requirement.Met(static () =>
            Command.Find("lz4") ?? throw new ServerUnavailableException("the program lz4 is not installed"));
        byte[] content = Content();
        string folder = Directory.CreateTempSubdirectory("puredump-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "plain"), content);
            Command
                .Run(program, [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-q", "plain", "frame.lz4"], folder)
                .Succeeded();

            Assert.Equal(content, Plain(File.ReadAllBytes(Path.Combine(folder, "frame.lz4"))));

            File.WriteAllBytes(Path.Combine(folder, "ours.lz4"), Frame(content, 1));
            Command.Run(program, ["-dq", "ours.lz4", "back"], folder).Succeeded();
            Assert.Equal(content, File.ReadAllBytes(Path.Combine(folder, "back")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Frames_follow_one_another_with_foreign_ones_between()
    {
        byte[] foreign = [0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];

        Assert.Equal(
            "onetwo"u8.ToArray(),
            Plain([.. foreign, .. Frame("one"u8.ToArray(), 1), .. foreign, .. Frame([], 1), .. Frame("two"u8.ToArray(), 9)]));
    }

    [Fact]
    public void A_flipped_byte_is_found_or_changes_nothing_and_every_cut_is_found()
    {
        byte[] content = [.. Content().Take(2000)];
        byte[] frame = Frame(content, 1);

        Assert.All(Enumerable.Range(0, frame.Length), at =>
        {
            byte[] flipped = [.. frame];
            flipped[at] ^= 0x41;
            byte[]? read = null;
            Exception? error = Record.Exception(() => read = Plain(flipped));

            // A match may as well begin where the same text stands once more.
            Assert.True(error is null ? content.AsSpan().SequenceEqual(read) : StreamCompression.IsDamage(error), $"byte {at} flipped");
            Assert.True(Record.Exception(() => Plain(frame[..at])) is { } f && StreamCompression.IsDamage(f), $"cut at {at}");
        });
    }

    [Fact]
    public void A_block_must_not_refer_to_what_was_never_there()
    {
        // One literal, then a match that begins 9 bytes back.
        byte[] block = [0x10, (byte)'x', 9, 0, 0x50, 1, 2, 3, 4, 5];
        byte[] descriptor = [0x40, 0x40];
        byte[] head = new byte[11];
        BinaryPrimitives.WriteUInt32LittleEndian(head, Lz4Frame.Magic);
        descriptor.CopyTo(head, 4);
        head[6] = (byte)(XxHash32.HashToUInt32(descriptor) >> 8);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(7), block.Length);

        Assert.Throws<InvalidDataException>(() => Plain([.. head, .. block, 0, 0, 0, 0]));
    }

    private static byte[] Content()
    {
        // Repetitions of all lengths, and noise that does not shrink.
        var random = new Random(7);
        var text = new StringBuilder();
        while (text.Length < 700_000)
        {
            text.Append(random.Next(1000)).Append("\tthe same words over and over\n");
        }

        byte[] noise = new byte[300_000];
        random.NextBytes(noise);
        return [.. Encoding.ASCII.GetBytes(text.ToString()), .. noise];
    }

    private static byte[] Frame(byte[] content, int level)
    {
        using var output = new MemoryStream();
        using (var writer = new Lz4FrameWriter(output, level))
        {
            writer.Write(content);
        }

        return output.ToArray();
    }

    private static byte[] Plain(byte[] frames)
    {
        using var output = new MemoryStream();
        new Lz4FrameReader(new MemoryStream(frames)).CopyTo(output);
        return output.ToArray();
    }
}
