-- Rows for every table that has none yet, with values that are hard to carry. Runs after all definitions of tables.
SET client_min_messages = warning;
SET session_replication_role = replica;
INSERT INTO "Odd ""Schema"""."Ta ble" ("select", "between", "müßig", "line
feed", "tab	", "$$") VALUES (1, 2, 'ß', 3, 4, 5), (2, NULL, E'\\.', NULL, NULL, NULL);
INSERT INTO "Odd ""Schema"""."Ta ble" VALUES (3, '', 1, '', -1, 0, 0, 0, '');
INSERT INTO tables."line
feed" VALUES (1), (NULL);
INSERT INTO tables."--not a comment" VALUES (1, '; DROP TABLE x; --');
INSERT INTO "🐘 ÄÖÜ"."ÄÖÜ ß" VALUES (12345678.90, '名前', 'имя', 'اسم'), (NULL, E'\u200b\u00a0', '', E'\U0001F418\U0010FFFF');
INSERT INTO tables.aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg DEFAULT VALUES;
INSERT INTO tables.üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü VALUES (1);
INSERT INTO tables."UPPER" ("Id", id) VALUES (1, 2), (3, 4);
INSERT INTO "new
line"."new
line" VALUES (1);
INSERT INTO aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg.x DEFAULT VALUES;
INSERT INTO tables."user" VALUES ('u', 't', 1, 'g');
INSERT INTO tables.no_columns DEFAULT VALUES;
INSERT INTO tables.no_columns DEFAULT VALUES;
INSERT INTO tables.types (id) VALUES (1);
INSERT INTO tables.types VALUES (
    2, -32768, -9223372036854775808, 'NaN', 99999, -999.99, '-Infinity', 'NaN', '-92233720368547758.08', true, '\x00ff5c0a', E'\\', 'name', E'a\tb\\c\nd\re\bf\vg\f''"', '',
    'ninechars', 'x', 'ab', B'1', B'1010101', B'', '4713-01-01 BC', '24:00', '12:34:56.789', '23:59:59-15:59', 'infinity', '4713-01-02 00:00+00 BC',
    '-178000000 years -3 mons +4 days -05:06:07.000001', '-3-11', '59.999', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '{"a":1, "a":  [ ]}', '{"b": "\"\\\t🐘", "a": null}', '$."a"[*] ? (@ > 1)',
    '<a b="c">&lt;🐘</a>', '::1/64', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:ff:fe:01:02:03', '(Infinity,-0)', '{1,2,3}', '[(1,2),(3,4)]', '(1,2),(3,4)', '[(1,2),(3,4)]',
    '((1,2),(3,4),(5,6))', '<(1,2),3>', 'it''s:1A \\ back', '!a & (b | c:*)', '[,5)', 'empty', '[-infinity,"2020-01-01 00:00")', '[,)', '(2019-12-31,]', '[9223372036854775806,9223372036854775807)',
    '[-1:1]={1,NULL,3}', '{{"a,b","NULL"},{NULL,"\"\\"}}', 4294967295, 'tables.top', '{integer,"character varying",types.pair}', 'routines.area(integer)', '(4294967295,65535)', '4294967295', 'FFFFFFFF/FFFFFFFF', '10:20:10,14,15',
    '1 2 3', '4 5', 'a cursor', '18446744073709551615', 700100);
INSERT INTO tables.types (id, n, n5, f4, f8, d, ts, tsz, t, vc9, bit7, vb, ar, ar2, jb, bx, x, iv2, ov, tv, tq, r4) VALUES
    (3, 1e-1000, 0, 1.17549435e-38, 4.9e-324, '-infinity', '-infinity', 'infinity', '\N', '\.', B'0000000', B'111111111', '{}', '{}', '[]', '(0,0),(0,0)', '', '', '', '', '', '(,)'),
    (4, repeat('9', 500)::numeric, NULL, 'Infinity', '-0', '5874897-12-31', '294276-12-31 23:59:59.99', '0001-12-31 BC', repeat('🐘', 3000), '', NULL, NULL, '{NULL}', '{{NULL}}', 'null', NULL, 'text only', NULL, NULL, NULL, NULL, '[1,1]'),
    (5, 0.00000000000000000001, -0, 0.1, 0.1, '0001-01-01', '0001-01-01 BC', '1900-01-01 00:00:00+00', E'\\.\n\\N\n\\\\\n', E'\\', NULL, NULL, NULL, NULL, '"\\"', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO tables.columns (id, h, k) SELECT g, decode(md5(g::text), 'hex'), g FROM generate_series(1, 3) g;
INSERT INTO tables.columns VALUES (9, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
UPDATE tables.columns SET b = '2020-02-29 12:34:56.789+00';
INSERT INTO tables.unlogged (t) VALUES ('kept');
INSERT INTO tables.toast_only VALUES (repeat(E'line\n', 5000)), (NULL);
INSERT INTO tables.generated (a, d) VALUES (1, 2), (-5, NULL);
INSERT INTO tables.generated_only DEFAULT VALUES;
INSERT INTO tables.generated_child (a, d, e) VALUES (3, 4, 'e');
INSERT INTO tables.generated_key (a) VALUES (1), (2);
INSERT INTO tables.identity (c, d) VALUES (DEFAULT, 1), (33, 2);
INSERT INTO tables.unlogged_identity (t) VALUES ('x');
INSERT INTO tables.serials (b, "D d") VALUES (1, DEFAULT), (2, 7);
INSERT INTO tables.uses_sequences DEFAULT VALUES;
INSERT INTO tables.late_owner DEFAULT VALUES;
INSERT INTO tables.top VALUES (1, 'top');
INSERT INTO tables.left_side VALUES (2, 'left', 3);
INSERT INTO tables.right_side VALUES (3, 'right');
INSERT INTO tables.bottom VALUES (4, 'bottom', 5, 6, 7);
INSERT INTO tables.merged (b) VALUES ('merged');
INSERT INTO tables.no_default (a) VALUES (6);
INSERT INTO tables.own_check VALUES (7, 'own');
INSERT INTO tables.other_top VALUES (8, NULL);
INSERT INTO tables.two_parents VALUES (9, 'two', 10);
INSERT INTO tables.adopted VALUES (11, 'adopted');
INSERT INTO tables.orphan VALUES (12, '');
INSERT INTO tables.like_others (id) VALUES (13);
INSERT INTO tables.typed VALUES (1, 'x', 2.5);
INSERT INTO tables.typed_more VALUES (1, DEFAULT, 2.5);
INSERT INTO tables.typed_dented VALUES (1, 'x');
INSERT INTO tables.rows_of_others VALUES ((1, 'x'), ARRAY[(1, 'a "quoted" \ one', 2, 3, 4)]::tables.bottom[], ARRAY[(1, 'ok', ',')]::types.pair[]), (NULL, '{}', NULL);
INSERT INTO partitions.hash_enum SELECT m, n FROM unnest(enum_range(NULL::types.mood)) WITH ORDINALITY AS e(m, n);
INSERT INTO partitions.detached VALUES (99);
RESET session_replication_role;
