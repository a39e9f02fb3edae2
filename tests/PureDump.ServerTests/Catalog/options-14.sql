CREATE TABLE packed (a text COMPRESSION pglz, b text);
