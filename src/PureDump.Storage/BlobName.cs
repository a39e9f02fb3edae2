using System.Text;
using PureDump.Formats.Errors;

namespace PureDump.Storage;

/// <summary>
/// What a blob is called in its store: parts between slashes. The same names are valid in every store: 1 to 1,024 bytes of UTF-8, each
/// part of 1 to 255 bytes; no part begins with a dot (such names are the stores' own), and none has a backslash or a control character.
/// </summary>
internal readonly record struct BlobName : IComparable<BlobName>
{
    /// <summary>The longest name, in bytes of UTF-8: that of S3.</summary>
    public const int LengthMax = 1024;

    private const int PartLengthMax = 255;

    private readonly string? _text;

    private BlobName(string text) => _text = text;

    /// <summary>A name out of text.</summary>
    /// <exception cref="PureDumpException">It is none (<see cref="ErrorKind.Usage"/>).</exception>
    public static BlobName Of(string text) =>
        IsValid(text)
            ? new BlobName(text)
            : throw new PureDumpException(ErrorKind.Usage, $"\"{text}\" is no name for an object in a store");

    /// <summary>Whether <see cref="Of"/> takes it.</summary>
    public static bool IsValid(string text) =>
        text.Length > 0 && Encoding.UTF8.GetByteCount(text) <= LengthMax && text.Split('/').All(IsValidPart);

    /// <summary>In the order of the bytes of UTF-8, as stores list them.</summary>
    public int CompareTo(BlobName other) => Compare(ToString(), other.ToString());

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";

    /// <summary>Compares two texts by their bytes of UTF-8.</summary>
    internal static int Compare(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    // A lone surrogate has no bytes of its own.
    private static bool IsValidPart(string part) =>
        part.Length > 0
        && part[0] != '.'
        && Encoding.UTF8.GetByteCount(part) <= PartLengthMax
        && !part.Any(static c => char.IsControl(c) || c == '\\')
        && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(part)) == part;
}
