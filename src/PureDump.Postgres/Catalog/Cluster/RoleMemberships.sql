-- Who is a member of what. Before 16 roles that were dropped can be left over here, and the grantor means nothing.
-- Memberships among the server's own roles are its own business.
SELECT r.rolname::text,
       m.rolname::text,
       g.rolname::text,
       a.roleid,
       a.member,
       a.grantor,
       a.admin_option,
       /*? HasMembershipOptions */ a.inherit_option /*: true */,
       /*? HasMembershipOptions */ a.set_option /*: true */
FROM pg_catalog.pg_auth_members a
LEFT JOIN pg_catalog.pg_roles r
       ON r.oid = a.roleid
LEFT JOIN pg_catalog.pg_roles m
       ON m.oid = a.member
LEFT JOIN pg_catalog.pg_roles g
       ON g.oid = a.grantor
WHERE NOT (COALESCE(r.rolname ~ '^pg_', false) AND COALESCE(m.rolname ~ '^pg_', false))
ORDER BY r.rolname, m.rolname, g.rolname
