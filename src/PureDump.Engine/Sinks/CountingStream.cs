using PureDump.Formats.Codec;

namespace PureDump.Engine.Sinks;

/// <summary>Counts what passes.</summary>
internal sealed class CountingStream(Stream output) : WriteOnlyStream
{
    /// <summary>How many bytes have passed.</summary>
    public long ByteCount { get; private set; }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        output.Write(buffer);
        ByteCount += buffer.Length;
    }

    /// <inheritdoc/>
    public override void Flush() => output.Flush();
}
