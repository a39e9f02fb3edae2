using System.Buffers.Binary;
using PureDump.Formats.Codec;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive.Cluster;

/// <summary>What stands behind a member of a cluster.</summary>
internal enum ClusterPart
{
    /// <summary>A member.</summary>
    Member,

    /// <summary>The directory, or what is left of it.</summary>
    Directory,

    /// <summary>Nothing: the input is over.</summary>
    End,

    /// <summary>Something that does not belong there.</summary>
    Other,
}

/// <summary>
/// Cuts the archive of a cluster into its members, front to back: each can be read as if nothing followed it. It looks at
/// headers only and checks nothing; damage is passed on to whoever reads the member, up to the next header that is whole.
/// </summary>
/// <param name="input">Not disposed of.</param>
/// <param name="offset">Where in the cluster it stands, in bytes.</param>
internal sealed class MemberSplitter(Stream input, long offset = 0)
{
    private const int BufferSize = 1 << 16;

    // A header that begins in the last bytes looked at must not be torn.
    private const int HeadSize = ArchiveHeader.Size;

    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private long _passable;
    private bool _isMemberOver = true;
    private bool _isFooterPassed;

    /// <summary>Where the next byte stands in the cluster.</summary>
    public long Offset { get; private set; } = offset;

    private ReadOnlySpan<byte> Window => _buffer.AsSpan(_start.._end);

    /// <summary>What stands here, between members.</summary>
    public ClusterPart Look()
    {
        Fill(ArchiveHeader.Size + RecordHeader.Size);
        ReadOnlySpan<byte> head = Window;
        if (head.IsEmpty)
        {
            return ClusterPart.End;
        }

        // A file header that is damaged is one nevertheless where its Toc follows.
        bool isMember =
            head.StartsWith(ArchiveHeader.Magic)
            || (
                head.Length > HeadSize
                && RecordHeader.IsWhole(head[HeadSize..])
                && (RecordType)head[HeadSize + RecordHeader.TypeOffset] == RecordType.Toc);
        return isMember ? ClusterPart.Member
            : IsDirectory(head) ? ClusterPart.Directory
            : ClusterPart.Other;
    }

    /// <summary>The member that stands here. To be read to its end before anything else is done.</summary>
    public Stream BeginMember()
    {
        _isMemberOver = false;
        _isFooterPassed = false;
        _passable = HeadSize;
        return new MemberStream(this);
    }

    /// <summary>Reads a record of those behind the members.</summary>
    /// <param name="payload">Checked; valid until the next call.</param>
    /// <exception cref="PureDumpException">It is damaged or cut off (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public RecordHeader ReadRecord(out ReadOnlySpan<byte> payload)
    {
        Require(RecordHeader.Size);
        RecordHeader header = RecordHeader.Read(Window, Offset);
        Require(RecordHeader.Size + header.StoredLength);
        payload = Window.Slice(RecordHeader.Size, header.StoredLength);
        header.CheckPayload(payload, Offset);
        Consume(RecordHeader.Size + header.StoredLength);
        return header;
    }

    /// <summary>Goes to the next member or to the directory, or to the end.</summary>
    /// <returns>How many bytes were passed over.</returns>
    public long Skip()
    {
        long start = Offset;
        do
        {
            Fill(HeadSize);
            Consume(Distance(Window, _isAtEnd));
            Fill(HeadSize);
        }
        while (!Window.IsEmpty && !ArchiveHeader.IsWhole(Window) && !IsDirectory(Window));
        return Offset - start;
    }

    private static bool IsDirectory(ReadOnlySpan<byte> head) =>
        RecordHeader.IsWhole(head) && (RecordType)head[RecordHeader.TypeOffset] is RecordType.Directory or RecordType.ClusterFooter;

    // How far it is to the next place, not this one, where a header may stand; as far as can be told.
    private static int Distance(ReadOnlySpan<byte> window, bool isAtEnd)
    {
        for (int at = 1; at < window.Length;)
        {
            ReadOnlySpan<byte> rest = window[at..];
            int next = NextMagic(rest);
            if (next < 0)
            {
                break;
            }

            rest = rest[next..];
            at += next;
            if (RecordHeader.IsWhole(rest) || ArchiveHeader.IsWhole(rest) || (rest.Length < HeadSize && !isAtEnd))
            {
                return at;
            }

            at++;
        }

        return isAtEnd ? window.Length : Math.Max(1, window.Length - ArchiveHeader.Magic.Length);
    }

    private static int NextMagic(ReadOnlySpan<byte> bytes)
    {
        int record = bytes.IndexOf(RecordHeader.Magic);
        int file = bytes.IndexOf(ArchiveHeader.Magic);
        return record < 0 ? file : file < 0 ? record : Math.Min(record, file);
    }

    private int Read(Span<byte> target)
    {
        if (target.IsEmpty || (_passable == 0 && !Advance()))
        {
            return 0;
        }

        target = target[..(int)Math.Min(target.Length, _passable)];
        int count = Math.Min(target.Length, _end - _start);
        if (count > 0)
        {
            Window[..count].CopyTo(target);
            Consume(count);
        }
        else
        {
            count = ReadInput(target);
            Offset += count;
        }

        _passable -= count;
        _isMemberOver |= count == 0;
        return count;
    }

    // Finds out how many bytes more belong to the member.
    private bool Advance()
    {
        if (_isMemberOver || _isFooterPassed)
        {
            _isMemberOver = true;
            return false;
        }

        Fill(HeadSize);
        ReadOnlySpan<byte> head = Window;
        if (head.IsEmpty || IsDirectory(head) || ArchiveHeader.IsWhole(head))
        {
            _isMemberOver = true;
            return false;
        }

        int stored = RecordHeader.IsWhole(head) ? BinaryPrimitives.ReadInt32LittleEndian(head[RecordHeader.StoredOffset..]) : -1;
        bool isRecord = stored is >= 0 and <= ArchiveLimits.RecordLengthMax;
        _passable = isRecord ? RecordHeader.Size + stored : Distance(head, _isAtEnd);
        _isFooterPassed = isRecord && (RecordType)head[RecordHeader.TypeOffset] == RecordType.Footer;
        return true;
    }

    private void Require(int count)
    {
        if (!Fill(count))
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"the archive of the cluster is truncated: it ends at offset {Offset + Window.Length} without a footer");
        }
    }

    private void Consume(int count)
    {
        _start += count;
        Offset += count;
    }

    private bool Fill(int count)
    {
        if (_end - _start >= count)
        {
            return true;
        }

        byte[] target = count <= _buffer.Length ? _buffer : GC.AllocateUninitializedArray<byte>(count);
        Window.CopyTo(target);
        _end -= _start;
        _start = 0;
        _buffer = target;
        while (!_isAtEnd && _end < count)
        {
            int read = ReadInput(_buffer.AsSpan(_end));
            _isAtEnd = read == 0;
            _end += read;
        }

        return _end >= count;
    }

    private int ReadInput(Span<byte> target)
    {
        try
        {
            return input.Read(target);
        }
        catch (IOException e)
        {
            throw new PureDumpException(ErrorKind.File, $"could not read the archive at offset {Offset}: {e.Message}", null, e);
        }
    }

    private sealed class MemberStream(MemberSplitter splitter) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer) => splitter.Read(buffer);
    }
}
