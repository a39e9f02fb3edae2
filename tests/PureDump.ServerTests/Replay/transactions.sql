\echo :AUTOCOMMIT :ON_ERROR_STOP :ON_ERROR_ROLLBACK :ECHO :FETCH_COUNT :VERBOSITY :SHOW_CONTEXT :PROMPT1 :HISTSIZE
\echo :nobody :'nobody' :"nobody" :{?nobody} :{?ECHO}
create temp table t (a int);
\set AUTOCOMMIT off
insert into t values (1);
rollback;
select count(*) from t;
rollback;
  /* a comment */ -- another
begin;
insert into t values (2);
commit;
vacuum t;
create index concurrently on t (a);
reindex (verbose false) table t;
rollback;
discard nothing;
discard all;
create temp table t (a int);
insert into t values (3);
select 1/0;
select 'not run';
commit;
\set ON_ERROR_ROLLBACK on
create temp table t (a int);
insert into t values (4);
select 1/0;
insert into t values (5);
savepoint mine;
insert into t values (6);
rollback to mine;
insert into t values (7);
release mine;
copy t from stdin;
nonsense
\.
copy t from stdin;
8
\.
select a from t order by a;
commit;
\set AUTOCOMMIT on
select 1/0;
begin;
select 1/0;
select 'still here';
end;
select a from t order by a;
\unset AUTOCOMMIT
\set ON_ERROR_ROLLBACK interactive
begin;
select 1/0;
select 'gone';
end;
\set FETCH_COUNT abc
\set AUTOCOMMIT nonsense
\set AUTOCOMMIT off
drop table t;
