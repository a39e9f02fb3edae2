-- All security labels, those of shared objects (the database, subscriptions) too. The view leaves out what cannot have one.
SELECT l.classoid,
       l.objoid,
       l.objsubid,
       l.provider,
       l.label
FROM pg_catalog.pg_seclabels l
ORDER BY l.classoid, l.objoid, l.objsubid, l.provider COLLATE pg_catalog."C"
