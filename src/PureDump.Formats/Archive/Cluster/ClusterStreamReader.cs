using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive.Cluster;

/// <summary>Reads the archive of a cluster front to back, from a pipe or a file, member by member. Everything is checked before it is
/// handed out.</summary>
internal sealed class ClusterStreamReader : IDisposable
{
    private readonly MemberSplitter _splitter;
    private readonly Action<ArchiveFinding>? _lost;
    private readonly List<ClusterMember> _seen = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private ClusterTotals _have;
    private ArchiveStreamReader? _open;
    private long _openOffset;

    /// <summary>Reads the globals.</summary>
    /// <param name="input">Read front to back, not disposed of.</param>
    /// <param name="lost">To salvage what is whole: told of each damage, which is then passed over. Null: throw it.</param>
    /// <exception cref="PureDumpException">Not the archive of a cluster, up to there. The globals' Toc must be whole in any
    /// case.</exception>
    public ClusterStreamReader(Stream input, Action<ArchiveFinding>? lost = null)
    {
        _splitter = new MemberSplitter(input);
        _lost = lost;
        _open = new ArchiveStreamReader(_splitter.BeginMember(), lost is null ? null : Pass, MemberKind.Globals);
        Header = _open.Header;
        Globals = _open.Toc;
        Databases = ClusterNames.Of(Globals);
        EndMember();
    }

    /// <summary>The file header of the globals.</summary>
    public ArchiveHeader Header { get; }

    /// <summary>The table of contents of the globals.</summary>
    public Toc Globals { get; }

    /// <summary>The databases that the globals name, in the order of the members.</summary>
    public IReadOnlyList<string> Databases { get; }

    /// <summary>The name of the database that is being read; empty for the globals.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The members that were read to their end.</summary>
    public IReadOnlyList<ClusterMember> Members => _seen;

    /// <summary>What the footer says, once <see cref="Next"/> has returned null; not when salvaging.</summary>
    public ClusterTotals Totals { get; private set; }

    /// <summary>Goes to the next database; what is left of the one before is read and checked.</summary>
    /// <returns>Its reader, disposed of by this one; null: that was all, and the cluster is whole.</returns>
    /// <exception cref="PureDumpException">The archive is damaged or truncated here.</exception>
    public ArchiveStreamReader? Next()
    {
        EndMember();
        while (true)
        {
            switch (_splitter.Look())
            {
                case ClusterPart.Member:
                    if (Open() is { } reader)
                    {
                        return reader;
                    }

                    break;
                case ClusterPart.Other:
                    long offset = _splitter.Offset;
                    Report(new PureDumpException(ErrorKind.ArchiveDamaged, $"no member of the cluster stands at offset {offset}"), offset);
                    _splitter.Skip();
                    break;
                default:
                    Finish();
                    return null;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _open?.Dispose();

    // Null where it is lost; the rest of it is then passed over.
    private ArchiveStreamReader? Open()
    {
        _openOffset = _splitter.Offset;
        Stream stream = _splitter.BeginMember();
        Name = _seen.Count <= Databases.Count ? Databases[_seen.Count - 1] : "";
        try
        {
            _open = new ArchiveStreamReader(stream, _lost is null ? null : Pass, MemberKind.Database);
            string name = ClusterNames.OfDatabase(_open.Toc);
            if (name != Name && (_lost is null || !Databases.Contains(name)))
            {
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"the member at offset {_openOffset} is database \"{name}\", due is "
                        + $"{(Name.Length == 0 ? "the directory" : $"database \"{Name}\"")}");
            }

            Name = _names.Add(name) ? name : throw new PureDumpException(ErrorKind.ArchiveDamaged, $"database \"{name}\" is there twice");
            return _open;
        }
        catch (PureDumpException e) when (_lost is not null && e.Kind != ErrorKind.File)
        {
            Report(e, _openOffset);
            _open?.Dispose();
            _open = null;
            byte[] room = new byte[RecordHeader.Size];
            while (stream.Read(room) > 0)
            {
            }

            return null;
        }
    }

    private void EndMember()
    {
        if (_open is null)
        {
            return;
        }

        using (_open)
        {
            while (_open.Read(out _) != RecordType.Footer)
            {
            }

            if (_lost is null)
            {
                ArchiveTotals totals = _open.Totals;
                _have = _have with
                {
                    RowCount = _have.RowCount + totals.RowCount,
                    RawBytes = _have.RawBytes + totals.RawBytes,
                    StoredBytes = _have.StoredBytes + totals.StoredBytes,
                };
            }

            _seen.Add(
                new ClusterMember(
                    _seen.Count == 0 ? MemberKind.Globals : MemberKind.Database,
                    _openOffset,
                    _splitter.Offset - _openOffset,
                    Name));
        }

        _open = null;
    }

    private void Finish()
    {
        string? missing = Databases.FirstOrDefault(name => !_names.Contains(name));
        if (missing is not null)
        {
            Report(
                new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"database \"{missing}\" is missing: the members end at offset {_splitter.Offset}"),
                _splitter.Offset);
        }

        try
        {
            Totals = ClusterDirectory.Compare(_splitter, _seen, _have);
        }
        catch (PureDumpException e) when (_lost is not null && e.Kind == ErrorKind.ArchiveDamaged)
        {
            // With all members behind it, nothing is lost without the directory.
        }
    }

    private void Pass(ArchiveFinding finding) => _lost!(finding with
    {
        Message = $"{ClusterMember.LabelOf(_seen.Count == 0 ? MemberKind.Globals : MemberKind.Database, Name)}: {finding.Message}",
        Offset = _openOffset + finding.Offset,
    });

    private void Report(PureDumpException damage, long offset)
    {
        if (_lost is null)
        {
            throw damage;
        }

        _lost(new ArchiveFinding(damage.Message, offset));
    }
}
