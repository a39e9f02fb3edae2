\set x 1
\set nm 'a"b''c\\d'
select :x, :'nm', :"nm" from (values(1)) v("a""b'c\d"), ':x' , 'a:x', b[1:2] from (values(array[1,2])) v(b);
select :'nm', ':x', 1::text, :{?x}, :{?nope} ;
\unset x
select :x;
select E'a\'b;', 'c\', "x;y" from (values(1)) v("x;y");
select $$a;b$$, $t$ $$;$t$, 1 as "a$b$";
select 1 /* ; /* ; */ ; */ -- ;
, 2;
set standard_conforming_strings=off;
select 'a\';b';
set standard_conforming_strings=on;
create rule r as on insert to t0 do also (select 1; select 2);
create or replace function fb(i int) returns int language sql begin atomic select case when i>1 then case when i>2 then 3 else 2 end else 1 end; select i; end;
select fb(1);
drop function fb;
select N'x', b'101', x'1f', U&'\0061;b';
select $1;
select 1;;;
/* only comment */;
select 1
;

select
1

,

nope;
select 'abc
def', nope;
select 'abc


def'::int, nope;
		select nope	from x;
select 1 where 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' = nope and 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'='';
select nope where 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' = '' and 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'='';
select 'äöü€漢字', nope;
select '漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字', nope, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';
do $$ begin execute 'select nope'; end $$;
\echo -n no newline
\echo :DBNAME :USER :ENCODING 'x\ty'  "q :x"
\echo a \\ select 7;
\encoding latin1
select 'é';
\encoding utf8
\encoding nix
\t
select 1;
\t off
\x
select 1 as a, 'b
c' as "B
b";
\x off
\a
select 1 as a, null as b;
\a
\pset null NIX
\pset border 2
select 1 as a, null as "b
c", E'x\ny' as "lange Spalte", 1.5 as n;
\pset border 0
select 1 as a, null as "b
c", E'x\ny' as "lange Spalte", 1.5 as n;
\pset border 1
\pset footer off
select 1;
\pset footer on
\pset fieldsep ;
\pset format csv
select 'a,b', 'c"d', E'e\nf', '\.';
\pset format aligned
select;
select where false;
select 1 where false;
\x
select 1 where false;
select;
\x
create temp table tt(a int primary key); insert into tt values(1),(2) returning *; update tt set a=3 where a=1 returning a; delete from tt;
begin; declare c cursor for select 1; fetch c; commit;
show datestyle;
explain (costs off) select 1;
copy tt from stdin
;
1
2
\.
copy (select 1,2) to stdout with csv;
select E'tab\there', E'\u0001', E'cr\rx', '漢字', 'e' || E'\u0301', E'\u0085';
values (1,'a'),(200,'bb');
\warn to stderr
\connect - nouser
