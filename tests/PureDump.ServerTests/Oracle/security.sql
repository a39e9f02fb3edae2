-- Row security, and privileges that objects made later get.
SET client_min_messages = warning;
CREATE SCHEMA "Security ""x""";
CREATE TABLE "Security ""x""".secrets (id integer PRIMARY KEY, owner name, note text);
INSERT INTO "Security ""x""".secrets VALUES (1, 'oracle_reader', 'it''s'), (2, 'postgres', NULL);
ALTER TABLE "Security ""x""".secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Security ""x""".secrets FORCE ROW LEVEL SECURITY;
CREATE POLICY all_of_it ON "Security ""x""".secrets;
CREATE POLICY reading ON "Security ""x""".secrets FOR SELECT TO oracle_reader, "oracle Writer ""x""" USING (owner = CURRENT_USER);
CREATE POLICY adding ON "Security ""x""".secrets FOR INSERT TO "oracle Writer ""x""" WITH CHECK (note IS NOT NULL AND note <> 'it''s');
CREATE POLICY changing ON "Security ""x""".secrets AS RESTRICTIVE FOR UPDATE USING (id > 0) WITH CHECK (id < 100);
CREATE POLICY removing ON "Security ""x""".secrets FOR DELETE TO CURRENT_USER USING (EXISTS (SELECT 1 FROM views.customer c WHERE c.id = secrets.id));
CREATE POLICY "Odd ""Policy""" ON views.invoice AS PERMISSIVE FOR ALL TO PUBLIC USING (true);
COMMENT ON POLICY reading ON "Security ""x""".secrets IS 'who reads';
CREATE TABLE "Security ""x""".only_forced (id integer);
INSERT INTO "Security ""x""".only_forced VALUES (1);
ALTER TABLE "Security ""x""".only_forced FORCE ROW LEVEL SECURITY;
CREATE TABLE "Security ""x""".enabled (id integer) PARTITION BY LIST (id);
CREATE TABLE "Security ""x""".enabled_1 PARTITION OF "Security ""x""".enabled FOR VALUES IN (1);
INSERT INTO "Security ""x""".enabled VALUES (1);
ALTER TABLE "Security ""x""".enabled ENABLE ROW LEVEL SECURITY;
CREATE POLICY on_part ON "Security ""x""".enabled USING (id = 1);

-- For the whole database, and for a schema, of every kind, given and taken.
ALTER DEFAULT PRIVILEGES FOR ROLE oracle_owner GRANT SELECT ON TABLES TO oracle_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE oracle_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE oracle_owner REVOKE USAGE ON TYPES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE oracle_owner GRANT USAGE ON SCHEMAS TO "oracle Writer ""x""" WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE oracle_owner REVOKE UPDATE ON SEQUENCES FROM oracle_owner;
ALTER DEFAULT PRIVILEGES FOR ROLE oracle_owner IN SCHEMA tables GRANT ALL ON SEQUENCES TO oracle_chain;
ALTER DEFAULT PRIVILEGES FOR ROLE oracle_owner IN SCHEMA tables, "Odd ""Schema""" GRANT INSERT ON TABLES TO oracle_chain WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE "oracle Writer ""x""" IN SCHEMA "Odd ""Schema""" GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE "oracle-Ünïcode 🐘" IN SCHEMA routines GRANT USAGE ON TYPES TO oracle_owner;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT SELECT ON SEQUENCES TO oracle_other;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres REVOKE ALL ON TABLES FROM postgres;
