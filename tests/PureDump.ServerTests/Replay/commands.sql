select 1 as a, 'x' as b, null as c \gset
\echo :a :b :c :ROW_COUNT
select 1 as a, 'y' as b \gset p_
\echo :p_a :p_b
select 1 as a where false \gset
select 1 as a union select 2 \gset
\echo :ERROR :SQLSTATE :ROW_COUNT :LAST_ERROR_MESSAGE :LAST_ERROR_SQLSTATE
select 1 as "ECHO", 2 as "a b", 3 as z \gset
\echo :z
select 1/0 as q \gset
\echo :ERROR :SQLSTATE :ROW_COUNT :LAST_ERROR_MESSAGE :LAST_ERROR_SQLSTATE
create table pg_temp.t1() \gset
select 4 as f \; select 5 as g \gset
\echo :f :g
select 6 as h
\gset
\echo :h
select 7 as k;
\gset
\echo :k
\gset r_ extra
\echo :r_k
select 'select 1', 'select 2' union all select 'select 1/0', null union all select 'create temp table xx(a int); insert into xx values (1); select * from xx', 'select 8' \gexec
select 'select 9';
\gexec
select 10 \g
select 11, 12 \gx
select 11, 12 \g (format=unaligned tuples_only)
select 11, 12 \g ( format=csv )
select 11, 12 \gx (format=csv tuples_only=on) 
select 11, 12 \g (nonsense=1)
select 11, 12 \g (format=csv
;
select 13;
\p
\p extra
select 14
\p
\r
\p
\g
\timing
\timing off
\timing foo
\encoding
\a
\a
\t
\t
\t foo
\x
\x
\f
\f ,
\f '|'
\C title
select 1;
\C
\T foo=bar
\H
select 1 as a, '<b>' as b;
\H
\warn -n hello
\warn a b
\qecho -n a
\qecho b
\echo 'x' "y z"
\qecho "-n" a
\o
\if false
\nonsense foo
select 1/0; select 'a \if' \gset
\if true
\! echo nope
\i nope
\elif nope
\else
\endif
\echo :z `echo nope`
\else
\echo else
\endif
\if maybe
\endif
\if
\elif false
\elif yes
\echo elif
\elif true
\echo not :{?a}
\else
\echo not
\endif
\if :{?a} \\ \echo set \\ \else \\ \echo unset \\ \endif
\if :{?nowhere}
\else
\else
\elif true
\endif
\endif foo
select \if false 1 \else 2 \endif , \if true (3 \else ((4 \endif + 1) as x;
select 5 \if true
+ 1 \g
\endif
select 7 as a \gset
\if :a
\endif
do $$ begin raise exception 'gone' using errcode = 'PD001'; end $$;
\echo :ERROR :SQLSTATE :ROW_COUNT :LAST_ERROR_MESSAGE :LAST_ERROR_SQLSTATE
insert into xx select generate_series(1, 5);
\echo :ERROR :SQLSTATE :ROW_COUNT
insert into xx values (9) returning a \gset
insert into xx values (10) returning a \gexec
copy xx to stdout \g
copy xx from stdin \g
11
\.
select 'copy xx to stdout', null, 'select count(*) from xx' \gexec
select format('create table pg_temp.%I ()', 'made' || n) from generate_series(1, 3) n
\gexec
\pset border 2
\H
select 1 as a, '<b> & "c"' as "x y", null as n, '  two' as t, E'a\nb' as l union all select 2, ' ', '', '', '';
select 1 as a where false;
select;
\x
select 1 as a, '<b> & "c"' as "x y", null as n, '  two' as t;
select 1 as a where false;
\t
select 1 as a, 2 as b;
\x
select 1 as a, 2 as b;
\pset title 'a <t>'
\t
select 1 as a;
\x
select 1 as a;
\pset tableattr
\pset format unaligned
\pset pager always
\pset pager
\pset pager off
\pset pager_min_lines 1
\pset pager_min_lines -1
\pset pager_min_lines 4
\pset columns 30
\pset columns
\pset numericlocale off
\pset xheader_width full
\pset linestyle ascii
\pset linestyle
\pset unicode_border_linestyle
\pset expanded foo
\pset tuples_only y
\pset footer foo
\t
\pset recordsep 'a\nb'
\pset
\pset format latexx
\pset format aligned
\pset recordsep '\n'
\pset title
\o
\if true
select 'last'
