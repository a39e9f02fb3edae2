namespace PureDump.Formats.Script;

/// <summary>What a script holds next.</summary>
internal enum ScriptPart
{
    /// <summary>The script is over.</summary>
    End,

    /// <summary>A statement, <see cref="ScriptReader.Statement"/>.</summary>
    Statement,

    /// <summary>A command for the client, <see cref="ScriptReader.Command"/>.</summary>
    Command,
}
