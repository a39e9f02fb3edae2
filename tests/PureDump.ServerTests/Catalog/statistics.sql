-- Extended statistics on relations of every kind. To be run by a superuser in a database of its own; roles are
-- cluster-wide, hence their names.
SET client_min_messages = warning;
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'Statistics Owner') THEN
        CREATE ROLE "Statistics Owner";
    END IF;
END
$$;
CREATE SCHEMA counts;
CREATE SCHEMA "Zähl ""Werk""";
CREATE TABLE counts.t (a int, "B b" int, c text);
CREATE STATISTICS counts.every ON a, "B b", c FROM counts.t;
CREATE STATISTICS counts.one_kind (ndistinct) ON "B b", a FROM counts.t;
CREATE STATISTICS counts.two_kinds (dependencies, mcv) ON a, c FROM counts.t;
-- In another schema than its table, which a selection by schema tells.
CREATE STATISTICS "Zähl ""Werk"""."Ünï ""Stat""" ON a, "B b" FROM counts.t;
ALTER STATISTICS "Zähl ""Werk"""."Ünï ""Stat""" SET STATISTICS 0;
ALTER STATISTICS "Zähl ""Werk"""."Ünï ""Stat""" OWNER TO "Statistics Owner";
ALTER STATISTICS counts.every SET STATISTICS 4321;
ALTER STATISTICS counts.one_kind SET STATISTICS 10;
ALTER STATISTICS counts.one_kind SET STATISTICS -1;
COMMENT ON STATISTICS "Zähl ""Werk"""."Ünï ""Stat""" IS 'it''s a comment';

-- The same name in two schemas, on a table that sorts before both.
CREATE TABLE "Zähl ""Werk""".a (a int, b int);
CREATE STATISTICS "Zähl ""Werk""".every ON a, b FROM "Zähl ""Werk""".a;

CREATE TABLE counts.parts (k int, v int) PARTITION BY LIST (k);
CREATE TABLE counts.part PARTITION OF counts.parts FOR VALUES IN (1);
CREATE STATISTICS counts.of_parts ON k, v FROM counts.parts;
CREATE STATISTICS counts.of_part ON v, k FROM counts.part;
CREATE MATERIALIZED VIEW counts.m AS SELECT a, "B b" FROM counts.t;
CREATE STATISTICS counts.of_m ON a, "B b" FROM counts.m;
CREATE FOREIGN DATA WRAPPER counts_dummy;
CREATE SERVER counts_dummy FOREIGN DATA WRAPPER counts_dummy;
CREATE FOREIGN TABLE counts.f (a int, b int) SERVER counts_dummy;
CREATE STATISTICS counts.of_f ON a, b FROM counts.f;
