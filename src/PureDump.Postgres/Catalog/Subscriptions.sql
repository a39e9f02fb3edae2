-- The subscriptions of the current database; the catalog is one for all databases, and only a superuser may read it all.
SELECT s.tableoid,
       s.oid,
       s.subname::text,
       pg_catalog.pg_get_userbyid(s.subowner)::text,
       /*? HasSubscriptionServer */ coalesce(s.subconninfo, '') /*: s.subconninfo */,
       /*? HasSubscriptionServer */ (SELECT f.srvname::text FROM pg_catalog.pg_foreign_server f WHERE f.oid = s.subserver) /*: NULL::text */,
       s.subslotname::text,
       s.subsynccommit,
       s.subpublications,
       /*? HasSubscriptionStreaming */ s.subbinary /*: false */,
       -- t and f (boolean up to 15), p = parallel
       /*? HasSubscriptionStreaming */ CASE s.substream::text WHEN 'true' THEN 't' WHEN 'false' THEN 'f' ELSE s.substream::text END /*: 'f'::text */,
       /*? HasSubscriptionTwoPhase */ s.subtwophasestate <> 'd' /*: false */,
       /*? HasSubscriptionTwoPhase */ s.subdisableonerr /*: false */,
       /*? HasSubscriptionOrigin */ s.subpasswordrequired /*: true */,
       -- before there was a choice, changes were applied as the owner
       /*? HasSubscriptionOrigin */ s.subrunasowner /*: true */,
       /*? HasSubscriptionFailover */ s.subfailover /*: false */,
       /*? HasSubscriptionServer */ s.subretaindeadtuples /*: false */,
       /*? HasSubscriptionServer */ s.submaxretention /*: 0 */,
       /*? HasSubscriptionServer */ s.subwalrcvtimeout /*: '-1'::text */,
       /*? HasSubscriptionOrigin */ s.suborigin /*: NULL::text */
FROM pg_catalog.pg_subscription s
WHERE s.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
ORDER BY s.oid
