-- One sequence for everybody tells each person, by its gaps, how much the others do. Changes are numbered for each person, and
-- files of an import within it.

-- migrate:up
create function meta.number_change() returns trigger language plpgsql as
$$
begin
  select coalesce(max(c.seq), 0) + 1 into new.seq from meta.changes c where c.user_id = new.user_id;
  return new;
end $$;
comment on function meta.number_change() is 'Gives a change the next number of its person.';

alter table meta.changes alter column seq drop identity;
alter table meta.changes drop constraint changes_pkey;
drop index meta.changes_user;
update meta.changes c set seq = n.number
  from (select seq, row_number() over (partition by user_id order by seq) as number from meta.changes) n where n.seq = c.seq;
alter table meta.changes add primary key (user_id, seq);
comment on column meta.changes.seq is 'Number among the changes of its person; only grows.';
create trigger changes_number before insert on meta.changes for each row when (new.seq is null)
  execute function meta.number_change();

create function meta.number_item() returns trigger language plpgsql as
$$
begin
  select coalesce(max(i.id), 0) + 1 into new.id from meta.import_items i where i.import_id = new.import_id;
  return new;
end $$;
comment on function meta.number_item() is 'Gives a file the next number of its import.';

alter table meta.import_items alter column id drop identity;
alter table meta.import_items drop constraint import_items_pkey;
drop index meta.import_items_order;
update meta.import_items i set id = n.number
  from (select id, row_number() over (partition by import_id order by id) as number from meta.import_items) n where n.id = i.id;
alter table meta.import_items add primary key (import_id, id);
comment on column meta.import_items.id is 'Order in which the files of this import were found.';
create trigger import_items_number before insert on meta.import_items for each row when (new.id is null)
  execute function meta.number_item();

-- migrate:down
drop trigger import_items_number on meta.import_items;
drop function meta.number_item();
alter table meta.import_items drop constraint import_items_pkey;
update meta.import_items i set id = n.number
  from (select import_id, id, row_number() over (order by import_id, id) as number from meta.import_items) n
  where n.import_id = i.import_id and n.id = i.id;
alter table meta.import_items alter column id set not null;
alter table meta.import_items add primary key (id);
alter table meta.import_items alter column id add generated always as identity;
select setval(pg_get_serial_sequence('meta.import_items', 'id'), (select coalesce(max(id), 0) + 1 from meta.import_items), false);
create index import_items_order on meta.import_items (import_id, id);
comment on column meta.import_items.id is 'Order in which files were found.';

drop trigger changes_number on meta.changes;
drop function meta.number_change();
alter table meta.changes drop constraint changes_pkey;
update meta.changes c set seq = n.number
  from (select user_id, seq, row_number() over (order by at, user_id, seq) as number from meta.changes) n
  where n.user_id = c.user_id and n.seq = c.seq;
alter table meta.changes add primary key (seq);
alter table meta.changes alter column seq add generated always as identity;
select setval(pg_get_serial_sequence('meta.changes', 'seq'), (select coalesce(max(seq), 0) + 1 from meta.changes), false);
create index changes_user on meta.changes (user_id, seq);
comment on column meta.changes.seq is 'Number; only grows.';
