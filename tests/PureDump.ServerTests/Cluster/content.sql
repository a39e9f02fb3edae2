-- What the databases hold.
SET client_encoding = 'UTF8';
CREATE TABLE "größe" (a serial PRIMARY KEY, b text DEFAULT 'it''s', c bytea);
ALTER TABLE "größe" OWNER TO u01;
INSERT INTO "größe" (b, c) VALUES ('größe', '\x00ff'), (NULL, NULL), (E'a\tb\\', '');
COMMENT ON TABLE "größe" IS 'größe';
GRANT SELECT ON "größe" TO g01 WITH GRANT OPTION;
CREATE POLICY mine ON "größe" USING (a = 1);
CREATE FUNCTION twice(x integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 * 2';
SELECT pg_catalog.lo_from_bytea(4711, '\x616263');
