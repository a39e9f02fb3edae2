-- Whether the user may read subscriptions in full, and how many the database has.
SELECT pg_catalog.current_setting('is_superuser') = 'on',
       pg_catalog.count(*)::integer
FROM pg_catalog.pg_subscription s
WHERE s.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
