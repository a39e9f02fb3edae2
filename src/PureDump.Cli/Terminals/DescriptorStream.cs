using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using PureDump.Formats.Bytes;
using PureDump.Formats.Errors;
using PureDump.Storage.Local;

namespace PureDump.Cli.Terminals;

/// <summary>
/// A standard stream of the process, read and written with plain system calls. .NET's own console stream takes a closed
/// pipe for success, and a FileStream writes at offsets of its own, over what another process has written to the same file.
/// </summary>
internal sealed partial class DescriptorStream(int descriptor, string name, CancellationToken cancellation) : Stream
{
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int BrokenPipe = 32;
    private const int PollMs = 200;
    private const short ReadyToRead = 1;
    private const short ReadyToWrite = 4;

    // Descriptors that were opened here are closed with the stream; the process's own stay open.
    private SafeFileHandle? _owned;

    /// <summary>
    /// Opens a file to be read front to back. A named pipe is opened without waiting for a writer, and read so that the run can be
    /// cancelled while no writer comes or the one that came is silent.
    /// </summary>
    /// <exception cref="PureDumpException">It cannot be opened (<see cref="ErrorKind.File"/>).</exception>
    public static Stream OpenFile(string path, CancellationToken cancellation)
    {
        if (!SpecialFile.IsPipeAt(path))
        {
            return InputFile.Open(path);
        }

        const int readNonBlockingCloseOnExec = 0x800 | 0x80000;
        int descriptor = Open(path, readNonBlockingCloseOnExec);
        return descriptor >= 0
            ? new DescriptorStream(descriptor, $"\"{path}\"", cancellation) { _owned = new SafeFileHandle(descriptor, ownsHandle: true) }
            : throw new PureDumpException(ErrorKind.File, $"could not open \"{path}\": {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>True where what cannot be written is dropped: there is nobody left to tell.</summary>
    public bool IgnoresErrors { get; init; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (true)
        {
            // Neither a writer that stays silent nor one that never ends may keep an interrupted run from ending.
            do
            {
                cancellation.ThrowIfCancellationRequested();
            }
            while (!IsReady(ReadyToRead));

            nint count = ReadBytes(descriptor, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length);
            if (count >= 0)
            {
                return (int)count;
            }

            ThrowUnlessTransient(Marshal.GetLastPInvokeError());
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint count = WriteBytes(descriptor, in MemoryMarshal.GetReference(buffer), (nuint)buffer.Length);
            if (count >= 0)
            {
                buffer = buffer[(int)count..];
                continue;
            }

            int error = Marshal.GetLastPInvokeError();
            if (IgnoresErrors && error is not (Interrupted or TryAgain))
            {
                return;
            }

            ThrowUnlessTransient(error);
            while (error == TryAgain && !IsReady(ReadyToWrite))
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _owned?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ThrowUnlessTransient(int error)
    {
        if (error is not (Interrupted or TryAgain))
        {
            string message = $"{name}: {Marshal.GetPInvokeErrorMessage(error)}";
            throw error == BrokenPipe ? new ReaderGoneException(message) : new IOException(message);
        }
    }

    private bool IsReady(short events)
    {
        var request = new PollRequest { Descriptor = descriptor, Events = events };
        int count = Poll(ref request, 1, PollMs);
        // Any other error is for the read or write that follows to tell.
        return count > 0 || (count < 0 && Marshal.GetLastPInvokeError() != Interrupted);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadBytes(int descriptor, ref byte buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteBytes(int descriptor, ref readonly byte buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollRequest requests, nuint count, int timeoutMs);

    // struct pollfd.
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short ReturnedEvents;
    }
}
