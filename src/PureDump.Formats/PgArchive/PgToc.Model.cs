using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Script;

namespace PureDump.Formats.PgArchive;

internal sealed partial record PgToc
{
    internal const string ProducerPrefix = "pg_dump version ";

    private const string LargeObjectsTag = "LARGE OBJECTS ";

    /// <summary>
    /// The table of contents in the model: with statements that stand for themselves, dependencies only on what is there,
    /// rows and large objects named (formats/pg-archive.md, section 3.2).
    /// </summary>
    /// <param name="name">What is read, for messages.</param>
    /// <exception cref="PureDumpException">An entry does not hold what its kind demands.</exception>
    public Toc ToModel(string name)
    {
        var byId = Entries.ToDictionary(static entry => entry.DumpId);
        var tables = new Dictionary<(string? Schema, string Name), int>();
        foreach (PgTocEntry entry in Entries)
        {
            if (entry.Kind is EntryKind.Table or EntryKind.ForeignTable or EntryKind.MaterializedView)
            {
                tables.TryAdd((entry.Schema, entry.Tag), entry.DumpId);
            }
        }

        var groups = new Dictionary<int, uint[]>();
        foreach (PgTocEntry entry in Entries)
        {
            if (entry.Kind == EntryKind.LargeObjectMetadata)
            {
                groups.Add(entry.DumpId, LargeObjectList.Parse(entry.Definition ?? "", $"{name}: entry {entry}"));
            }
            else if (entry.Kind == PgEntryKind.LargeObject)
            {
                groups.Add(entry.DumpId, LargeObjectList.Parse(entry.Tag, $"{name}: entry {entry}"));
            }
        }

        int largeObjectCount = groups.Values.Sum(static oids => oids.Length);
        if (largeObjectCount > PgArchiveLimits.LargeObjectCountMax)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveDamaged,
                $"{name} names {largeObjectCount} large objects, at most {PgArchiveLimits.LargeObjectCountMax} are allowed");
        }

        Dictionary<int, List<int>> cloneNeeds = ClonedTriggers.Needs(Entries);
        long repeatBudget = PgArchiveLimits.TocLengthMax;
        var allLargeObjects = new Lazy<uint[]>(() => [.. groups.Values.SelectMany(static oids => oids).Distinct().Order()]);
        TocEntry[] entries = [.. Entries.Select(Model)];
        var toc = new Toc(Origin(), entries);
        toc.RefuseMisplacedRows();
        return toc;

        TocEntry Model(PgTocEntry entry)
        {
            uint[] oids = LargeObjectsOf(entry);
            string create = CreateSql(entry, oids, ref repeatBudget);
            string drop = entry.Kind == EntryKind.LargeObjectMetadata ? LargeObjectList.DropSql(oids) : entry.DropStatement ?? "";
            return new TocEntry
            {
                Id = new DumpId(entry.DumpId),
                CatalogId = entry.CatalogId,
                Kind = entry.Kind,
                Schema = entry.Schema,
                Name = entry.Tag,
                Owner = entry.Owner,
                Section = entry.Section,
                CreateSql = create,
                DropSql = drop,
                DropIfExistsSql = groups.ContainsKey(entry.DumpId)
                    ? LargeObjectList.DropIfExistsSql(oids)
                    : ObjectStatements.IfExists(entry.Kind, drop),
                OwnerTarget = ObjectStatements.OwnerTarget(entry),
                Tablespace = entry.Tablespace,
                TableAccessMethod = entry.TableAccessMethod,
                RelKind = entry.RelKind,
                Dependencies =
                [
                    .. entry.Dependencies.Where(id => id != entry.DumpId && byId.ContainsKey(id))
                        .Union(cloneNeeds.GetValueOrDefault(entry.DumpId) ?? []).Order().Select(static id => new DumpId(id)),
                ],
                Rows = RowsOf(entry),
                LargeObjectOids = entry.Kind is EntryKind.LargeObjectMetadata or EntryKind.LargeObjects or PgEntryKind.LargeObject
                    ? oids
                    : [],
            };
        }

        // Before groups, the one entry of contents depends on all objects or on none, as its producer liked.
        uint[] LargeObjectsOf(PgTocEntry entry)
        {
            if (groups.TryGetValue(entry.DumpId, out uint[]? own))
            {
                return own;
            }

            bool isGroupAcl = entry.Kind == EntryKind.Acl && entry.Tag.StartsWith(LargeObjectsTag, StringComparison.Ordinal);
            if (entry.Kind != EntryKind.LargeObjects && !isGroupAcl)
            {
                return [];
            }

            uint[]? group = entry.Dependencies.Select(id => groups.GetValueOrDefault(id)).FirstOrDefault(static oids => oids is not null);
            return Header.Version.HasLargeObjectGroups || isGroupAcl ? group ?? [] : allLargeObjects.Value;
        }

        TableRows? RowsOf(PgTocEntry entry)
        {
            if (entry.Kind != EntryKind.TableData || !entry.HasData || string.IsNullOrEmpty(entry.CopyStatement))
            {
                return null;
            }

            CopyFromStatement copy = CopyFromStatement.Parse(entry.CopyStatement)
                ?? throw new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"{name}: entry {entry} has a COPY statement that cannot be read: {Shown(entry.CopyStatement)}");
            string schema = entry.Schema ?? copy.Schema ?? "";
            (string Schema, string Table) target = (copy.Schema ?? schema, copy.Table);
            return new TableRows
            {
                Schema = schema,
                Table = entry.Tag,
                LoadInto = target == (schema, entry.Tag) ? null : target,
                Columns = [.. copy.Columns.Select(static column => new RowColumn(column, ""))],
                Format = RowFormat.Text,
                TableEntry = tables.TryGetValue((entry.Schema, entry.Tag), out int table) ? new DumpId(table) : null,
            };
        }
    }

    // The mark of rows that go to the root of their partitions is no statement; the model says it in the rows, where there are some.
    private static string CreateSql(PgTocEntry entry, uint[] oids, ref long repeatBudget)
    {
        string definition = entry.Definition ?? "";
        return entry.Kind switch
        {
            EntryKind.LargeObjectMetadata => LargeObjectList.CreateSql(oids),
            EntryKind.TableData when RootMark.IsIn(definition) => string.IsNullOrEmpty(entry.CopyStatement)
                ? RootMark.Sanitized(definition)
                : "",
            EntryKind.Acl when oids.Length > 0 => LargeObjectList.RepeatedAcl(definition, oids, ref repeatBudget, entry.ToString()),
            _ => definition,
        };
    }

    private DumpOrigin Origin() =>
        new()
        {
            Database = Header.Database,
            ServerVersion = Header.ServerVersion,
            ServerVersionNumber = VersionNumber(Header.ServerVersion),
            Encoding = Encoding,
            StandardConformingStrings =
                Entries
                    .FirstOrDefault(static entry => entry.Kind == EntryKind.StdStrings)
                    ?.Definition?.Contains("'off'", StringComparison.Ordinal) != true,
            Producer = ProducerPrefix + Header.ProducerVersion,
        };

    /// <summary><c>server_version_num</c> of a <c>server_version</c>: 15.18 → 150018, 9.6.24 → 90624, 19devel → 190000; 0 where it is
    /// neither.</summary>
    internal static int VersionNumber(string version)
    {
        Span<int> parts = stackalloc int[3];
        parts.Clear();
        int part = 0;
        foreach (char c in version)
        {
            if (char.IsAsciiDigit(c) && parts[part] < 1000)
            {
                parts[part] = (parts[part] * 10) + (c - '0');
            }
            else if (c != '.' || ++part == parts.Length)
            {
                break;
            }
        }

        return parts[0] >= 10 ? (parts[0] * 10000) + parts[1] : (parts[0] * 10000) + (parts[1] * 100) + parts[2];
    }
}
