using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Formats.PgArchive;

/// <summary>A tar archive: formats/pg-archive.md, section 6 (pg_backup_tar.c).</summary>
internal sealed class TarArchive : PgArchiveReader
{
    private readonly string? _path;
    private readonly PgArchiveInput _input;
    private readonly TarMembers _members;
    private readonly Dictionary<string, PgTocEntry> _byFile = new(StringComparer.Ordinal);

    // Of a file: where the members are.
    private readonly Dictionary<string, (long Offset, long Length)> _index = new(StringComparer.Ordinal);
    private TarLargeObjects? _largeObjects;

    /// <summary>Reads the table of contents, and of a file where the members are.</summary>
    /// <param name="input">At the first byte; owned from then on, but for the caller where this throws.</param>
    /// <param name="path">To open the file anew for each reader; null: it is a stream.</param>
    public TarArchive(PgArchiveInput input, string? path)
        : this(input, new TarMembers(input), path)
    {
    }

    private TarArchive(PgArchiveInput input, TarMembers members, string? path)
        : base(ReadToc(input, members), input.Name)
    {
        _input = input;
        _members = members;
        _path = path;
        IsStream = path is null;
        foreach (PgTocEntry entry in StoredEntries.Where(static entry => entry.HasData))
        {
            if (!_byFile.TryAdd(FileNameOf(entry), entry) && entry.Kind != EntryKind.LargeObjects)
            {
                throw input.Damaged($"two entries name the member {FileNameOf(entry)}");
            }
        }

        if (path is not null)
        {
            ReadIndex();
        }
    }

    private protected override Stream OpenData(PgTocEntry entry) => OpenMember(FileNameOf(entry), NameOf(entry));

    private protected override LargeObjectReader OpenLargeObjects(PgTocEntry entry)
    {
        string name = FileNameOf(entry);
        var input = new PgArchiveInput(OpenMember(name, NameOf(entry)), $"{name} in {Name}");
        return new ListedLargeObjects(new LargeObjectListReader(input), (oid, file) => OpenMember(file, $"large object {oid} in {Name}"));
    }

    private protected override long StoredLengthOf(PgTocEntry entry) => _index.GetValueOrDefault(FileNameOf(entry)).Length;

    private protected override PgArchiveItem? Next()
    {
        // Whoever was given the objects may have left some of them.
        _largeObjects?.Drain();
        _largeObjects = null;
        while (_members.Peek() is { } member)
        {
            // The objects of an entry come before the list that ends them: whose they are shows by the order.
            PgTocEntry? entry = ArchiveFileNames.LargeObjectOf(member.Name) != 0
                ? StoredEntries.FirstOrDefault(one => one.HasData && one.Kind == EntryKind.LargeObjects && !IsDelivered(one))
                    ?? throw _input.Damaged($"no entry is left that the member {member.Name} could belong to")
                : _byFile.GetValueOrDefault(member.Name);
            if (entry is null)
            {
                _members.Take();
                continue;
            }

            Deliver(entry);
            return ItemOf(
                entry,
                () =>
                {
                    _members.Take();
                    return new DecompressedStream(_members.Content, StreamMethod.None, isZlib: false, NameOf(entry));
                },
                () => _largeObjects = new TarLargeObjects(_members, FileNameOf(entry), NameOf(entry)));
        }

        CheckAllDelivered();
        return null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing) => _input.Dispose();

    private static PgToc ReadToc(PgArchiveInput input, TarMembers members)
    {
        if (members.Take() is not { Name: ArchiveFileNames.Toc })
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{input.Name} is not an archive of pg_dump: it does not begin with the member {ArchiveFileNames.Toc}");
        }

        // Disposing would dispose of nothing: the member does not own what it reads from.
        var toc = new PgArchiveInput(members.Content, $"{ArchiveFileNames.Toc} in {input.Name}");
        return PgToc.Read(toc, PgArchiveFormat.Tar);
    }

    private void ReadIndex()
    {
        while (_members.Take() is { } member)
        {
            if (_index.Count == PgArchiveLimits.TarMemberCountMax)
            {
                throw _input.Damaged($"it has more than {PgArchiveLimits.TarMemberCountMax} members");
            }

            if (!_index.TryAdd(member.Name, (_members.Offset, member.Length)))
            {
                throw _input.Damaged($"it has two members with the name of the one before byte {_members.Offset}");
            }
        }
    }

    private DecompressedStream OpenMember(string fileName, string name)
    {
        if (_path is null)
        {
            throw new PureDumpException(ErrorKind.Internal, $"{Name} is a stream: its data come in their own order");
        }

        if (!_index.TryGetValue(fileName, out (long Offset, long Length) member))
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"{Name} is incomplete: there is no member {fileName} for {name}");
        }

        var input = new PgArchiveInput(OpenFile(_path, Name), Name);
        input.Seek(member.Offset);
        return new DecompressedStream(new TarMemberStream(input, member.Length), StreamMethod.None, isZlib: false, name, input);
    }

    // What the table of contents says of large objects is not the name of their list.
    private string FileNameOf(PgTocEntry entry) =>
        entry.Kind == EntryKind.LargeObjects
            ? ArchiveFileNames.LargeObjectList(Header.Version, entry.DumpId)
            : ArchiveFileNames.Checked(
                entry.FileName
                    ?? throw new PureDumpException(ErrorKind.ArchiveDamaged, $"{Name} is damaged: entry {entry} does not name its member"),
                Name);
}
