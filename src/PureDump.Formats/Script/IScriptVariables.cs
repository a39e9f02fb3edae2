namespace PureDump.Formats.Script;

/// <summary>The variables that <c>:name</c> in a script stands for.</summary>
internal interface IScriptVariables
{
    /// <summary>The value of a variable.</summary>
    /// <param name="name">The name, as it stands in the script.</param>
    /// <param name="value">Its bytes, in the encoding of the script.</param>
    /// <returns>False where it is not set: the text then stays as it is.</returns>
    bool TryGet(ReadOnlySpan<byte> name, out byte[] value);
}
