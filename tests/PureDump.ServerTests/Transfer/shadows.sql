-- What the owner of a database can put before everything of pg_catalog: an operator, a function, a type, a relation of each name and
-- signature there is, each of which tells when it is used. What the server does not let anybody make (arguments of internal types) is
-- passed over.
SET search_path = pg_catalog;
SET check_function_bodies = off;
CREATE SCHEMA evil;
GRANT USAGE ON SCHEMA evil TO PUBLIC;
CREATE FUNCTION evil.hit(what text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'shadow called in %: %', pg_catalog.current_database(), what;
END $$;
DO $$
DECLARE
    o record;
    body constant text := 'LANGUAGE plpgsql AS $f$ BEGIN PERFORM evil.hit(%L); RETURN NULL; END $f$';
BEGIN
    FOR o IN SELECT op.oid, op.oprname, format_type(op.oprleft, NULL) AS l, format_type(op.oprright, NULL) AS r,
                    format_type(op.oprresult, NULL) AS result, op.oprleft <> 0 AS is_binary
             FROM pg_operator op WHERE op.oprright <> 0 AND op.oprresult <> 0 LOOP
        BEGIN
            EXECUTE format('CREATE FUNCTION evil.op_%s(%s) RETURNS %s ' || body,
                o.oid, CASE WHEN o.is_binary THEN o.l || ', ' || o.r ELSE o.r END, o.result, o.oprname);
            EXECUTE format('CREATE OPERATOR evil.%s (FUNCTION = evil.op_%s, %sRIGHTARG = %s)',
                o.oprname, o.oid, CASE WHEN o.is_binary THEN 'LEFTARG = ' || o.l || ', ' ELSE '' END, o.r);
        EXCEPTION WHEN OTHERS THEN
            NULL;
        END;
    END LOOP;
    FOR o IN SELECT p.proname, pg_get_function_identity_arguments(p.oid) AS arguments, format_type(p.prorettype, NULL) AS result, p.proretset
             FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace LOOP
        BEGIN
            EXECUTE format('CREATE FUNCTION evil.%I(%s) RETURNS %s%s ' || body,
                o.proname, o.arguments, CASE WHEN o.proretset THEN 'SETOF ' ELSE '' END, o.result, o.proname);
        EXCEPTION WHEN OTHERS THEN
            NULL;
        END;
    END LOOP;
    FOR o IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind IN ('r', 'v') LOOP
        BEGIN
            EXECUTE format('CREATE VIEW evil.%1$I AS SELECT c.* FROM pg_catalog.%1$I c WHERE evil.hit(%1$L)', o.relname);
        EXCEPTION WHEN OTHERS THEN
            NULL;
        END;
    END LOOP;
    FOR o IN SELECT t.typname FROM pg_type t
             WHERE t.typnamespace = 'pg_catalog'::regnamespace AND t.typtype IN ('b', 'r') AND t.typcategory <> 'A' LOOP
        BEGIN
            EXECUTE format('CREATE DOMAIN evil.%1$I AS pg_catalog.%1$I CHECK (evil.hit(%1$L))', o.typname);
        EXCEPTION WHEN OTHERS THEN
            NULL;
        END;
    END LOOP;
END $$;
CREATE TABLE public.t (id int4, big int8, name text, at timestamptz, flags bool[], pad text DEFAULT 'x');
INSERT INTO public.t SELECT g, g, 'n' OPERATOR(pg_catalog.||) g::text, now(), ARRAY[true], 'pad' FROM generate_series(1, 500) g;
CREATE INDEX t_name ON public.t (lower(name)) WHERE id OPERATOR(pg_catalog.>) 3;
CREATE SEQUENCE public.q;
CREATE VIEW public.v AS SELECT id, name FROM public.t;
CREATE TYPE public.mood AS ENUM ('sad', 'glad');
CREATE TABLE public.p (id int4, m public.mood) PARTITION BY RANGE (id);
CREATE TABLE public.p1 PARTITION OF public.p FOR VALUES FROM (1) TO (100);
INSERT INTO public.p SELECT g, 'sad' FROM generate_series(1, 50) g;
COMMENT ON TABLE public.t IS 'a comment';
