namespace PureDump.Formats.Bytes;

/// <summary>Bytes of a known length that can be read anywhere: a file, a part of one, an object of a store. Any number of threads may
/// read at the same time.</summary>
internal interface IRangeReader : IDisposable
{
    /// <summary>What it is, for messages: a path, a URL.</summary>
    string Name { get; }

    /// <summary>How many bytes there are.</summary>
    long Length { get; }

    /// <summary>Reads the bytes from an offset on.</summary>
    /// <param name="target">Filled from its beginning.</param>
    /// <param name="offset">From 0 on; behind the end nothing is read.</param>
    /// <returns>How many were read: fewer than asked for only where there are no more.</returns>
    /// <exception cref="IOException">They cannot be read.</exception>
    int Read(Span<byte> target, long offset);
}
