-- What 18 brought to queries: OLD and NEW in RETURNING.
SET client_min_messages = warning;
CREATE FUNCTION views.returns_both() RETURNS TABLE (a text, b text) BEGIN ATOMIC
    UPDATE views.log SET what = 'x' WHERE false RETURNING old.what, new.what;
END;
