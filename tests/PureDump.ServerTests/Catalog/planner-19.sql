-- What server 19 added: what extended statistics hold comes along. Runs after planner.sql.
CREATE STATISTICS "Stat ""Schema""".of_loaded ON (a % 2), (a / 2) FROM "Stat ""Schema""".loaded;
INSERT INTO "Stat ""Schema""".loaded SELECT generate_series(1, 50);
ALTER TABLE "Stat ""Schema""".loaded SET (autovacuum_enabled = off);
ANALYZE "Stat ""Schema""".loaded;
