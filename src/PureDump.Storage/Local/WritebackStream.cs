using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PureDump.Storage.Local;

/// <summary>
/// A new file whose bytes go to the medium while more are written, as PostgreSQL's checkpoints do it: the fsync at the end finds little
/// left to do.
/// </summary>
internal sealed partial class WritebackStream(FileStream file) : Stream
{
    // So many bytes are handed on at a time, or a multiple.
    private const long Step = 16 << 20;

    private long _started;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => file.CanSeek;

    /// <inheritdoc/>
    public override bool CanWrite => file.CanWrite;

    /// <inheritdoc/>
    public override long Length => file.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        file.Write(buffer);
        long count = (file.Position - _started) / Step * Step;
        if (OperatingSystem.IsLinux() && count > 0)
        {
            // A file system that cannot do it leaves all to fsync, which also reports what could not be written.
            const uint write = 2;
            _ = SyncFileRange(file.SafeFileHandle, _started, count, write);
            _started += count;
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() => file.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    /// <inheritdoc/>
    public override void SetLength(long value) => file.SetLength(value);

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long count, uint flags);
}
