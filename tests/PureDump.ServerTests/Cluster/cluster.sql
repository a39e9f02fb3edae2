-- A cluster made hostile, for every server: roles, memberships, settings, databases. One statement after the other.
CREATE ROLE boss SUPERUSER CREATEROLE CREATEDB REPLICATION BYPASSRLS LOGIN;
SET password_encryption = 'md5';
CREATE ROLE old_login LOGIN PASSWORD 'md5 pass' VALID UNTIL 'infinity' CONNECTION LIMIT 3;
SET password_encryption = 'scram-sha-256';
CREATE ROLE new_login LOGIN PASSWORD 'scram pass' VALID UNTIL '2030-02-03 04:05:06.789+00' CONNECTION LIMIT 0;
CREATE ROLE expired LOGIN NOINHERIT VALID UNTIL '-infinity';
CREATE ROLE "Odd ""Role" LOGIN;
CREATE ROLE "back\slash 'quote'" NOLOGIN;
CREATE ROLE "select" NOLOGIN;
CREATE ROLE "größe 😀 ключ" LOGIN CREATEDB;
CREATE ROLE "two
lines; \! touch x" NOLOGIN;
CREATE ROLE "a=b c" NOLOGIN;
CREATE ROLE sixty_three_bytes_of_name_sixty_three_bytes_of_name_sixty_three NOLOGIN;
CREATE ROLE "größe_63_größe_63_größe_63_größe_63_größe_63_grö" NOLOGIN;
CREATE ROLE "Pg_upper" NOLOGIN;
CREATE ROLE pgplain NOLOGIN;
CREATE ROLE a_first NOLOGIN; CREATE ROLE a_late NOLOGIN; CREATE ROLE g01 NOLOGIN; CREATE ROLE g02 NOLOGIN; CREATE ROLE g03 NOLOGIN; CREATE ROLE g04 NOLOGIN; CREATE ROLE g05 NOLOGIN;
CREATE ROLE g06 NOLOGIN; CREATE ROLE g07 NOLOGIN; CREATE ROLE g08 NOLOGIN; CREATE ROLE g09 NOLOGIN; CREATE ROLE g10 NOLOGIN;
CREATE ROLE u01 LOGIN; CREATE ROLE u02 LOGIN; CREATE ROLE u03 LOGIN; CREATE ROLE u04 LOGIN; CREATE ROLE u05 LOGIN;
CREATE ROLE u06 LOGIN NOINHERIT; CREATE ROLE u07 LOGIN CREATEROLE; CREATE ROLE u08 LOGIN; CREATE ROLE z_admin LOGIN CREATEROLE;
COMMENT ON ROLE boss IS 'it''s a \ comment';
COMMENT ON ROLE "two
lines; \! touch x" IS 'over
lines';
GRANT g01 TO g02; GRANT g02 TO g03 WITH ADMIN OPTION; GRANT g03 TO g04; GRANT g04, g01 TO "Odd ""Role" WITH ADMIN OPTION;
GRANT g01 TO u01, u02, u03 WITH ADMIN OPTION; GRANT g05 TO "größe 😀 ключ", "select", "a=b c"; GRANT "a=b c" TO u06;
GRANT pg_monitor TO u04 WITH ADMIN OPTION; GRANT pg_read_all_settings TO u05; GRANT g06 TO z_admin WITH ADMIN OPTION;
GRANT boss TO u08;
ALTER ROLE boss SET search_path = "Odd ""Schema", public, 'it''s', "back\slash";
ALTER ROLE boss SET work_mem = '7MB';
ALTER ROLE boss SET application_name = 'it''s \ odd';
ALTER ROLE "Odd ""Role" SET temp_tablespaces = '';
ALTER ROLE "Odd ""Role" SET DateStyle = 'German';
ALTER ROLE u01 SET role = 'g01';
ALTER ROLE u02 SET "odd.Setting" = 'x';
ALTER ROLE u03 SET session_preload_libraries = '$libdir/a', 'B b';
ALTER ROLE "two
lines; \! touch x" SET log_min_duration_statement = '3s';
ALTER ROLE ALL SET lock_timeout = '77s';
CREATE DATABASE plain_utf8 TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' OWNER u01 CONNECTION LIMIT 5;
CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C';
CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C';
CREATE DATABASE "Odd ""Db' = \ name" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' OWNER "Odd ""Role";
CREATE DATABASE "größe db" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' IS_TEMPLATE true;
CREATE DATABASE closed TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' ALLOW_CONNECTIONS false;
CREATE DATABASE skipped TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
CREATE DATABASE invalid TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
UPDATE pg_catalog.pg_database SET datconnlimit = -2 WHERE datname = 'invalid';
ALTER DATABASE plain_utf8 SET search_path = public, "a,b";
ALTER DATABASE plain_utf8 SET statement_timeout = '5min';
ALTER DATABASE "Odd ""Db' = \ name" SET work_mem = '9MB';
ALTER DATABASE postgres SET work_mem = '11MB';
ALTER ROLE boss IN DATABASE plain_utf8 SET search_path = '';
ALTER ROLE u01 IN DATABASE "Odd ""Db' = \ name" SET DateStyle = 'ISO, YMD';
ALTER ROLE "größe 😀 ключ" IN DATABASE postgres SET timezone = 'Europe/Berlin';
COMMENT ON DATABASE latin IS 'a latin database';
GRANT CREATE ON DATABASE plain_utf8 TO "select" WITH GRANT OPTION;
REVOKE ALL ON DATABASE latin FROM PUBLIC;
SET allow_system_table_mods = on;
INSERT INTO pg_catalog.pg_shseclabel (objoid, classoid, provider, label)
SELECT r.oid, 'pg_catalog.pg_authid'::pg_catalog.regclass, p.name, 'it''s \ labelled'
FROM pg_catalog.pg_roles r, (VALUES ('dummy'), ('Other "one')) AS p (name) WHERE r.rolname = 'boss'
ORDER BY p.name COLLATE pg_catalog."C";
