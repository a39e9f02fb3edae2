-- Operators, their classes and families, access methods, casts, collations, conversions.
SET client_min_messages = warning;
CREATE SCHEMA operators AUTHORIZATION oracle_owner;
CREATE SCHEMA "Oper ""ators""";
CREATE FUNCTION operators.near(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT abs($1 - $2) < 2';
CREATE FUNCTION operators.far(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT abs($1 - $2) >= 2';
CREATE FUNCTION operators.flip(types.pair) RETURNS types.pair LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE OPERATOR operators.=~= (FUNCTION = operators.near, LEFTARG = integer, RIGHTARG = integer,
    COMMUTATOR = OPERATOR(operators.=~=), NEGATOR = OPERATOR(operators.!~=), RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE OPERATOR operators.!~= (FUNCTION = operators.far, LEFTARG = integer, RIGHTARG = integer,
    COMMUTATOR = OPERATOR(operators.!~=), NEGATOR = OPERATOR(operators.=~=), RESTRICT = neqsel, JOIN = neqjoinsel);
CREATE OPERATOR operators.@#@ (FUNCTION = operators.flip, RIGHTARG = types.pair);
CREATE OPERATOR "Oper ""ators""".## (FUNCTION = int4pl, LEFTARG = integer, RIGHTARG = integer, COMMUTATOR = OPERATOR("Oper ""ators""".##));
CREATE OPERATOR operators.=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer, COMMUTATOR = OPERATOR(operators.===), MERGES, HASHES, RESTRICT = eqsel, JOIN = eqjoinsel);
-- Its commutator is a shell that nobody ever filled.
CREATE OPERATOR operators.<<<< (FUNCTION = int4lt, LEFTARG = integer, RIGHTARG = integer, COMMUTATOR = OPERATOR(operators.>>>>));
COMMENT ON OPERATOR operators.=~= (integer, integer) IS 'about';
COMMENT ON OPERATOR operators.@#@ (NONE, types.pair) IS 'prefix';
ALTER OPERATOR operators.=~= (integer, integer) OWNER TO oracle_owner;

-- Ordering of a type of our own, with families that have loose members.
CREATE FUNCTION operators.mood_cmp(types.mood, types.mood) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT CASE WHEN $1 < $2 THEN -1 WHEN $1 > $2 THEN 1 ELSE 0 END';
CREATE OPERATOR FAMILY operators.loose USING btree;
CREATE OPERATOR FAMILY "Oper ""ators"""."Empty Family" USING hash;
CREATE OPERATOR CLASS operators.int4_ours FOR TYPE integer USING btree FAMILY operators.loose AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 operators.===, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
ALTER OPERATOR FAMILY operators.loose USING btree ADD
    OPERATOR 1 < (integer, bigint), OPERATOR 2 <= (integer, bigint), OPERATOR 3 = (integer, bigint),
    OPERATOR 4 >= (integer, bigint), OPERATOR 5 > (integer, bigint), FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint),
    FUNCTION 2 (integer, integer) btint4sortsupport(internal);
CREATE OPERATOR CLASS operators."Hash ""ops""" FOR TYPE integer USING hash AS OPERATOR 1 operators.===, FUNCTION 1 hashint4(integer);
CREATE OPERATOR CLASS operators.script_ops DEFAULT FOR TYPE types.tiny USING gin AS STORAGE integer;
CREATE OPERATOR CLASS operators.point_order FOR TYPE point USING gist AS
    OPERATOR 1 <<, OPERATOR 5 >>, OPERATOR 15 <-> (point, point) FOR ORDER BY pg_catalog.float_ops,
    FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal), FUNCTION 3 gist_point_compress(internal),
    FUNCTION 5 gist_box_penalty(internal, internal, internal), FUNCTION 6 gist_box_picksplit(internal, internal), FUNCTION 7 gist_box_same(box, box, internal),
    FUNCTION 8 (point, point) gist_point_distance(internal, point, smallint, oid, internal),
    STORAGE box;
COMMENT ON OPERATOR FAMILY operators.loose USING btree IS 'loose''s';
COMMENT ON OPERATOR CLASS operators.int4_ours USING btree IS 'ours';
ALTER OPERATOR FAMILY operators.loose USING btree OWNER TO oracle_owner;
ALTER OPERATOR CLASS operators.int4_ours USING btree OWNER TO "oracle Writer ""x""";
CREATE TABLE operators.indexed (i integer, j integer, p point);
CREATE INDEX indexed_ours ON operators.indexed (i operators.int4_ours DESC NULLS LAST);
CREATE INDEX indexed_hash ON operators.indexed USING hash (j operators."Hash ""ops""");
CREATE INDEX indexed_point ON operators.indexed USING gist (p operators.point_order);
CREATE INDEX indexed_where ON operators.indexed (j) WHERE i OPERATOR(operators.=~=) 5;
INSERT INTO operators.indexed SELECT g, -g, point(g, 'NaN') FROM generate_series(1, 5) g;
CREATE VIEW operators.uses AS SELECT i OPERATOR(operators.=~=) j AS near, i OPERATOR("Oper ""ators""".##) j AS both FROM operators.indexed;

-- Access methods.
CREATE ACCESS METHOD oracle_heap TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD "Oracle Hash" TYPE INDEX HANDLER hashhandler;
COMMENT ON ACCESS METHOD oracle_heap IS 'heap by another name';
CREATE OPERATOR CLASS operators.int4_am DEFAULT FOR TYPE integer USING "Oracle Hash" AS OPERATOR 1 =, FUNCTION 1 hashint4(integer);
CREATE TABLE operators.in_heap (i integer, t text) USING oracle_heap;
CREATE INDEX in_heap_i ON operators.in_heap USING "Oracle Hash" (i);
INSERT INTO operators.in_heap VALUES (1, 'one'), (NULL, '');
CREATE MATERIALIZED VIEW operators.in_heap_too USING oracle_heap AS SELECT i, count(*) AS n FROM operators.in_heap GROUP BY i ORDER BY i;

-- Casts: by function, by text, binary; implicit, on assignment, explicit; with one and three arguments.
CREATE FUNCTION operators.pair_to_int(types.pair) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1.a';
CREATE FUNCTION operators.int_to_pair(integer, integer, boolean) RETURNS types.pair LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1, NULL, NULL)::types.pair';
CREATE CAST (types.pair AS integer) WITH FUNCTION operators.pair_to_int(types.pair) AS ASSIGNMENT;
CREATE CAST (integer AS types.pair) WITH FUNCTION operators.int_to_pair(integer, integer, boolean) AS IMPLICIT;
CREATE CAST (types.script AS text) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (text AS types.script) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST (types.tiny AS text) WITH INOUT;
CREATE CAST (text AS types.tiny) WITH INOUT AS ASSIGNMENT;
CREATE CAST (types.tiny AS smallint) WITHOUT FUNCTION;
CREATE CAST (types.tiny AS boolean) WITH INOUT;
CREATE CAST (bigint AS money[]) WITH INOUT;
COMMENT ON CAST (types.pair AS integer) IS 'the first of the pair';
COMMENT ON CAST (text AS types.tiny) IS 'by text''s way';

-- Collations.
CREATE COLLATION operators.c_like (LC_COLLATE = 'C', LC_CTYPE = 'POSIX');
CREATE COLLATION operators.german (PROVIDER = icu, LOCALE = 'de-u-co-phonebk');
CREATE COLLATION operators.numeric_order (PROVIDER = icu, LOCALE = 'en-u-kn-true');
CREATE COLLATION operators."Case Insensitive" (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
CREATE COLLATION "Oper ""ators"""."🐘" FROM "C";
COMMENT ON COLLATION operators."Case Insensitive" IS 'no case''s';
ALTER COLLATION operators.german OWNER TO oracle_owner;
CREATE TABLE operators.collated (a text COLLATE operators.german, b text COLLATE operators."Case Insensitive" UNIQUE, c varchar(9) COLLATE "Oper ""ators"""."🐘");
CREATE INDEX collated_a ON operators.collated (a COLLATE operators.numeric_order, lower(c COLLATE "C") text_pattern_ops);
INSERT INTO operators.collated VALUES ('Ärger', 'CASE', 'x'), ('Aerger', 'other', ''), (NULL, NULL, '🐘');

-- Conversions.
CREATE CONVERSION operators.to_latin FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE DEFAULT CONVERSION "Oper ""ators"""."From Latin" FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMENT ON CONVERSION operators.to_latin IS 'to Latin''s';
ALTER CONVERSION operators.to_latin OWNER TO oracle_owner;
