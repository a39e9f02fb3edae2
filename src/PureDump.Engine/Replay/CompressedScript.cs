using PureDump.Engine.Files;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;

namespace PureDump.Engine.Replay;

/// <summary>
/// The plain bytes of a script that is compressed with gzip, lz4 or zstd. Bounded memory, whatever they grow to; a cut or damaged
/// one is an error (<see cref="ErrorKind.ScriptRefused"/>) that names it, at the latest at its end.
/// </summary>
public sealed class CompressedScript : ReadOnlyStream
{
    private readonly Stream _stored;
    private readonly Stream _plain;
    private readonly string _name;

    /// <summary>A script's plain bytes.</summary>
    /// <param name="stored">The compressed bytes; is disposed of with this.</param>
    /// <param name="method">How they are compressed; not <see cref="StreamMethod.None"/>.</param>
    /// <param name="name">For messages.</param>
    public CompressedScript(Stream stored, StreamMethod method, string name)
    {
        _stored = stored;
        _plain = StreamCompression.OutOf(stored, method, isZlib: false) ?? throw new ArgumentException("it is not compressed", nameof(method));
        _name = name;
    }

    /// <summary>A script as it is or out of its compression, as its first bytes say.</summary>
    /// <param name="stored">At its first byte; is disposed of with what is given.</param>
    /// <param name="name">For messages.</param>
    public static Stream Open(Stream stored, string name)
    {
        var looked = new LookedAtStream(stored);
        StreamMethod method = ScriptHead.MethodOf(looked.Look(ScriptHead.MagicSize, ScriptHead.TellsMethod));
        return method == StreamMethod.None ? looked : new CompressedScript(looked, method, name);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _plain.Read(buffer);
        }
        catch (Exception e) when (StreamCompression.IsDamage(e))
        {
            throw new PureDumpException(
                ErrorKind.ScriptRefused, $"{_name} is cut or damaged, or not one compressed stream: {e.Message.TrimEnd('.')}", null, e);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _plain.Dispose();
            _stored.Dispose();
        }

        base.Dispose(disposing);
    }
}
