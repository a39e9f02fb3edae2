using PureDump.Formats.Pg;

namespace PureDump.Formats.Script;

/// <summary>
/// A text that is read before the rest of a <see cref="ScriptWindow"/>: the value of a variable, or what follows a COPY on its line.
/// </summary>
internal sealed class PendingText
{
    /// <summary>A text of which nothing is read.</summary>
    /// <param name="name">The variable; null where the text is a part of the script.</param>
    /// <param name="bytes">The text.</param>
    /// <param name="characters">Where its characters end; null where each byte can be looked at for itself.</param>
    public PendingText(string? name, byte[] bytes, ClientCharacters? characters)
    {
        Name = name;
        Bytes = bytes;
        Marks = bytes;
        Mark(characters);
    }

    public string? Name { get; }

    public byte[] Bytes { get; }

    public byte[] Marks { get; private set; }

    /// <summary>How many bytes were consumed.</summary>
    public int Position { get; set; }

    /// <summary>Marks anew what is not consumed, in another encoding.</summary>
    public void Mark(ClientCharacters? characters)
    {
        Marks = characters is null ? Bytes : new byte[Bytes.Length];
        characters?.Mask(Bytes.AsSpan(Position), Marks.AsSpan(Position), isLast: true);
    }
}
