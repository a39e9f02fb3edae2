using BenchmarkDotNet.Attributes;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Sort;

namespace PureDump.Bench.Micro;

/// <summary>
/// Putting the objects of a big schema into order: tables with a default and a CHECK each (two loops to break), their
/// rows and a foreign key to the table before.
/// </summary>
public class TocSortBenchmark
{
    private const uint ClassCatalog = 1259;

    private CatalogSet? _catalog;
    private Boundaries? _boundaries;
    private uint _lastOid;

    /// <summary>There are six objects for each.</summary>
    [Params(1000, 5000)]
    public int Tables { get; set; }

    /// <summary>A new schema: the sort changes the one it gets.</summary>
    [IterationSetup]
    public void Begin()
    {
        _lastOid = 20000;
        _catalog = new CatalogSet(new Selection(new DumpSelection()));
        SchemaObject schema = _catalog.Register(new SchemaObject { Id = new CatalogId(2615, 2200), Name = "public", Owner = "o" });
        TableObject? before = null;
        for (int i = 0; i < Tables; i++)
        {
            before = AddTable(schema, $"table_{i:00000}", before);
        }

        _boundaries = Boundaries.Add(_catalog);
    }

    /// <summary>The whole schema.</summary>
    [Benchmark]
    public int Sort() => DependencySort.Order(_catalog!, _boundaries!, _ => { }).Count;

    private TableObject AddTable(SchemaObject schema, string name, TableObject? referenced)
    {
        TableObject table = _catalog!.Register(new TableObject
        {
            Id = NextId(ClassCatalog),
            Name = name,
            Schema = schema,
            RelKind = 'r',
            Persistence = 'p',
            IsPartition = false,
        });
        table.AddNeed(schema);
        DefaultObject value = _catalog.Register(new DefaultObject
        {
            Id = NextId(2604),
            Name = name,
            Schema = schema,
            Table = table,
            ColumnNumber = 1,
            Expression = "0",
        });
        table.AddNeed(value);
        value.AddNeed(table);
        ConstraintObject check = AddConstraint(schema, table, $"{name}_check", 'c');
        table.AddNeed(check);
        check.AddNeed(table);
        TableDataObject rows = _catalog.Register(new TableDataObject
        {
            Id = new CatalogId(Oid.None, table.Id.Row),
            Name = name,
            Schema = schema,
            Table = table,
        });
        rows.AddNeed(table);
        table.Data = rows;
        ConstraintObject key = AddConstraint(schema, table, $"{name}_pkey", 'p');
        key.AddNeed(table);
        ConstraintObject reference = AddConstraint(schema, table, $"{name}_fkey", 'f');
        reference.AddNeed(table);
        reference.AddNeed(referenced ?? table);
        return table;
    }

    private ConstraintObject AddConstraint(SchemaObject schema, TableObject table, string name, char type) =>
        _catalog!.Register(
            new ConstraintObject
            {
                Id = NextId(2606),
                Name = name,
                Schema = schema,
                Type = type,
                Table = table,
                IsSeparate = type != 'c',
            }
        );

    private CatalogId NextId(uint catalog) => new(catalog, ++_lastOid);
}
