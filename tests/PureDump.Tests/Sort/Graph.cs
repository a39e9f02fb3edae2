using PureDump.Formats.Entries;
using PureDump.Formats.Pg;
using PureDump.Postgres.Catalog;
using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Sort;
using Xunit;

namespace PureDump.Tests.Sort;

/// <summary>A catalog made by hand, with the sort run over it.</summary>
internal sealed class Graph
{
    private const uint ClassCatalog = 1259;
    private uint _lastOid = 20000;

    public Graph() => Public = Catalog.Register(new SchemaObject { Id = new CatalogId(2615, 2200), Name = "public", Owner = "o" });

    public CatalogSet Catalog { get; } = new(new Selection(new DumpSelection()));

    public SchemaObject Public { get; }

    public List<string> Warnings { get; } = [];

    public TableObject Table(string name, char relKind = 'r') => Catalog.Register(new TableObject
    {
        Id = NextId(ClassCatalog),
        Name = name,
        Schema = Public,
        RelKind = relKind,
        Persistence = 'p',
        IsPartition = false,
    });

    /// <summary>A view or materialized view with its ON SELECT rule, and the edges that a server and the reader make.</summary>
    public (TableObject View, RuleObject Query) View(string name, char relKind = 'v')
    {
        TableObject view = Table(name, relKind);
        RuleObject query = Catalog.Register(new RuleObject
        {
            Id = NextId(2618),
            Name = "_RETURN",
            Schema = Public,
            Table = view,
            Event = '1',
            IsInstead = true,
            Enabled = 'O',
            IsSeparate = false,
        });
        view.AddNeed(query);
        query.AddNeed(view);
        return (view, query);
    }

    public OperatorObject Operator(string name, char operatorKind, Oid left, Oid right) => Catalog.Register(new OperatorObject
    {
        Id = NextId(2617),
        Name = name,
        Schema = Public,
        OperatorKind = operatorKind,
        LeftType = left,
        RightType = right,
        Function = new Oid(1),
    });

    public OperatorFamilyObject OperatorFamily(string name, string accessMethod) => Catalog.Register(new OperatorFamilyObject
    {
        Id = NextId(2753),
        Name = name,
        Schema = Public,
        AccessMethod = accessMethod,
    });

    public OperatorClassObject OperatorClass(string name, string accessMethod) => Catalog.Register(new OperatorClassObject
    {
        Id = NextId(2616),
        Name = name,
        Schema = Public,
        AccessMethod = accessMethod,
        InputType = "integer",
        StorageType = null,
        IsDefault = false,
        Family = ("public", name),
    });

    public TypeObject Type(string name, char typeType = 'b') => Catalog.Register(new TypeObject
    {
        Id = NextId(1247),
        Name = name,
        Schema = Public,
        TypeType = typeType,
        IsDefined = true,
        IsArray = false,
    });

    public TypeObject RowType(TableObject table)
    {
        TypeObject type = Catalog.Register(new TypeObject
        {
            Id = NextId(1247),
            Name = table.Name,
            Schema = Public,
            TypeType = 'c',
            IsDefined = true,
            IsArray = false,
            RelationOid = table.Id.Row,
            RelationKind = table.RelKind,
        });
        type.AddNeed(table);
        return type;
    }

    public FunctionObject Function(string name, params uint[] arguments) => Catalog.Register(new FunctionObject
    {
        Id = NextId(1255),
        Name = name,
        Schema = Public,
        ArgumentTypes = arguments,
        ResultType = new Oid(23),
        Language = new Oid(14),
    });

    public ConstraintObject Check(TableObject table, string name) => Tie(table, Constraint(name, 'c', table, null));

    public ConstraintObject Check(TypeObject domain, string name) => Tie(domain, Constraint(name, 'c', null, domain));

    public ConstraintObject Constraint(string name, char type, TableObject? table, TypeObject? domain = null) =>
        Catalog.Register(new ConstraintObject
        {
            Id = NextId(2606),
            Name = name,
            Schema = Public,
            Type = type,
            Table = table,
            Domain = domain,
            IsSeparate = type is not ('c' or 'n'),
        });

    public DefaultObject Default(TableObject table, int column)
    {
        DefaultObject value = Catalog.Register(new DefaultObject
        {
            Id = NextId(2604),
            Name = table.Name,
            Schema = Public,
            Table = table,
            ColumnNumber = column,
            Expression = "0",
        });
        table.AddNeed(value);
        value.AddNeed(table);
        return value;
    }

    public TableDataObject Rows(TableObject table)
    {
        TableDataObject rows = Catalog.Register(new TableDataObject
        {
            Id = new CatalogId(Oid.None, table.Id.Row),
            Name = table.Name,
            Schema = Public,
            Table = table,
        });
        rows.AddNeed(table);
        table.Data = rows;
        return rows;
    }

    public StatisticsDataObject Statistics(CatalogObject relation, Section section)
    {
        StatisticsDataObject statistics = Catalog.Register(new StatisticsDataObject
        {
            Id = new CatalogId(Oid.None, relation.Id.Row),
            Name = relation.Name,
            Schema = Public,
            Relation = relation,
            Section = section,
        });
        statistics.AddNeed(relation);
        return statistics;
    }

    /// <summary>Adds the boundaries and sorts; checks that every need stands before its user.</summary>
    public List<CatalogObject> Sort()
    {
        IReadOnlyList<CatalogObject> order = DependencySort.Order(Catalog, Boundaries.Add(Catalog), Warnings.Add);
        var positions = new Dictionary<CatalogObject, int>();
        for (int i = 0; i < order.Count; i++)
        {
            positions.Add(order[i], i);
        }

        Assert.Equal(Catalog.Objects.Count, positions.Count);
        foreach (CatalogObject item in order)
        {
            foreach (CatalogObject need in item.Needs)
            {
                Assert.True(positions[need] < positions[item], $"{item} stands before {need}, which it needs");
            }
        }

        return [.. order];
    }

    public CatalogId NextId(uint catalog) => new(catalog, ++_lastOid);

    private static ConstraintObject Tie(CatalogObject whole, ConstraintObject part)
    {
        whole.AddNeed(part);
        part.AddNeed(whole);
        return part;
    }
}
