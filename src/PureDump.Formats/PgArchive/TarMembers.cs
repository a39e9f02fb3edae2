namespace PureDump.Formats.PgArchive;

/// <summary>Goes through the members of a tar file front to back.</summary>
/// <param name="input">At a header; owned by the caller.</param>
internal sealed class TarMembers(PgArchiveInput input)
{
    private const byte OldFile = 0;
    private const byte File = (byte)'0';
    private const byte Directory = (byte)'5';
    private const byte PaxHeader = (byte)'x';
    private const byte PaxGlobalHeader = (byte)'g';

    private TarMemberStream? _content;
    private TarHeader? _peeked;
    private bool _isAtEnd;

    /// <summary>The content of the member that was taken last.</summary>
    public TarMemberStream Content => _content ?? throw new InvalidOperationException("no member was taken");

    /// <summary>Where that content begins.</summary>
    public long Offset { get; private set; }

    /// <summary>The next file, which stays the next; null where there is no other.</summary>
    public TarHeader? Peek() => _peeked ??= ReadFile();

    /// <summary>Takes the next file; what is left of the one before is passed over.</summary>
    public TarHeader? Take()
    {
        TarHeader? member = Peek();
        _peeked = null;
        if (member is { } file)
        {
            Offset = input.Position;
            _content = new TarMemberStream(input, file.Length);
        }

        return member;
    }

    private TarHeader? ReadFile()
    {
        while (ReadHeader() is { } member)
        {
            switch (member.Type)
            {
                case File or OldFile:
                    return member.Name.StartsWith("./", StringComparison.Ordinal) ? member with { Name = member.Name[2..] } : member;

                // Left by whoever packed a directory by hand.
                case Directory or PaxHeader or PaxGlobalHeader:
                    _content = new TarMemberStream(input, member.Length);
                    break;
                default:
                    throw input.Damaged($"the member before byte {input.Position} is no file");
            }
        }

        return null;
    }

    private TarHeader? ReadHeader()
    {
        _content?.Drain();
        _content = null;
        if (_isAtEnd || input.IsAtEnd)
        {
            return null;
        }

        ReadOnlySpan<byte> block = input.Peek(TarHeader.Size);
        if (block.Length == TarHeader.Size && block.IndexOfAnyExcept((byte)0) < 0)
        {
            _isAtEnd = true;
            return null;
        }

        TarHeader member = (TarHeader.IsHeader(block) ? TarHeader.Read(block) : null)
            ?? throw input.Damaged($"at byte {input.Position} there is no header of a member");
        input.Skip(TarHeader.Size, "header of a member");
        return member;
    }
}
