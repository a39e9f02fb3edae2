-- What 17 brought to queries: tables out of JSON, and MERGE into views.
SET client_min_messages = warning;
CREATE VIEW views.json_table AS SELECT jt.* FROM JSON_TABLE('[{"a": 1, "b": [2, 3]}]'::jsonb, '$[*]' COLUMNS (n FOR ORDINALITY, a integer PATH '$.a', NESTED PATH '$.b[*]' COLUMNS (b integer PATH '$'))) AS jt;
CREATE FUNCTION views.merges() RETURNS void BEGIN ATOMIC
    MERGE INTO views.log USING views.invoice i ON i.id::text = log.what
        WHEN MATCHED AND i.id > 5 THEN DELETE WHEN MATCHED THEN UPDATE SET what = 'it''s'
        WHEN NOT MATCHED THEN INSERT VALUES (now(), i.id::text) WHEN NOT MATCHED BY SOURCE THEN DO NOTHING;
END;
