-- Large objects: empty, of several pages, sparse, with owners, privileges, comments; groups of equal ones.
SET client_min_messages = warning;
SELECT lo_create(oid) FROM (VALUES (700001), (700002), (700003), (700004), (700010), (700011)) AS v(oid);
SELECT lo_from_bytea(700100, '\x00ff5c2e0a0d27225c');
SELECT lo_from_bytea(700101, decode(repeat('deadbeef00', 30000), 'hex'));
SELECT lo_put(700004, 100000, 'behind a hole');
SELECT lo_put(700003, 0, convert_to('🐘 it''s
\.
', 'UTF8'));
ALTER LARGE OBJECT 700002 OWNER TO oracle_owner;
ALTER LARGE OBJECT 700003 OWNER TO oracle_owner;
ALTER LARGE OBJECT 700010 OWNER TO "oracle-Ünïcode 🐘";
GRANT SELECT ON LARGE OBJECT 700100 TO oracle_reader;
GRANT SELECT ON LARGE OBJECT 700101 TO oracle_reader;
GRANT ALL ON LARGE OBJECT 700011 TO "oracle Writer ""x""" WITH GRANT OPTION;
GRANT SELECT ON LARGE OBJECT 700011 TO PUBLIC;
REVOKE UPDATE ON LARGE OBJECT 700003 FROM oracle_owner;
COMMENT ON LARGE OBJECT 700100 IS 'a large''s';
COMMENT ON LARGE OBJECT 700001 IS 'empty
in two lines';
