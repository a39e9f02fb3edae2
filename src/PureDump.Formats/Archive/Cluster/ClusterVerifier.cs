using PureDump.Formats.Entries;
using PureDump.Formats.Errors;

namespace PureDump.Formats.Archive.Cluster;

/// <summary>One damage that was found in the archive of a cluster.</summary>
/// <param name="Member">What the member is called, or null where it is the cluster's own.</param>
/// <param name="Toc">The member's Toc, where it is known.</param>
/// <param name="Finding">The damage; its offset is that in the cluster.</param>
internal readonly record struct ClusterFinding(string? Member, Toc? Toc, ArchiveFinding Finding);

/// <summary>Reads the whole archive of a cluster and reports every damage, each with the database it hits.</summary>
internal sealed class ClusterVerifier
{
    private readonly List<ClusterFinding> _findings = [];
    private readonly List<ClusterMember> _seen = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private IReadOnlyList<string>? _databases;

    /// <summary>What was found, in the order of the file; empty where the archive is whole.</summary>
    public IReadOnlyList<ClusterFinding> Findings => _findings;

    /// <summary>How many members there are besides the globals.</summary>
    public int DatabaseCount => Math.Max(0, _seen.Count - 1);

    /// <summary>How many entries their Tocs have.</summary>
    public int EntryCount { get; private set; }

    /// <summary>The totals of what passed its checks.</summary>
    public long BlockCount { get; private set; }

    /// <inheritdoc cref="BlockCount"/>
    public long RowCount { get; private set; }

    /// <inheritdoc cref="BlockCount"/>
    public long RawBytes { get; private set; }

    /// <inheritdoc cref="BlockCount"/>
    public long StoredBytes { get; private set; }

    /// <summary>Bytes read.</summary>
    public long Length { get; private set; }

    /// <summary>Reads to the end.</summary>
    /// <param name="input">Read front to back, not disposed of.</param>
    /// <param name="progress">Told the offset now and then, or null.</param>
    /// <param name="cancellation">Looked at between records.</param>
    /// <exception cref="PureDumpException">It cannot be read, or is of another version.</exception>
    public void Verify(Stream input, Action<long>? progress, CancellationToken cancellation)
    {
        var splitter = new MemberSplitter(input);
        for (ClusterPart part = splitter.Look(); part is ClusterPart.Member or ClusterPart.Other; part = splitter.Look())
        {
            long offset = splitter.Offset;
            if (part == ClusterPart.Member)
            {
                Verify(splitter, offset, progress, cancellation);
            }
            else
            {
                long count = splitter.Skip();
                Add(null, null, $"{count} bytes that belong to no member stand at offset {offset}", offset);
            }
        }

        Finish(splitter);
        Length = splitter.Offset;
    }

    private void Verify(MemberSplitter splitter, long offset, Action<long>? progress, CancellationToken cancellation)
    {
        MemberKind kind = _seen.Count == 0 ? MemberKind.Globals : MemberKind.Database;
        string due = _seen.Count > 0 && _databases is not null && _seen.Count <= _databases.Count ? _databases[_seen.Count - 1] : "";
        string label = kind == MemberKind.Database && due.Length == 0 ? $"member {_seen.Count}" : ClusterMember.LabelOf(kind, due);
        Stream stream = splitter.BeginMember();
        var verifier = new ArchiveVerifier();
        string name = due;
        try
        {
            verifier.Verify(stream, at => progress?.Invoke(offset + at), cancellation, kind);
            name = NameOf(kind, verifier.Toc, due, label, offset);
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.ArchiveDamaged || (e.Kind == ErrorKind.ArchiveVersion && _seen.Count > 0))
        {
            Add(label, null, e.Message, offset);
            stream.CopyTo(Stream.Null);
        }

        if (kind == MemberKind.Database && name.Length > 0)
        {
            label = ClusterMember.LabelOf(kind, name);
        }

        _findings.AddRange(
            verifier.Findings.Select(finding => new ClusterFinding(label, verifier.Toc, finding with { Offset = offset + finding.Offset }))
        );
        EntryCount += verifier.Toc?.Entries.Count ?? 0;
        (BlockCount, RowCount) = (BlockCount + verifier.BlockCount, RowCount + verifier.RowCount);
        (RawBytes, StoredBytes) = (RawBytes + verifier.RawBytes, StoredBytes + verifier.StoredBytes);
        _seen.Add(new ClusterMember(kind, offset, splitter.Offset - offset, name));
    }

    private string NameOf(MemberKind kind, Toc? toc, string due, string label, long offset)
    {
        if (toc is null)
        {
            _names.Add(due);
            return due;
        }

        if (kind == MemberKind.Globals)
        {
            _databases = ClusterNames.Of(toc);
            return "";
        }

        string name = ClusterNames.OfDatabase(toc);
        if (!_names.Add(name))
        {
            Add(ClusterMember.LabelOf(kind, name), null, $"it is there twice, at offset {offset} again", offset);
        }
        else if (_databases is not null && name != due)
        {
            Add(
                null,
                null,
                $"database \"{name}\" stands at offset {offset}, where {(due.Length == 0 ? "the directory" : label)} is due",
                offset);
        }

        return name;
    }

    private void Finish(MemberSplitter splitter)
    {
        foreach (string missing in _databases?.Where(name => !_names.Contains(name)) ?? [])
        {
            Add(ClusterMember.LabelOf(MemberKind.Database, missing), null, "it is missing", splitter.Offset);
        }

        bool isIntact = _findings.Count == 0;
        try
        {
            var have = new ClusterTotals { RowCount = RowCount, RawBytes = RawBytes, StoredBytes = StoredBytes };
            ClusterDirectory.Compare(splitter, _seen, have);
        }
        catch (PureDumpException e) when (e.Kind == ErrorKind.ArchiveDamaged)
        {
            // What does not fit damaged members says no more of them; what is cut off is said in any case.
            if (isIntact || splitter.Look() == ClusterPart.End)
            {
                Add(null, null, e.Message, splitter.Offset);
            }
        }

        while (splitter.Look() != ClusterPart.End)
        {
            splitter.Skip();
        }
    }

    private void Add(string? member, Toc? toc, string message, long offset) =>
        _findings.Add(new ClusterFinding(member, toc, new ArchiveFinding(message, offset)));
}
