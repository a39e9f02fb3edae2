using System.Text;

namespace PureDump.Formats.Archive;

/// <summary>The serialized Toc: formats/pdump.md, section 6.</summary>
public static partial class TocFormat
{
    private const ulong Version = 1;

    // Names and statements are UTF-8 that was checked when they were read; anything else is an error, never a '?'.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
