-- What 16 brought: storage with the column.
SET client_min_messages = warning;
CREATE TABLE tables.stored (a text STORAGE MAIN, b numeric STORAGE PLAIN, c text STORAGE EXTERNAL COMPRESSION pglz);
INSERT INTO tables.stored VALUES ('a', 1.5, NULL);
