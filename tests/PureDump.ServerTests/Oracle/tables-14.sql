-- What 14 brought: compression of columns.
SET client_min_messages = warning;
CREATE TABLE tables.compressed (a text COMPRESSION pglz, b text, c bytea COMPRESSION pglz);
INSERT INTO tables.compressed VALUES (repeat('🐘x', 5000), '', NULL);
