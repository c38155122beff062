-- What every kind of object has in common, kept by the database itself: references stay within one person, changes a
-- person makes leave a version behind, ids of what was deleted for good are never given again, covers are of their album.

-- migrate:up
create procedure core.describe(target text, about text, columns jsonb) language plpgsql as
$$
declare
  name text;
begin
  execute format('comment on %s %s is %L',
    case (select c.relkind from pg_class c where c.oid = target::regclass) when 'v' then 'view' else 'table' end, target, about);
  for name in select jsonb_object_keys(columns) loop
    execute format('comment on column %s.%I is %L', target, name, columns ->> name);
  end loop;
end $$;
comment on procedure core.describe(text, text, jsonb) is 'Comments on a table or view and its columns.';

-- A foreign key looks past row-level security: it would accept, and thereby give away, what belongs to somebody else.
-- This asks the registry first and answers for a missing and for a foreign object alike.
create function core.check_same_owner() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
declare
  wanted uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
  if not exists (select 1 from core.objects o where o.user_id = new.user_id and o.id = wanted and o.type = tg_argv[1]) then
    raise exception 'there is no % with this id', tg_argv[1]
      using errcode = 'foreign_key_violation', column = tg_argv[0], table = tg_table_name, schema = tg_table_schema;
  end if;
  return new;
end $$;
comment on function core.check_same_owner() is 'Refuses a reference to an object that does not exist or is another person''s.';

create procedure core.same_owner(target text, name text, kind text) language plpgsql as
$$
begin
  execute format('create trigger %I before insert or update of %I, user_id on %s for each row when (new.%I is not null)
    execute function core.check_same_owner(%L, %L)', 'own_' || name, name, target, name, name, kind);
end $$;
comment on procedure core.same_owner(text, text, text) is 'A column may refer to objects of the same person only.';
call core.same_owner('vault.albums', 'cover_media_id', 'media');

-- Versions. The columns that are a person's own are named once, here; machine columns leave no trace.
create table meta.object_versions (
  object_id uuid not null references core.objects (id) on delete cascade,
  version integer not null check (version > 0),
  user_id uuid not null references core.users (id) on delete cascade,
  type text not null,
  before jsonb not null,
  after jsonb not null,
  changed_by uuid,
  changed_at timestamptz not null default now(),
  primary key (object_id, version)
);
call core.describe('meta.object_versions', 'What a person''s own fields were before and after each change.', '{
  "object_id": "Of which object; goes with it.",
  "version": "1 is the first change.",
  "user_id": "Whose object.",
  "type": "Kind of object.",
  "before": "Changed columns with the values they had.",
  "after": "The same columns with the values they got.",
  "changed_by": "Who; null is Coffer itself.",
  "changed_at": "When."
}');
create index object_versions_user on meta.object_versions (user_id, changed_at desc);
call core.protect('meta.object_versions');
create policy keeping on meta.object_versions to current_user using (true) with check (true);
grant select on meta.object_versions to app_user, app_service;

create function core.keep_version() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
declare
  old_row jsonb := to_jsonb(old);
  new_row jsonb := to_jsonb(new);
  old_values jsonb;
  new_values jsonb;
begin
  select jsonb_object_agg(c, old_row -> c), jsonb_object_agg(c, new_row -> c) into old_values, new_values
    from unnest(tg_argv) c where old_row -> c is distinct from new_row -> c;
  -- What changes because its person is being deleted leaves no version: nobody is left to read it.
  insert into meta.object_versions (object_id, version, user_id, type, before, after, changed_by)
    select o.id, coalesce((select max(v.version) from meta.object_versions v where v.object_id = o.id), 0) + 1, o.user_id,
           o.type, old_values, new_values, core.current_user_id()
    from core.objects o join core.users u on u.id = o.user_id where o.id = new.id;
  return null;
end $$;
comment on function core.keep_version() is 'Writes what changed in the columns that are a person''s own.';

create procedure core.versioned(target text, columns text[]) language plpgsql as
$$
begin
  execute format('create trigger keep_version after update on %s for each row when (%s) execute function core.keep_version(%s)',
    target,
    (select string_agg(format('old.%I is distinct from new.%I', c, c), ' or ') from unnest(columns) c),
    (select string_agg(quote_literal(c), ', ') from unnest(columns) c));
end $$;
comment on procedure core.versioned(text, text[]) is 'Names the columns of a table whose changes leave a version.';
call core.versioned('vault.media',
  '{taken_local,taken_at,utc_offset_minutes,taken_source,taken_confidence,latitude,longitude,altitude_m,description,rating,is_favorite,metadata}');
call core.versioned('vault.albums', '{name,description,cover_media_id,sort_order,visibility,metadata}');
call core.versioned('vault.tags', '{name,color,metadata}');

-- The registry refuses an id that was deleted for good, and remembers every id that is. When a whole account goes, its
-- tombstones go with it: there is nobody left to bring anything back for.
create or replace function core.register_objects() returns trigger language plpgsql security definer
  set search_path = pg_catalog as
$$
begin
  if tg_op = 'INSERT' then
    if exists (select 1 from fresh n join meta.tombstones t on t.object_id = n.id) then
      raise exception 'an id of something deleted for good cannot be used again' using errcode = 'unique_violation';
    end if;
    insert into core.objects (id, type, user_id) select n.id, tg_argv[0], n.user_id from fresh n;
  else
    delete from core.objects o using gone g where o.id = g.id;
    insert into meta.tombstones (object_id, user_id, type)
      select g.id, g.user_id, tg_argv[0] from gone g join core.users u on u.id = g.user_id
      on conflict do nothing;
  end if;
  return null;
end $$;
create policy registry on meta.tombstones to current_user using (true) with check (true);
create policy registry on core.users for select to current_user using (true);

-- A cover is one of the album's own pictures, whoever sets it and however a picture leaves.
create function core.check_cover() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  if not exists (select 1 from core.links l where l.from_object_id = new.id and l.to_object_id = new.cover_media_id
                 and l.link_type = 'contains' and l.deleted_at is null) then
    raise exception 'the cover is not in the album' using errcode = 'check_violation', column = 'cover_media_id';
  end if;
  return new;
end $$;
comment on function core.check_cover() is 'Refuses a cover that is not in its album.';
create trigger albums_cover before insert or update of cover_media_id on vault.albums for each row
  when (new.cover_media_id is not null) execute function core.check_cover();

create function read.keep_covers() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  update vault.albums a set cover_media_id = null from gone g
    where g.link_type = 'contains' and g.deleted_at is null and a.id = g.from_object_id and a.cover_media_id = g.to_object_id
      and not exists (select 1 from core.links l where l.from_object_id = a.id and l.to_object_id = a.cover_media_id
                      and l.link_type = 'contains' and l.deleted_at is null);
  return null;
end $$;
comment on function read.keep_covers() is 'An album whose cover left goes back to its first picture.';
create trigger covers_update after update on core.links referencing old table as gone
  for each statement execute function read.keep_covers();
create trigger covers_delete after delete on core.links referencing old table as gone
  for each statement execute function read.keep_covers();

create table meta.idempotency_keys (
  user_id uuid not null references core.users (id) on delete cascade,
  key text not null check (length(key) between 1 and 255),
  request text not null,
  status integer,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (user_id, key)
);
call core.describe('meta.idempotency_keys', 'Requests that must not happen twice, with the answer they got.', '{
  "user_id": "Who asked.",
  "key": "What the Idempotency-Key header said.",
  "request": "SHA-256 of method, address and body: the same key for another request is refused.",
  "status": "HTTP status of the answer.",
  "answer": "Body of the answer, sent again when the request comes again.",
  "created_at": "When it was first asked; kept for a week."
}');
create index idempotency_keys_age on meta.idempotency_keys (created_at);
call core.protect('meta.idempotency_keys');
grant select, insert, update on meta.idempotency_keys to app_user;
grant select, insert, update, delete on meta.idempotency_keys to app_service;
revoke execute on procedure core.describe(text, text, jsonb), core.same_owner(text, text, text),
  core.versioned(text, text[]) from public;

-- migrate:down
drop table meta.idempotency_keys;
drop trigger covers_update on core.links;
drop trigger covers_delete on core.links;
drop function read.keep_covers();
drop trigger albums_cover on vault.albums;
drop function core.check_cover();
drop policy registry on core.users;
drop policy registry on meta.tombstones;
create or replace function core.register_objects() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  if tg_op = 'INSERT' then
    insert into core.objects (id, type, user_id) select n.id, tg_argv[0], n.user_id from fresh n;
  else
    delete from core.objects o using gone g where o.id = g.id;
  end if;
  return null;
end $$;
drop trigger keep_version on vault.tags;
drop trigger keep_version on vault.albums;
drop trigger keep_version on vault.media;
drop procedure core.versioned(text, text[]);
drop function core.keep_version();
drop table meta.object_versions;
drop trigger own_cover_media_id on vault.albums;
drop procedure core.same_owner(text, text, text);
drop function core.check_same_owner();
drop procedure core.describe(text, text, jsonb);
