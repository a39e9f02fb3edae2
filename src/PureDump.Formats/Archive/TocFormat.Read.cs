using System.Text;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;

namespace PureDump.Formats.Archive;

internal static partial class TocFormat
{
    /// <summary>Reads a Toc.</summary>
    /// <param name="source">All of it, without the records around it.</param>
    /// <param name="storedLength">Of the payloads it came out of, in bytes; that bounds the memory it may ask for.</param>
    /// <exception cref="PureDumpException">A rule of section 6 or 7 is broken (<see cref="ErrorKind.ArchiveDamaged"/>).</exception>
    public static Toc Read(ReadOnlySpan<byte> source, long storedLength)
    {
        var reader = new Reader(source, memoryMax: MemoryMax(storedLength));
        ulong version = reader.Number(ulong.MaxValue, "version of the table of contents");
        if (version != Version)
        {
            throw new PureDumpException(
                ErrorKind.ArchiveVersion,
                $"the table of contents has version {version}, this program reads {Version}",
                "use a newer puredump");
        }

        // What encoding the name of the database is in is said behind it.
        ReadOnlySpan<byte> database = reader.Bytes("database name");
        ReadOnlySpan<byte> serverVersion = reader.Bytes("server version");
        int serverVersionNumber = (int)reader.Number(int.MaxValue, "server version number");
        string encoding = EncodingOf(ref reader);
        reader.Encoding = TextEncoding.Of(encoding);
        var origin = new DumpOrigin
        {
            Database = reader.Decoded(database, "database name"),
            ServerVersion = reader.Decoded(serverVersion, "server version"),
            ServerVersionNumber = serverVersionNumber,
            Encoding = encoding,
            StandardConformingStrings = reader.Number(1, "standard_conforming_strings") == 1,
            Producer = reader.Text("producer"),
        };
        int count = reader.Count(ArchiveLimits.EntryCountMax, ArchiveLimits.EntryCost, "number of entries");
        var entries = new List<TocEntry>(count);
        for (int i = 0; i < count; i++)
        {
            TocEntry entry = Entry(ref reader);
            entries.Add(entry);
            if (entry.Rows?.Format == RowFormat.Binary && TextEncoding.IsClientOnly(encoding))
            {
                throw Damaged($"the rows of {entry.Label} are in binary, which they cannot be in {encoding}");
            }
        }

        if (!reader.IsAtEnd)
        {
            throw Damaged("bytes behind the last entry");
        }

        var toc = new Toc(origin, entries);
        toc.RefuseMisplacedRows();
        toc.RefuseCircles();
        return toc;
    }

    // What the text is in must be known before any of it is taken for text, here or by a server.
    private static string EncodingOf(ref Reader reader)
    {
        string name = reader.Text("encoding");
        return TextEncoding.IsKnown(name)
            ? name
            : throw Damaged($"its text is in the encoding \"{SqlText.OneLine(name)}\", which PostgreSQL does not have");
    }

    private static TocEntry Entry(ref Reader reader)
    {
        ulong id = reader.Number(int.MaxValue, "entry id");
        if (id == 0)
        {
            throw Damaged("an entry with the id 0");
        }

        return new TocEntry
        {
            Id = new DumpId((int)id),
            CatalogId = new CatalogId((uint)reader.Number(uint.MaxValue, "catalog"), (uint)reader.Number(uint.MaxValue, "catalog row")),
            Kind = reader.Text("kind"),
            Schema = reader.TextOrNull("schema"),
            Name = reader.Text("name"),
            Owner = reader.TextOrNull("owner"),
            Section = SectionOf(reader.Number(4, "section")),
            CreateSql = reader.Statement("create statement"),
            DropSql = reader.Statement("drop statement"),
            DropIfExistsSql = reader.Statement("drop if exists statement"),
            OwnerTarget = reader.TextOrNull("owner target"),
            Tablespace = reader.TextOrNull("tablespace"),
            TableAccessMethod = reader.TextOrNull("access method"),
            RelKind = (char)reader.Number(127, "relkind"),
            Dependencies = Dependencies(ref reader),
            LargeObjectOids = LargeObjects(ref reader),
            Rows = reader.Number(1, "rows mark") == 1 ? Rows(ref reader) : null,
        };
    }

    private static Section SectionOf(ulong value) =>
        value is >= 1 ? (Section)value : throw Damaged("an entry in section 0");

    private static DumpId[] Dependencies(ref Reader reader)
    {
        int count = reader.Count(ArchiveLimits.EntryCountMax, ArchiveLimits.NumberCost, "number of dependencies");
        DumpId[] ids = count == 0 ? [] : new DumpId[count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = new DumpId((int)reader.Number(int.MaxValue, "dependency"));
            if (i > 0 && ids[i].Value <= ids[i - 1].Value)
            {
                throw Damaged("dependencies that do not ascend");
            }
        }

        return ids;
    }

    private static uint[] LargeObjects(ref Reader reader)
    {
        int count = reader.Count(ArchiveLimits.LargeObjectCountMax, ArchiveLimits.NumberCost, "number of large objects");
        uint[] oids = count == 0 ? [] : new uint[count];
        for (int i = 0; i < oids.Length; i++)
        {
            oids[i] = (uint)reader.Number(uint.MaxValue, "large object");
        }

        return oids;
    }

    private static TableRows Rows(ref Reader reader)
    {
        string schema = reader.Text("schema of rows");
        string table = reader.Text("table of rows");
        string? intoSchema = reader.TextOrNull("target schema of rows");
        string? intoTable = reader.TextOrNull("target table of rows");
        if (intoSchema is null != intoTable is null)
        {
            throw Damaged("rows with half a target table");
        }

        var format = (RowFormat)reader.Number(1, "format of rows");
        var columns = new RowColumn[reader.Count(ArchiveLimits.ColumnCountMax, ArchiveLimits.ColumnCost, "number of columns")];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = new RowColumn(reader.Text("column name"), reader.Text("column type"));
        }

        string? filter = reader.StatementOrNull("filter");
        long estimatedBytes = (long)reader.Number(long.MaxValue, "size of rows");
        long heapPages = (long)reader.Number(long.MaxValue, "pages of rows");
        int tableEntry = (int)reader.Number(int.MaxValue, "table entry");
        return new TableRows
        {
            Schema = schema,
            Table = table,
            LoadInto = intoTable is null ? null : (intoSchema!, intoTable),
            Format = format,
            Columns = columns,
            Filter = filter,
            EstimatedBytes = estimatedBytes,
            HeapPages = heapPages,
            TableEntry = tableEntry == 0 ? null : new DumpId(tableEntry),
        };
    }

    /// <summary>Reads the numbers and texts of section 6 out of a span.</summary>
    /// <param name="source">All of it.</param>
    /// <param name="whole">What it is, for errors.</param>
    /// <param name="memoryMax">What it may ask for, as section 7 counts it.</param>
    internal ref struct Reader(ReadOnlySpan<byte> source, string whole = "table of contents", long memoryMax = long.MaxValue)
    {
        private ReadOnlySpan<byte> _rest = source;
        private long _memoryLeft = memoryMax - source.Length;

        /// <summary>Of all texts.</summary>
        public Encoding Encoding { get; set; } = TextEncoding.Of("UTF8");

        public readonly bool IsAtEnd => _rest.IsEmpty;

        private readonly PureDumpException Fails(string what) =>
            new(ErrorKind.ArchiveDamaged, $"the {whole} of the archive is damaged: {what}");

        public ulong Number(ulong max, string what)
        {
            ulong value = 0;
            for (int i = 0; i < 10; i++)
            {
                if (_rest.Length <= i)
                {
                    throw Fails($"it ends in a {what}");
                }

                byte part = _rest[i];
                if (i == 9 && part > 1)
                {
                    break;
                }

                value |= (ulong)(part & 0x7f) << (7 * i);
                if (part < 0x80)
                {
                    _rest = _rest[(i + 1)..];
                    return value <= max ? value : throw Fails($"the {what} is {value}, at most {max} is allowed");
                }
            }

            throw Fails($"the {what} has more than 64 bits");
        }

        // A count of things that take at least one byte each cannot be larger than the bytes that are left. Memory is asked for only
        // where what each of them costs, beyond its bytes, was there.
        public int Count(int max, int cost, string what)
        {
            ulong count = Number((ulong)max, what);
            if (count > (ulong)_rest.Length)
            {
                throw Fails($"the {what} is {count}, but only {_rest.Length} bytes follow");
            }

            _memoryLeft -= (long)count * cost;
            return _memoryLeft >= 0
                ? (int)count
                : throw Fails($"with the {what}, {count}, it asks for more than {memoryMax} bytes of memory");
        }

        public string Text(string what) => TextOrNull(what) ?? throw Fails($"the {what} is missing");

        public string? TextOrNull(string what) =>
            TryTake(what, ArchiveLimits.NameLengthMax, out ReadOnlySpan<byte> bytes) ? Decoded(bytes, what) : null;

        public string Statement(string what) => StatementOrNull(what) ?? throw Fails($"the {what} is missing");

        public string? StatementOrNull(string what) =>
            TryTake(what, ArchiveLimits.StatementLengthMax, out ReadOnlySpan<byte> bytes) ? Decoded(bytes, what) : null;

        public ReadOnlySpan<byte> Bytes(string what) =>
            TryTake(what, ArchiveLimits.NameLengthMax, out ReadOnlySpan<byte> bytes) ? bytes : throw Fails($"the {what} is missing");

        public readonly string Decoded(ReadOnlySpan<byte> bytes, string what)
        {
            try
            {
                return Encoding.GetString(bytes);
            }
            catch (DecoderFallbackException e)
            {
                string due = Encoding is UTF8Encoding ? "UTF-8" : "text in its encoding";
                throw new PureDumpException(ErrorKind.ArchiveDamaged, $"the {what} in the {whole} is no {due}", null, e);
            }
        }

        private bool TryTake(string what, int lengthMax, out ReadOnlySpan<byte> bytes)
        {
            bytes = default;
            ulong mark = Number(ulong.MaxValue, $"length of a {what}");
            if (mark == 0)
            {
                return false;
            }

            if (mark - 1 > (ulong)lengthMax)
            {
                throw Fails($"the {what} has {mark - 1} bytes, at most {lengthMax} are allowed");
            }

            if (mark - 1 > (ulong)_rest.Length)
            {
                throw Fails($"the {what} has {mark - 1} bytes, but only {_rest.Length} follow");
            }

            bytes = _rest[..(int)(mark - 1)];
            _rest = _rest[bytes.Length..];
            if (bytes.Contains((byte)0))
            {
                throw Fails($"the {what} holds a NUL");
            }

            return true;
        }
    }
}
