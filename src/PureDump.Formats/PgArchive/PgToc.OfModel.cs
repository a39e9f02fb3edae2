using System.Globalization;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Script;

namespace PureDump.Formats.PgArchive;

internal sealed partial record PgToc
{
    private const uint LargeObjectCatalog = 2613;
    private const char PartitionedTable = 'p';

    /// <summary>The table of contents as it stands in an archive: the reverse of <see cref="ToModel"/>.</summary>
    /// <param name="toc">The model.</param>
    /// <param name="format">Of the archive.</param>
    /// <param name="settings">How it is written.</param>
    public static PgToc Of(Toc toc, PgArchiveFormat format, PgArchiveSettings settings)
    {
        bool isOld = !settings.Version.HasLargeObjectGroups;
        StreamCompression compression = settings.Compression;
        var header = new PgArchiveHeader
        {
            Version = settings.Version,
            Format = format,
            Compression = compression.Method,
            CompressionLevel =
                settings.Version.HasCompressionMethod ? null
                : compression.Method == StreamMethod.None ? 0
                : compression.Level,
            Created = settings.Created,
            DaylightSaving = settings.IsDaylightSaving ? 1 : 0,
            Database = toc.Origin.Database,
            ServerVersion = toc.Origin.ServerVersion,
            ProducerVersion = toc.Origin.Producer.StartsWith(ProducerPrefix, StringComparison.Ordinal)
                ? toc.Origin.Producer[ProducerPrefix.Length..]
                : toc.Origin.Producer,
        };
        var entries = new List<PgTocEntry>(toc.Entries.Count);
        var partitionRows = new PartitionRows(toc);
        SingleLargeObjects? single = isOld ? new SingleLargeObjects(toc) : null;
        foreach (TocEntry entry in toc.Entries)
        {
            entries.AddRange(single?.Of(entry) ?? [Stored(entry, toc, settings, partitionRows.NeededBy(entry))]);
        }

        return new PgToc(header, [.. entries.Select(entry => Placed(entry, header))], toc.Origin.Encoding);
    }

    private static PgTocEntry Stored(TocEntry entry, Toc toc, PgArchiveSettings settings, IEnumerable<int> moreNeeds) =>
        new()
        {
            DumpId = entry.Id.Value,
            HasData = entry.HasBlocks,
            CatalogId = entry.CatalogId,
            Tag = entry.Name,
            Kind = entry.Kind,
            Section = entry.Section,
            Definition = Filled(DefinitionOf(entry, toc, settings.Version)),
            DropStatement = entry.Kind == EntryKind.LargeObjectMetadata ? LargeObjectList.DropMark : Filled(entry.DropSql),
            CopyStatement = entry.Rows is { } rows && settings.Rows == RowStatements.Copy ? PlainSqlWriter.CopySql(rows) : null,
            Schema = entry.Schema,
            Tablespace = entry.Tablespace,
            TableAccessMethod = SetsAccessMethod(entry, settings.Version) ? null : entry.TableAccessMethod,
            RelKind = entry.Kind == EntryKind.TableData ? '\0' : entry.RelKind,
            Owner = entry.Owner,
            Dependencies = [.. entry.Dependencies.Select(static id => id.Value).Union(moreNeeds)],
        };

    private static string DefinitionOf(TocEntry entry, Toc toc, PgArchiveVersion version) =>
        entry.Kind switch
        {
            EntryKind.LargeObjectMetadata => LargeObjectList.Text(entry.LargeObjectOids),
            EntryKind.TableData when entry.Rows is { LoadInto: not null } rows => RootMark.Of(rows),
            EntryKind.Acl when GroupOf(entry, toc) is { } group => LargeObjectList.AclOf(
                entry.CreateSql,
                group.LargeObjectOids,
                group.LargeObjectOids[0]),
            EntryKind.Table when SetsAccessMethod(entry, version) => $"{entry.CreateSql}\n\n{EntrySteps.AccessMethodSql(entry)}\n",
            _ => entry.CreateSql,
        };

    // Readers before 17 do not know that the access method of a partitioned table wants a statement of its own
    // (pg_backup_archiver.c, _printTableAccessMethodNoStorage).
    private static bool SetsAccessMethod(TocEntry entry, PgArchiveVersion version) =>
        !version.HasRelKind && entry.RelKind == PartitionedTable && !string.IsNullOrEmpty(entry.TableAccessMethod);

    // The group whose privileges an entry has.
    private static TocEntry? GroupOf(TocEntry entry, Toc toc) =>
        entry.Kind == EntryKind.Acl && entry.Name.StartsWith(LargeObjectsTag, StringComparison.Ordinal)
            ? entry
                .Dependencies.Select(id => toc[id])
                .FirstOrDefault(static one => one.Kind == EntryKind.LargeObjectMetadata && one.LargeObjectOids.Count > 0)
            : null;

    // What pg_dump says of the place of data before they are written.
    private static PgTocEntry Placed(PgTocEntry entry, PgArchiveHeader header)
    {
        if (header.Format == PgArchiveFormat.Custom)
        {
            return entry with { OffsetState = entry.HasData ? PgOffsetState.NotSet : PgOffsetState.NoData };
        }

        bool isList = entry.Kind == EntryKind.LargeObjects && header.Format == PgArchiveFormat.Directory;
        return !entry.HasData
            ? entry
            : entry with
            {
                FileName = isList ? ArchiveFileNames.LargeObjectList(header.Version, entry.DumpId) : ArchiveFileNames.Data(entry.DumpId),
            };
    }

    /// <summary>Large objects as versions before 1.16 want them: formats/pg-archive.md, section 8.</summary>
    private sealed class SingleLargeObjects
    {
        private const string LargeObjectTag = "LARGE OBJECT ";

        private readonly Toc _toc;
        private readonly Dictionary<uint, int> _ids = [];
        private readonly HashSet<DumpId> _groups = [];
        private readonly DumpId? _contents;
        private int _nextId;

        public SingleLargeObjects(Toc toc)
        {
            _toc = toc;
            _nextId = toc.Entries.Select(static entry => entry.Id.Value).DefaultIfEmpty().Max() + 1;
            _contents = toc.Entries.FirstOrDefault(static entry => entry.Kind == EntryKind.LargeObjects)?.Id;
            foreach (TocEntry group in toc.Entries.Where(static entry => entry.Kind == EntryKind.LargeObjectMetadata))
            {
                _groups.Add(group.Id);
                foreach (uint oid in group.LargeObjectOids)
                {
                    _ids.Add(oid, _nextId++);
                }
            }
        }

        /// <summary>The entries in place of one; null where it stays what it is.</summary>
        public IEnumerable<PgTocEntry>? Of(TocEntry entry)
        {
            if (entry.Kind == EntryKind.LargeObjectMetadata)
            {
                return entry.LargeObjectOids.Select(oid => Single(entry, oid));
            }

            if (entry.Kind == EntryKind.LargeObjects)
            {
                return entry.Id == _contents
                    ?
                    [
                        new PgTocEntry
                        {
                            DumpId = entry.Id.Value,
                            HasData = true,
                            CatalogId = entry.CatalogId,
                            Tag = "BLOBS",
                            Kind = entry.Kind,
                            Section = entry.Section,
                        },
                    ]
                    : [];
            }

            if (GroupOf(entry, _toc) is { } group)
            {
                return group.LargeObjectOids.Select(oid => SingleAcl(entry, group, oid));
            }

            return entry.Dependencies.Any(_groups.Contains) || (_contents is not null && entry.Dependencies.Any(IsMerged))
                ? [Rewired(entry)]
                : null;
        }

        private bool IsMerged(DumpId id) => id != _contents && _toc[id].Kind == EntryKind.LargeObjects;

        private PgTocEntry Single(TocEntry group, uint oid) => new()
        {
            DumpId = _ids[oid],
            CatalogId = new Pg.CatalogId(LargeObjectCatalog, oid),
            Tag = oid.ToString(CultureInfo.InvariantCulture),
            Kind = PgEntryKind.LargeObject,
            Section = Section.PreData,
            Definition = LargeObjectList.CreateSql([oid]),
            DropStatement = LargeObjectList.DropSql([oid]),
            Owner = group.Owner,
            Dependencies = [.. group.Dependencies.Select(static id => id.Value)],
        };

        private PgTocEntry SingleAcl(TocEntry acl, TocEntry group, uint oid) => new()
        {
            // The first takes the place of the entry it comes from.
            DumpId = oid == group.LargeObjectOids[0] ? acl.Id.Value : _nextId++,
            Tag = string.Create(CultureInfo.InvariantCulture, $"{LargeObjectTag}{oid}"),
            Kind = acl.Kind,
            Section = acl.Section,
            Definition = LargeObjectList.AclOf(acl.CreateSql, group.LargeObjectOids, oid),
            Owner = acl.Owner,
            Dependencies = [_ids[oid]],
        };

        // A comment or label names its object; whatever else depended on groups depends on all their objects.
        private PgTocEntry Rewired(TocEntry entry)
        {
            PgTocEntry stored = Stored(entry, _toc, new PgArchiveSettings { Version = PgArchiveVersion.ForOldReaders }, []);
            bool isOfOne =
                entry.Name.StartsWith(LargeObjectTag, StringComparison.Ordinal)
                & uint.TryParse(
                    entry.Name.AsSpan(Math.Min(entry.Name.Length, LargeObjectTag.Length)),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out uint oid);
            var ids = new SortedSet<int>();
            foreach (DumpId id in entry.Dependencies)
            {
                if (_groups.Contains(id))
                {
                    ids.UnionWith(_toc[id].LargeObjectOids.Where(one => !isOfOne || one == oid).Select(one => _ids[one]));
                }
                else
                {
                    ids.Add(IsMerged(id) ? _contents!.Value.Value : id.Value);
                }
            }

            return stored with { Dependencies = [.. ids] };
        }
    }
}
