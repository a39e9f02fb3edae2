-- What 19 brought: oid8, aggregates with support functions, checks that are enforced later.
SET client_min_messages = warning;
CREATE TABLE tables.oids (id oid8 PRIMARY KEY, more oid8[]);
INSERT INTO tables.oids VALUES ('0', NULL), ('18446744073709551615', '{1,NULL,9223372036854775808}');
CREATE TABLE tables.unenforced (a integer, CONSTRAINT positive CHECK (a > 0) NOT ENFORCED, CONSTRAINT small CHECK (a < 10));
ALTER TABLE tables.unenforced ALTER CONSTRAINT small NOT ENFORCED;
INSERT INTO tables.unenforced VALUES (-5), (500);
CREATE AGGREGATE tables.supported(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', SUPPORT = generate_series_int4_support);
CREATE AGGREGATE tables.moving(integer) (SFUNC = int4pl, STYPE = integer, SORTOP = <, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer, PARALLEL = safe,
    SUPPORT = generate_series_int4_support);
CREATE AGGREGATE tables.hypothetical(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final,
    FINALFUNC_EXTRA, HYPOTHETICAL, PARALLEL = restricted, SUPPORT = generate_series_int4_support);
