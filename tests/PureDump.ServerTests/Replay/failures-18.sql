select 1;
\restrict abc
\echo hi
\! echo boo
\unrestrict xyz
select 2;
\unrestrict abc
\echo a 'b c' "d e" :foo
\foo bar
\unrestrict abc
copy nosuch from stdin;
1	2
\.
select 'é', 1/0;

select 1,

nofoo
from x;
\.
create temp table t(a int, b text); copy t from stdin; select 'after';
1	a
x	b
\.
copy t from stdin;
1	a
2	b
\.
copy t to stdout;
select * from t;
insert into t values (3,E'x\ny');
select * from t;
do $$begin raise notice 'hi'; raise exception 'foo' using hint='h',detail='d';end$$;
select 1 \; select 2;
\connect nodb
select 3;
copy t from stdin;
1	x
\.
\connect postgres
select 4
