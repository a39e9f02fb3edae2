using System.Globalization;
using System.Text;
using PureDump.Formats.Codec;
using PureDump.Formats.Entries;
using PureDump.Formats.Errors;
using PureDump.Formats.Pg;
using PureDump.Formats.Sql;

namespace PureDump.Formats.PgArchive;

internal sealed partial record PgToc
{
    private const string UnnamedEncoding = "SQL_ASCII";

    /// <summary>Reads header and table of contents; the input then stands behind them.</summary>
    /// <param name="input">At the first byte.</param>
    /// <param name="format">What the archive was found to be: a directory says that it is a tar.</param>
    /// <param name="storedLength">Of the compressed file it comes out of, in bytes; null: it is not compressed.</param>
    /// <exception cref="PureDumpException">A rule is broken (<see cref="ErrorKind.ArchiveDamaged"/>), or the version is none
    /// that is read (<see cref="ErrorKind.ArchiveVersion"/>).</exception>
    public static PgToc Read(PgArchiveInput input, PgArchiveFormat format, long? storedLength = null)
    {
        long budget = Budget(storedLength);
        PgArchiveHeader header = ReadHeader(input, format, ref budget);
        int count = input.Count(PgArchiveLimits.EntryCountMax, "number of entries");
        var entries = new List<PgTocEntry>();
        var ids = new HashSet<int>();
        for (int i = 0; i < count; i++)
        {
            PgTocEntry entry = ReadEntry(input, header, ref budget);
            if (!ids.Add(entry.DumpId))
            {
                throw input.Damaged($"two entries of the table of contents have the id {entry.DumpId}");
            }

            entries.Add(entry);
        }

        string encoding = EncodingOf(input, entries);
        var texts = new Texts(input, encoding);
        if (!texts.AreDecoded)
        {
            return new PgToc(header, entries, encoding);
        }

        texts.Decode(entries);
        return new PgToc(
            header with
            {
                Database = texts.DatabaseName(header.Database),
                ServerVersion = texts.Decoded(header.ServerVersion, "server version"),
                ProducerVersion = texts.Decoded(header.ProducerVersion, "version of pg_dump"),
            },
            entries,
            encoding);
    }

    // A few compressed bytes cannot ask for a gigabyte.
    private static long Budget(long? storedLength) => storedLength is not { } length
        ? PgArchiveLimits.TocLengthMax
        : Math.Min(PgArchiveLimits.TocLengthMax, Math.Max(PgArchiveLimits.TocLengthFree, length * PgArchiveLimits.TocRatioMax));

    private static PgArchiveHeader ReadHeader(PgArchiveInput input, PgArchiveFormat format, ref long budget)
    {
        Span<byte> head = stackalloc byte[PgArchiveHeader.FixedSize];
        input.ReadExactly(head, "header");
        if (!head.StartsWith(PgArchiveHeader.Magic))
        {
            throw new PureDumpException(ErrorKind.ArchiveDamaged, $"{input.Name} is not an archive of pg_dump");
        }

        var version = new PgArchiveVersion(
            head[PgArchiveHeader.MajorOffset], head[PgArchiveHeader.MinorOffset], head[PgArchiveHeader.RevisionOffset]);
        version.Checked();
        input.IntSize = Size(input, head[PgArchiveHeader.IntSizeOffset], PgArchiveLimits.IntSizeMax, "integers");
        input.OffsetSize = Size(input, head[PgArchiveHeader.OffsetSizeOffset], PgArchiveLimits.OffsetSizeMax, "offsets");
        byte code = head[PgArchiveHeader.FormatOffset];
        bool isRightCode = format == PgArchiveFormat.Custom ? code == CustomCode : code is TarCode or DirectoryCode;
        if (!isRightCode)
        {
            throw input.Damaged($"its header says format {code}, which a {format.ToString().ToLowerInvariant()} archive does not have");
        }

        (StreamMethod method, int? level) = ReadCompression(input, version);
        (DateTime? created, int daylightSaving) = ReadTime(input);
        return new PgArchiveHeader
        {
            Version = version,
            Format = format,
            Compression = method,
            CompressionLevel = level,
            Created = created,
            DaylightSaving = daylightSaving,
            Database = input.TextOrNull(ref budget, "name of the database") ?? "",
            ServerVersion = input.TextOrNull(ref budget, "server version") ?? "",
            ProducerVersion = input.TextOrNull(ref budget, "version of pg_dump") ?? "",
        };
    }

    private static int Size(PgArchiveInput input, byte size, int max, string what) =>
        size >= 1 && size <= max ? size : throw input.Damaged($"its header says that {what} have {size} bytes, allowed are 1 to {max}");

    private static (StreamMethod Method, int? Level) ReadCompression(PgArchiveInput input, PgArchiveVersion version)
    {
        if (!version.HasCompressionMethod)
        {
            int level = input.Int("compression level");
            return (level == 0 ? StreamMethod.None : StreamMethod.Gzip, level);
        }

        byte method = input.Byte("compression method");
        return method <= (byte)StreamMethod.Zstd
            ? ((StreamMethod)method, null)
            : throw input.Damaged($"its header names the unknown compression method {method}");
    }

    // A struct tm: months count from 0, years from 1900, a minute may have 61 seconds.
    private static (DateTime? Created, int DaylightSaving) ReadTime(PgArchiveInput input)
    {
        int second = input.Int("second of the creation time");
        int minute = input.Int("minute of the creation time");
        int hour = input.Int("hour of the creation time");
        int day = input.Int("day of the creation time");
        int month = input.Int("month of the creation time");
        int year = input.Int("year of the creation time");
        int daylightSaving = input.Int("daylight saving time of the creation time");
        bool isDate = second is >= 0 and <= 60 && minute is >= 0 and < 60 && hour is >= 0 and < 24 && month is >= 0 and < 12
            && year is >= 0 and < 8100 && day >= 1 && day <= DateTime.DaysInMonth(year + 1900, month + 1);
        return isDate
            ? (new DateTime(year + 1900, month + 1, day, hour, minute, Math.Min(second, 59), DateTimeKind.Unspecified), daylightSaving)
            : (null, daylightSaving);
    }

    private static PgTocEntry ReadEntry(PgArchiveInput input, PgArchiveHeader header, ref long budget)
    {
        int dumpId = input.Int("id of an entry");
        if (dumpId < 1)
        {
            throw input.Damaged($"an entry of the table of contents has the id {dumpId}");
        }

        // Entries without any text take memory too, and a few compressed bytes can stand for thousands of them.
        budget -= PgArchiveLimits.EntryCost;
        var entry = new PgTocEntry
        {
            DumpId = dumpId,
            HasData = input.Int($"data mark of entry {dumpId}") != 0,
            CatalogId = new CatalogId(
                Number(input, input.TextOrNull(ref budget, "catalog of an entry"), $"catalog of entry {dumpId}"),
                Number(input, input.TextOrNull(ref budget, "catalog row of an entry"), $"catalog row of entry {dumpId}")),
            Tag = Due(input, input.TextOrNull(ref budget, "name of an entry"), dumpId, "name"),
            Kind = Due(input, input.TextOrNull(ref budget, "kind of an entry"), dumpId, "kind"),
            Section = SectionOf(input, input.Int("section of an entry"), dumpId),
            Definition = input.StatementOrNull(ref budget, "definition of an entry"),
            DropStatement = input.StatementOrNull(ref budget, "drop statement of an entry"),
            CopyStatement = input.StatementOrNull(ref budget, "COPY statement of an entry"),
            Schema = Filled(input.TextOrNull(ref budget, "schema of an entry")),
            Tablespace = input.TextOrNull(ref budget, "tablespace of an entry"),
            TableAccessMethod = header.Version.HasTableAccessMethod ? input.TextOrNull(ref budget, "access method of an entry") : null,
            RelKind = header.Version.HasRelKind ? RelKind(input, input.Int("relkind of an entry"), dumpId) : '\0',
            Owner = input.TextOrNull(ref budget, "owner of an entry"),
        };

        // WITH OIDS, as a word: nothing has them any more.
        _ = input.TextOrNull(ref budget, "OIDs mark of an entry");
        entry = entry with { Dependencies = ReadDependencies(input, dumpId, ref budget) };
        if (header.Format == PgArchiveFormat.Custom)
        {
            (PgOffsetState state, long offset) = input.Offset();
            return entry with { OffsetState = state, Offset = offset };
        }

        return entry with { FileName = Filled(input.TextOrNull(ref budget, "file name of an entry")) };
    }

    private static int[] ReadDependencies(PgArchiveInput input, int dumpId, ref long budget)
    {
        var ids = new List<int>();
        while (input.TextOrNull(ref budget, "dependency of an entry") is string text)
        {
            // The text costs the budget little; the list must not grow on nothing.
            budget -= sizeof(int);
            uint id = Number(input, text, $"dependency of entry {dumpId}").Value;
            ids.Add(id <= int.MaxValue ? (int)id : throw input.Damaged($"entry {dumpId} depends on entry {id}, which is no id"));
        }

        return [.. ids];
    }

    private static Oid Number(PgArchiveInput input, string? text, string what) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint value)
            ? new Oid(value)
            : throw input.Damaged($"the {what} is {(text is null ? "missing" : $"\"{Shown(text)}\"")}, which is no number");

    private static string Due(PgArchiveInput input, string? text, int dumpId, string what) =>
        text ?? throw input.Damaged($"entry {dumpId} has no {what}");

    private static Section SectionOf(PgArchiveInput input, int section, int dumpId) =>
        section is >= (int)Section.None and <= (int)Section.PostData
            ? (Section)section
            : throw input.Damaged($"entry {dumpId} is in the unknown section {section}");

    private static char RelKind(PgArchiveInput input, int kind, int dumpId) =>
        kind is >= 0 and < 128 ? (char)kind : throw input.Damaged($"entry {dumpId} has the relkind {kind}");

    private static string? Filled(string? text) => text is { Length: > 0 } ? text : null;

    // The statement of the ENCODING entry has one literal (pg_backup_archiver.c, processEncodingEntry).
    private static string EncodingOf(PgArchiveInput input, List<PgTocEntry> entries)
    {
        if (entries.Find(one => one.Kind == EntryKind.Encoding) is not { } entry)
        {
            return UnnamedEncoding;
        }

        string[] parts = (entry.Definition ?? "").Split('\'');
        return parts.Length == 3 && TextEncoding.IsKnown(parts[1])
            ? parts[1]
            : throw input.Damaged($"entry {entry.DumpId} names no encoding that PostgreSQL has");
    }

    private static string Shown(string text) => SqlText.OneLine(text.Length <= 40 ? text : $"{text[..40]}…");

    /// <summary>The texts of an archive, read byte by byte at first: what encoding they are in is said by one of its entries.</summary>
    private readonly struct Texts(PgArchiveInput input, string encoding)
    {
        private readonly Encoding _encoding = TextEncoding.Of(encoding);

        /// <summary>False where byte by byte is how they are held.</summary>
        public bool AreDecoded => _encoding != System.Text.Encoding.Latin1;

        public void Decode(List<PgTocEntry> entries)
        {
            for (int i = 0; i < entries.Count; i++)
            {
                PgTocEntry entry = entries[i];
                entries[i] = entry with
                {
                    Tag = Decoded(entry.Tag, "name of an entry"),
                    Kind = Decoded(entry.Kind, "kind of an entry"),
                    Definition = DecodedOrNull(entry.Definition, "definition of an entry"),
                    DropStatement = DecodedOrNull(entry.DropStatement, "drop statement of an entry"),
                    CopyStatement = DecodedOrNull(entry.CopyStatement, "COPY statement of an entry"),
                    Schema = DecodedOrNull(entry.Schema, "schema of an entry"),
                    Tablespace = DecodedOrNull(entry.Tablespace, "tablespace of an entry"),
                    TableAccessMethod = DecodedOrNull(entry.TableAccessMethod, "access method of an entry"),
                    Owner = DecodedOrNull(entry.Owner, "owner of an entry"),
                };
            }
        }

        /// <summary>
        /// pg_dump writes the name it connected with, as it was typed: in an archive of an encoding that only clients use it may be
        /// in another. It is nothing but shown.
        /// </summary>
        public string DatabaseName(string bytes)
        {
            try
            {
                return Decoded(bytes, "name of the database");
            }
            catch (PureDumpException) when (TextEncoding.IsClientOnly(encoding))
            {
                return string.Concat(bytes.Select(static one => char.IsAscii(one) ? one : '?'));
            }
        }

        public string Decoded(string bytes, string what)
        {
            if (Ascii.IsValid(bytes))
            {
                return bytes;
            }

            try
            {
                return _encoding.GetString(System.Text.Encoding.Latin1.GetBytes(bytes));
            }
            catch (DecoderFallbackException e)
            {
                throw new PureDumpException(
                    ErrorKind.ArchiveDamaged,
                    $"{input.Name} is damaged: the {what} is no {TextEncoding.Shown(encoding)}: \"{Shown(bytes)}\"",
                    null,
                    e);
            }
        }

        private string? DecodedOrNull(string? bytes, string what) => bytes is null ? null : Decoded(bytes, what);
    }
}
