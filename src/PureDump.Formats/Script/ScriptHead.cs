using System.Text;
using PureDump.Formats.Codec;

namespace PureDump.Formats.Script;

/// <summary>Tells by its first bytes whether a file is an SQL script, and how it is compressed.</summary>
internal static class ScriptHead
{
    /// <summary>How many bytes are looked at, at most.</summary>
    public const int Size = 4096;

    /// <summary>The longest magic number of a compressed file.</summary>
    public const int MagicSize = 4;

    private static readonly (byte[] Magic, StreamMethod Method)[] s_magics =
        [([0x1f, 0x8b], StreamMethod.Gzip), ([0x28, 0xb5, 0x2f, 0xfd], StreamMethod.Zstd), ([0x04, 0x22, 0x4d, 0x18], StreamMethod.Lz4)];

    // What a script that somebody wants to restore begins with.
    private static readonly string[] s_firstWords =
    [
        "ALTER", "ANALYZE", "BEGIN", "COMMENT", "COPY", "CREATE", "DELETE", "DO", "DROP", "GRANT", "INSERT", "LOCK", "RESET", "REVOKE",
        "SELECT", "SET", "START", "TRUNCATE", "UPDATE", "WITH",
    ];

    /// <summary>True where so many bytes are enough to tell what it is: a writer may be silent before it sends more.</summary>
    public static bool IsEnough(ReadOnlySpan<byte> head) =>
        head.Length >= MagicSize && (MethodOf(head) != StreamMethod.None || Judge(head) is not null);

    /// <summary>True where the bytes begin a script: a comment, a backslash command or a statement, and text.</summary>
    public static bool IsScript(ReadOnlySpan<byte> head) => Judge(head) ?? false;

    /// <summary>How the file is compressed, by its magic number.</summary>
    public static StreamMethod MethodOf(ReadOnlySpan<byte> head)
    {
        foreach ((byte[] magic, StreamMethod method) in s_magics)
        {
            if (head.StartsWith(magic))
            {
                return method;
            }
        }

        return StreamMethod.None;
    }

    /// <summary>True where so many bytes are enough for <see cref="MethodOf"/>: no magic number begins with them and goes on.</summary>
    public static bool TellsMethod(ReadOnlySpan<byte> head)
    {
        foreach ((byte[] magic, _) in s_magics)
        {
            if (head.Length < magic.Length && magic.AsSpan().StartsWith(head))
            {
                return false;
            }
        }

        return true;
    }

    // Null where it depends on what follows.
    private static bool? Judge(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = head.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]) ? head[3..] : head;
        text = text.TrimStart(" \t\r\n\f\v"u8);
        if (head.Contains((byte)0))
        {
            return false;
        }

        if (text.StartsWith("--"u8) || text.StartsWith("/*"u8) || text.StartsWith("\\"u8))
        {
            return true;
        }

        if (text.IsEmpty || text.SequenceEqual("-"u8) || text.SequenceEqual("/"u8))
        {
            return null;
        }

        int length = text.IndexOfAnyExceptInRange((byte)'A', (byte)'z');
        string word = Encoding.ASCII.GetString(length < 0 ? text : text[..length]);
        return length < 0
            ? s_firstWords.Any(first => first.StartsWith(word, StringComparison.OrdinalIgnoreCase)) ? null : false
            : text[length] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)';'
                && s_firstWords.Contains(word, StringComparer.OrdinalIgnoreCase);
    }
}
