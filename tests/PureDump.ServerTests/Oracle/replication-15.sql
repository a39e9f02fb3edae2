-- What 15 brought: columns, rows and schemas of publications, two phases.
SET client_min_messages = error;
CREATE PUBLICATION filtered FOR TABLE views.customer (id, name) WHERE (id > 5 AND name <> 'it''s'), views.log (what);
CREATE PUBLICATION of_schemas FOR TABLES IN SCHEMA tables, "Odd ""Schema""";
CREATE PUBLICATION of_both FOR TABLES IN SCHEMA views, TABLE tables."UPPER" WHERE ("ID" <> 0);
CREATE SUBSCRIPTION oracle_two_phase CONNECTION 'dbname=x' PUBLICATION three WITH (connect = false, two_phase = true, disable_on_error = true);
