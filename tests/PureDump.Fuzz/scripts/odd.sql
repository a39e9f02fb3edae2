\restrict k
select 'a''b;', E'a\'b;', E'x'
 '\';', "a;b""c", $$a;$b$;$$, $t$ $$;$t$, U&'\0061;', a$b$, $1 /* ; /* ; */ ; */ -- ;
;
\unrestrict k
create or replace function f(i int) returns int language sql
begin atomic select case when i > 1 then case i when 2 then 3 end end; select 2; end;
create rule r as on insert to t do also (select 1; select 2);
copy t (a, "from") from stdin; select :x, :'y', :"z", a[1:2], b::text;
1	\\.
\.x
\.
\connect -reuse-previous=on "dbname='a b'"
\set x 'y z' "q" \\ select 1 \; select 2;
copy binary u from stdin with (format csv)
