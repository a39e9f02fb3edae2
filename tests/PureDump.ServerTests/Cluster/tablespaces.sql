-- Tablespaces in the directory :place, which must not be there yet, and one inside the data directory.
\set make 'cat > /dev/null; mkdir -p "' :place '/one" "' :place '/größe \\\\ two"'
COPY (SELECT 1) TO PROGRAM :'make';
\set first :place '/one'
\set second :place '/größe \\ two'
CREATE TABLESPACE zz_first OWNER u01 LOCATION :'first' WITH (seq_page_cost = 1.5, effective_io_concurrency = 7);
CREATE TABLESPACE "Größe ""Space" LOCATION :'second';
SET allow_in_place_tablespaces = on;
CREATE TABLESPACE aa_in_place LOCATION '';
COMMENT ON TABLESPACE zz_first IS 'it''s \ a space';
GRANT CREATE ON TABLESPACE zz_first TO g01 WITH GRANT OPTION;
GRANT CREATE ON TABLESPACE aa_in_place TO PUBLIC;
CREATE DATABASE in_space TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TABLESPACE zz_first;
