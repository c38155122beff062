-- A ledger of rows added and removed, written by the same transaction. Both numbers only grow, so after a crash a table
-- can be held against them: rows that are missing and that nobody removed were lost by the disk. A plain count kept
-- outside the database could not tell a loss from a deletion.

-- migrate:up
create table meta.row_ledger (
  user_id uuid not null,
  table_name text not null,
  added bigint not null default 0,
  removed bigint not null default 0,
  primary key (user_id, table_name)
);
comment on table meta.row_ledger is 'Rows ever added to and removed from the tables that matter most.';
comment on column meta.row_ledger.user_id is 'Whose rows; stays when the account is gone, so it refers to nothing.';
comment on column meta.row_ledger.table_name is 'Schema and name of the table.';
comment on column meta.row_ledger.added is 'Rows ever inserted.';
comment on column meta.row_ledger.removed is 'Rows ever deleted.';

create function meta.count_rows() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  if tg_op = 'INSERT' and tg_argv[0] = 'core.users' then
    insert into meta.row_ledger (user_id, table_name, added) select id, tg_argv[0], 1 from fresh;
  elsif tg_op = 'INSERT' then
    insert into meta.row_ledger as l (user_id, table_name, added)
      select user_id, tg_argv[0], count(*) from fresh group by 1 order by 1
      on conflict (user_id, table_name) do update set added = l.added + excluded.added;
  elsif tg_argv[0] = 'core.users' then
    update meta.row_ledger l set removed = l.removed + 1 from gone g where l.user_id = g.id and l.table_name = tg_argv[0];
  else
    update meta.row_ledger l set removed = l.removed + d.n
      from (select user_id, count(*) as n from gone group by 1) d
      where l.user_id = d.user_id and l.table_name = tg_argv[0];
  end if;
  return null;
end $$;
comment on function meta.count_rows() is 'Keeps the ledger beside a table.';

create procedure meta.keep_ledger(target text) language plpgsql as
$$
begin
  execute format('create trigger ledger_insert after insert on %s referencing new table as fresh
    for each statement execute function meta.count_rows(%L)', target, target);
  execute format('create trigger ledger_delete after delete on %s referencing old table as gone
    for each statement execute function meta.count_rows(%L)', target, target);
  execute format('insert into meta.row_ledger (user_id, table_name, added) select %s, %L, count(*) from %s group by 1',
    case target when 'core.users' then 'id' else 'user_id' end, target, target);
end $$;
comment on procedure meta.keep_ledger(text) is 'Starts the ledger of a table with the rows it has.';
call meta.keep_ledger('core.users');
call meta.keep_ledger('core.links');
call meta.keep_ledger('vault.media');
call meta.keep_ledger('vault.media_sources');
call meta.keep_ledger('vault.albums');
call meta.keep_ledger('vault.tags');
revoke execute on procedure meta.keep_ledger(text), core.protect(regclass), core.track(regclass, text) from public;

alter table meta.row_ledger enable row level security;
alter table meta.row_ledger force row level security;
create policy service on meta.row_ledger to app_service using (true);
create policy counting on meta.row_ledger to current_user using (true) with check (true);
grant select on meta.row_ledger to app_service;

-- migrate:down
grant execute on procedure core.protect(regclass), core.track(regclass, text) to public;
drop procedure meta.keep_ledger(text);
drop trigger ledger_insert on core.users;
drop trigger ledger_delete on core.users;
drop trigger ledger_insert on core.links;
drop trigger ledger_delete on core.links;
drop trigger ledger_insert on vault.media;
drop trigger ledger_delete on vault.media;
drop trigger ledger_insert on vault.media_sources;
drop trigger ledger_delete on vault.media_sources;
drop trigger ledger_insert on vault.albums;
drop trigger ledger_delete on vault.albums;
drop trigger ledger_insert on vault.tags;
drop trigger ledger_delete on vault.tags;
drop function meta.count_rows();
drop table meta.row_ledger;
