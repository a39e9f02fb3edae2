namespace PureDump.Bench.EndToEnd.Data.Sets;

/// <summary>
/// The eight tables of TPC-H: columns, sizes and distributions of its specification (chapters 1.4 and 4.2), words of our
/// own in the comments, and keys and indexes as a database in use has them. Scale 1 is its scale factor 1.
/// </summary>
internal static class Tpch
{
    private static readonly (string Name, string Columns)[] s_tables =
    [
        ("region", "r_regionkey integer NOT NULL, r_name character(25) NOT NULL, r_comment character varying(152)"),
        (
            "nation",
            "n_nationkey integer NOT NULL, n_name character(25) NOT NULL, n_regionkey integer NOT NULL, n_comment character varying(152)"),
        (
            "supplier",
            """
            s_suppkey integer NOT NULL, s_name character(25) NOT NULL, s_address character varying(40) NOT NULL,
                s_nationkey integer NOT NULL,
            s_phone character(15) NOT NULL, s_acctbal numeric(15,2) NOT NULL, s_comment character varying(101) NOT NULL
            """),
        ("customer", """
            c_custkey integer NOT NULL, c_name character varying(25) NOT NULL, c_address character varying(40) NOT NULL,
                c_nationkey integer NOT NULL,
            c_phone character(15) NOT NULL, c_acctbal numeric(15,2) NOT NULL, c_mktsegment character(10) NOT NULL,
                c_comment character varying(117) NOT NULL
            """),
        ("part", """
            p_partkey integer NOT NULL, p_name character varying(55) NOT NULL, p_mfgr character(25) NOT NULL,
                p_brand character(10) NOT NULL,
            p_type character varying(25) NOT NULL, p_size integer NOT NULL, p_container character(10) NOT NULL,
            p_retailprice numeric(15,2) NOT NULL, p_comment character varying(23) NOT NULL
            """),
        ("partsupp", """
            ps_partkey integer NOT NULL, ps_suppkey integer NOT NULL, ps_availqty integer NOT NULL, ps_supplycost numeric(15,2) NOT NULL,
            ps_comment character varying(199) NOT NULL
            """),
        ("orders", """
            o_orderkey bigint NOT NULL, o_custkey integer NOT NULL, o_orderstatus character(1) NOT NULL,
                o_totalprice numeric(15,2) NOT NULL,
            o_orderdate date NOT NULL, o_orderpriority character(15) NOT NULL, o_clerk character(15) NOT NULL,
                o_shippriority integer NOT NULL,
            o_comment character varying(79) NOT NULL
            """),
        ("lineitem", """
            l_orderkey bigint NOT NULL, l_partkey integer NOT NULL, l_suppkey integer NOT NULL, l_linenumber integer NOT NULL,
            l_quantity numeric(15,2) NOT NULL, l_extendedprice numeric(15,2) NOT NULL, l_discount numeric(15,2) NOT NULL,
                l_tax numeric(15,2) NOT NULL,
            l_returnflag character(1) NOT NULL, l_linestatus character(1) NOT NULL, l_shipdate date NOT NULL, l_commitdate date NOT NULL,
            l_receiptdate date NOT NULL, l_shipinstruct character(25) NOT NULL, l_shipmode character(10) NOT NULL,
                l_comment character varying(44) NOT NULL
            """),
    ];

    private static readonly string[] s_after =
    [
        "ALTER TABLE region ADD PRIMARY KEY (r_regionkey)",
        "ALTER TABLE nation ADD PRIMARY KEY (n_nationkey)",
        "ALTER TABLE supplier ADD PRIMARY KEY (s_suppkey)",
        "ALTER TABLE customer ADD PRIMARY KEY (c_custkey)",
        "ALTER TABLE part ADD PRIMARY KEY (p_partkey)",
        "ALTER TABLE partsupp ADD PRIMARY KEY (ps_partkey, ps_suppkey)",
        "ALTER TABLE orders ADD PRIMARY KEY (o_orderkey)",
        "ALTER TABLE lineitem ADD PRIMARY KEY (l_orderkey, l_linenumber)",
        "CREATE INDEX customer_nation ON customer (c_nationkey)",
        "CREATE INDEX partsupp_supplier ON partsupp (ps_suppkey)",
        "CREATE INDEX orders_customer ON orders (o_custkey)",
        "CREATE INDEX orders_date ON orders (o_orderdate)",
        "CREATE INDEX lineitem_shipdate ON lineitem (l_shipdate)",
        "CREATE INDEX lineitem_part_supplier ON lineitem (l_partkey, l_suppkey)",
        "ALTER TABLE nation ADD FOREIGN KEY (n_regionkey) REFERENCES region",
        "ALTER TABLE supplier ADD FOREIGN KEY (s_nationkey) REFERENCES nation",
        "ALTER TABLE customer ADD FOREIGN KEY (c_nationkey) REFERENCES nation",
        "ALTER TABLE partsupp ADD FOREIGN KEY (ps_partkey) REFERENCES part",
        "ALTER TABLE partsupp ADD FOREIGN KEY (ps_suppkey) REFERENCES supplier",
        "ALTER TABLE orders ADD FOREIGN KEY (o_custkey) REFERENCES customer",
        "ALTER TABLE lineitem ADD FOREIGN KEY (l_orderkey) REFERENCES orders",
        "ALTER TABLE lineitem ADD FOREIGN KEY (l_partkey, l_suppkey) REFERENCES partsupp",
    ];

    public static Dataset Dataset { get; } = new(
        "tpch", "the eight tables of TPC-H with keys and indexes, 6.0 M rows in the largest", "lineitem", Plan);

    private static DatasetPlan Plan(double scale, ulong seed)
    {
        var rows = new TpchRows(scale, seed);
        return new DatasetPlan([.. s_tables.Select(table => new TablePlan(table.Name, table.Columns, rows.Writer(table.Name)))], s_after);
    }
}
