using PureDump.Engine.Jobs;
using PureDump.Engine.Transfer;
using PureDump.Formats.Entries;
using PureDump.Formats.Rows;
using PureDump.Postgres.Catalog;

namespace PureDump.Tests.Jobs;

/// <summary>
/// A database of random shape, as a Toc, with what each piece of its restore costs a server in seconds of one core. Sizes have long tails;
/// the weights that the schedule sees are sizes in bytes, and the costs lie around them.
/// </summary>
internal sealed class SimulatedDatabase
{
    private const long PartSize = 64L << 20;
    private const double LoadBytesPerSecond = 60e6;
    private const double KeyBytesPerSecond = 160e6;
    private const double CheckBytesPerSecond = 300e6;
    private const double StatementSeconds = 0.001;

    // Rows that several connections load are not frozen.
    private const double SharedLoad = 1.1;

    private readonly Dictionary<DumpId, double> _secondsById = [];
    private readonly Dictionary<DumpId, IReadOnlyList<RowPart>> _partsById = [];
    private readonly List<TocEntry> _entries = [];
    private readonly Random _random;
    private int _lastId;

    /// <summary>One of a seed.</summary>
    /// <param name="seed">Says everything.</param>
    /// <param name="tableCountMax">How many tables it has at most.</param>
    public SimulatedDatabase(int seed, int tableCountMax)
    {
        _random = new Random(seed);
        int tableCount = (int)Math.Exp(_random.NextDouble() * Math.Log(tableCountMax + 1));
        double spread = _random.NextDouble() * 3;
        var tables = new List<(TocEntry Table, TocEntry? Key, long Bytes)>();
        for (int i = 0; i < tableCount; i++)
        {
            tables.Add(AddTable($"t{i}", (long)(8192 * Math.Exp(4 + (spread * Normal())))));
        }

        foreach ((TocEntry table, _, long bytes) in tables)
        {
            if (
                _random.NextDouble() < 0.4
                && tables[_random.Next(tables.Count)] is { Key: { } key } referenced
                && referenced.Table != table)
            {
                Add(
                    new TocEntry
                    {
                        Id = NextId(),
                        Kind = EntryKind.ForeignKey,
                        Schema = "s",
                        Name = $"{table.Name} fk",
                        Section = Section.PostData,
                        CreateSql =
                            $"ALTER TABLE ONLY s.{table.Name}\n    ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES "
                                + $"s.{referenced.Table.Name}(a);\n",
                        Dependencies = [.. ((DumpId[])[table.Id, referenced.Table.Id, key.Id]).Order()],
                    },
                    Noisy((bytes + referenced.Bytes) / CheckBytesPerSecond));
            }
        }

        Toc = new Toc(
            new DumpOrigin
            {
                Database = "d",
                ServerVersion = "18.0",
                ServerVersionNumber = 180000,
                Encoding = "UTF8",
                Producer = "test",
            },
            _entries);
    }

    /// <summary>Everything.</summary>
    public Toc Toc { get; }

    /// <summary>What is scheduled: rows and post-data.</summary>
    public IReadOnlyList<TocEntry> Scheduled => [.. _entries.Where(static entry => entry.Section != Section.PreData)];

    /// <summary>The parts of rows.</summary>
    public IReadOnlyList<RowPart> PartsOf(TocEntry entry) => _partsById[entry.Id];

    /// <summary>The seconds of one core that a statement, or a part of rows, takes.</summary>
    public double SecondsOf(TocEntry entry, RowPart? part) =>
        part is null
            ? _secondsById[entry.Id]
            : _secondsById[entry.Id]
                * part.Weight
                / Math.Max(1, PartsOf(entry).Sum(static one => one.Weight))
                * (part.Count > 1 ? SharedLoad : 1);

    /// <summary>
    /// No schedule is shorter: all work by the connections that can run at the same time, and of one table its rows by all of them and then
    /// the statements that lock it, one after the other, with its indexes before, between or behind them.
    /// </summary>
    public double BoundOf(int connectionCount, int coreCount)
    {
        int width = Math.Min(connectionCount, coreCount);
        double work = _secondsById.Values.Sum() / width;
        var ofTable = new Dictionary<DumpId, (double Rows, double Locked, double Longest, double Beside)>();
        foreach (TocEntry entry in Scheduled)
        {
            double seconds = _secondsById[entry.Id];
            foreach (DumpId table in entry.Dependencies.Where(id => Toc[id].Kind == EntryKind.Table))
            {
                (double rows, double locked, double longest, double beside) = ofTable.GetValueOrDefault(table);
                ofTable[table] = entry.Rows is not null ? (RowSeconds(entry, width), locked, longest, beside)
                    : entry.Kind == EntryKind.Index ? (rows, locked, Math.Max(longest, seconds), beside + seconds)
                    : (rows, locked + seconds, longest, beside);
            }
        }

        return Math.Max(
            work,
            ofTable.Values.Select(table => table.Rows + table.Locked + Math.Max(table.Longest, table.Beside / width)).DefaultIfEmpty().Max()
        );
    }

    private double RowSeconds(TocEntry entry, int width) =>
        Math.Max(
            _secondsById[entry.Id] / Math.Min(width, PartsOf(entry).Count),
            _secondsById[entry.Id]
                * PartsOf(entry).Max(static part => part.Weight)
                / Math.Max(1, PartsOf(entry).Sum(static part => part.Weight)));

    private (TocEntry Table, TocEntry? Key, long Bytes) AddTable(string name, long bytes)
    {
        var table = new TocEntry
        {
            Id = NextId(),
            Kind = EntryKind.Table,
            Schema = "s",
            Name = name,
            Section = Section.PreData,
            CreateSql = $"CREATE TABLE s.{name} (\n    a integer\n);\n",
        };
        Add(table, 0);
        // Narrow rows make dear indexes.
        double width = Math.Exp(0.5 * Normal());
        var rows = new TocEntry
        {
            Id = NextId(),
            Kind = EntryKind.TableData,
            Schema = "s",
            Name = name,
            Section = Section.Data,
            Dependencies = [table.Id],
            Rows = new TableRows
            {
                Schema = "s",
                Table = name,
                Columns = [],
                Format = RowFormat.Binary,
                EstimatedBytes = bytes,
                HeapPages = bytes / 8192,
                TableEntry = table.Id,
            },
        };
        Add(rows, Noisy(bytes / LoadBytesPerSecond));
        int partCount = (int)Math.Max(1, bytes / PartSize);
        _partsById.Add(
            rows.Id,
            [
                .. Enumerable
                    .Range(0, partCount)
                    .Select(i => new RowPart(rows, i, partCount, i, i == partCount - 1 ? long.MaxValue : i + 1, bytes / partCount)),
            ]);

        TocEntry? key = null;
        if (_random.NextDouble() < 0.9)
        {
            key = new TocEntry
            {
                Id = NextId(),
                Kind = EntryKind.Constraint,
                Schema = "s",
                Name = $"{name} pk",
                Section = Section.PostData,
                CreateSql = $"ALTER TABLE ONLY s.{name}\n    ADD CONSTRAINT {name}_pk PRIMARY KEY (a);\n",
                Dependencies = [table.Id],
            };
            Add(key, Noisy(width * bytes / KeyBytesPerSecond));
        }

        for (int count = _random.NextDouble() < 0.1 ? _random.Next(13) : _random.Next(4); count > 0; count--)
        {
            bool isGin = _random.NextDouble() < 0.1;
            DumpId id = NextId();
            string alter = _random.NextDouble() < 0.03 ? $"\n\nALTER TABLE s.{name} CLUSTER ON {name}_{id};\n" : "\n";
            Add(new TocEntry
            {
                Id = id,
                Kind = EntryKind.Index,
                Schema = "s",
                Name = $"{name}_{id}",
                Section = Section.PostData,
                CreateSql = $"CREATE INDEX {name}_{id} ON s.{name} USING {(isGin ? "gin" : "btree")} (a);{alter}",
                Dependencies = [table.Id],
            }, Noisy(width * bytes / KeyBytesPerSecond * (isGin ? 4 : 1)));
        }

        // What takes no time and locks the table all the same.
        for (int count = _random.NextDouble() < 0.1 ? _random.Next(1, 4) : 0; count > 0; count--)
        {
            DumpId id = NextId();
            Add(
                new TocEntry
                {
                    Id = id,
                    Kind = EntryKind.Trigger,
                    Schema = "s",
                    Name = $"{name} t{id}",
                    Section = Section.PostData,
                    CreateSql = $"CREATE TRIGGER t{id} BEFORE INSERT ON s.{name} FOR EACH ROW EXECUTE FUNCTION s.f();\n",
                    Dependencies = [table.Id],
                },
                0);
        }

        return (table, key, bytes);
    }

    private void Add(TocEntry entry, double seconds)
    {
        _entries.Add(entry);
        if (entry.Section != Section.PreData)
        {
            _secondsById.Add(entry.Id, seconds + StatementSeconds);
        }
    }

    private DumpId NextId() => new(++_lastId);

    // Half to twice as long, most of them near.
    private double Noisy(double seconds) => seconds * Math.Exp(0.3 * Normal());

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
