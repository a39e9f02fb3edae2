namespace PureDump.Formats.Archive;

/// <summary>One damage that was found in an archive.</summary>
/// <param name="Message">What is wrong, in words.</param>
/// <param name="Offset">Where, in bytes from the start of the archive.</param>
/// <param name="Entry">The entry it hits, where that is known.</param>
/// <param name="Block">The block of the entry it hits, where that is known.</param>
internal readonly record struct ArchiveFinding(string Message, long Offset, int? Entry = null, long? Block = null);
