using PureDump.Formats.Codec;
using PureDump.Formats.Script;
using PureDump.Storage.Local;

namespace PureDump.Engine.Replay;

/// <summary>Scripts as they are or compressed.</summary>
internal static class ScriptInput
{
    /// <summary>The plain bytes of a script, as its first bytes say; a cut or damaged one is an error that names it, at the latest at its
    /// end.</summary>
    /// <param name="stored">At its first byte; is disposed of with what is given.</param>
    /// <param name="name">For messages.</param>
    public static Stream Open(Stream stored, string name)
    {
        var looked = new LookedAtStream(stored);
        StreamMethod method = ScriptHead.MethodOf(looked.Look(ScriptHead.MagicSize, ScriptHead.TellsMethod));
        return method == StreamMethod.None ? looked : new DecompressedStream(looked, method, isZlib: false, name);
    }
}
