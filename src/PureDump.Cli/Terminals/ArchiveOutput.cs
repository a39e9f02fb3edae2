using PureDump.Formats.Codec;

namespace PureDump.Cli.Terminals;

/// <summary>Standard output for an archive: what is not read to its end is no archive, so that <see cref="ReaderGoneException"/> is an
/// error here like any other.</summary>
internal sealed class ArchiveOutput(Stream output) : WriteOnlyStream
{
    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            output.Write(buffer);
        }
        catch (ReaderGoneException e)
        {
            throw new IOException(e.Message);
        }
    }

    /// <inheritdoc/>
    public override void Flush() => output.Flush();
}
