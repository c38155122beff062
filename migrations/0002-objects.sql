-- The graph: a registry of every object, and typed links between objects of one person. The database itself refuses
-- links to objects that do not exist, belong to somebody else, or are of the wrong kind.

-- migrate:up
create table core.objects (
  id uuid primary key,
  type text not null,
  user_id uuid not null references core.users (id) on delete cascade,
  unique (user_id, id, type)
);
comment on table core.objects is 'Every linkable object, kept by triggers on the owned tables.';
comment on column core.objects.id is 'Id of the object; unique over all kinds.';
comment on column core.objects.type is 'Kind of object: media, album, tag …';
comment on column core.objects.user_id is 'Whose it is.';

-- Called by statement triggers with the kind as argument; runs with the owner's rights, so nobody needs to write here.
create function core.register_objects() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  if tg_op = 'INSERT' then
    insert into core.objects (id, type, user_id) select n.id, tg_argv[0], n.user_id from fresh n;
  else
    delete from core.objects o using gone g where o.id = g.id;
  end if;
  return null;
end $$;
comment on function core.register_objects() is 'Keeps the registry beside an owned table.';

create procedure core.track(target regclass, kind text) language plpgsql as
$$
begin
  execute format('create trigger register_insert after insert on %s referencing new table as fresh
    for each statement execute function core.register_objects(%L)', target, kind);
  execute format('create trigger register_delete after delete on %s referencing old table as gone
    for each statement execute function core.register_objects(%L)', target, kind);
end $$;
comment on procedure core.track(regclass, text) is 'Makes rows of a table linkable objects of one kind.';

create table core.link_types (
  name text primary key,
  from_types text[] not null,
  to_types text[] not null,
  ordered boolean not null default false,
  is_symmetric boolean not null default false,
  inverse_label text not null
);
comment on table core.link_types is 'The kinds of links; a new kind is a row here.';
comment on column core.link_types.name is 'Name of the kind.';
comment on column core.link_types.from_types is 'Object kinds it may start at; empty is any.';
comment on column core.link_types.to_types is 'Object kinds it may end at; empty is any.';
comment on column core.link_types.ordered is 'Its links have a place in a sequence.';
comment on column core.link_types.is_symmetric is 'Means the same in both directions; stored with the smaller id first.';
comment on column core.link_types.inverse_label is 'How it reads from the other end.';
insert into core.link_types (name, from_types, to_types, ordered, is_symmetric, inverse_label) values
  ('contains', '{album}', '{media}', true, false, 'contained in'),
  ('source', '{}', '{integration}', false, false, 'source of'),
  ('duplicate_of', '{media}', '{media}', false, true, 'duplicate of'),
  ('variant_of', '{media}', '{media}', false, false, 'has variant'),
  ('related_to', '{}', '{}', false, true, 'related to'),
  ('tagged_with', '{}', '{tag}', false, false, 'tag of'),
  ('depicts', '{media}', '{contact}', false, false, 'depicted in'),
  ('taken_at', '{media}', '{location}', false, false, 'place of');

create table core.links (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  from_object_id uuid not null,
  from_object_type text not null,
  to_object_id uuid not null,
  to_object_type text not null,
  link_type text not null references core.link_types (name) on update cascade,
  strength double precision not null default 1 check (strength between 0 and 1),
  is_bidirectional boolean not null default false,
  sort_order integer,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  source_type text,
  source_id text,
  source_platform text,
  source_integration_id uuid,
  metadata jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  constraint links_not_self check (from_object_id <> to_object_id),
  constraint links_from foreign key (user_id, from_object_id, from_object_type)
    references core.objects (user_id, id, type) on delete cascade,
  constraint links_to foreign key (user_id, to_object_id, to_object_type)
    references core.objects (user_id, id, type) on delete cascade
);
comment on table core.links is 'Typed links between objects of one person.';
comment on column core.links.id is 'Key.';
comment on column core.links.user_id is 'Owner of the link and of both ends.';
comment on column core.links.from_object_id is 'Where it starts.';
comment on column core.links.from_object_type is 'Kind of that object.';
comment on column core.links.to_object_id is 'Where it ends.';
comment on column core.links.to_object_type is 'Kind of that object.';
comment on column core.links.link_type is 'What the link says.';
comment on column core.links.strength is 'How sure or strong, 0 to 1.';
comment on column core.links.is_bidirectional is 'Is to be read in both directions.';
comment on column core.links.sort_order is 'Place in an ordered container.';
comment on column core.links.created_at is 'When the row was made.';
comment on column core.links.updated_at is 'When the row last changed.';
comment on column core.links.deleted_at is 'When it was taken away; null is live.';
comment on column core.links.source_type is 'How it came here.';
comment on column core.links.source_id is 'Its id at its source.';
comment on column core.links.source_platform is 'The service it came from.';
comment on column core.links.source_integration_id is 'The connection it came through.';
comment on column core.links.metadata is 'Anything else, as a JSON object.';
create unique index links_once on core.links (from_object_id, to_object_id, link_type) where deleted_at is null;
create index links_user on core.links (user_id) where deleted_at is null;
create index links_to_object on core.links (to_object_id, link_type) where deleted_at is null;
create index links_ordered on core.links (from_object_id, link_type, sort_order) where deleted_at is null;
create trigger links_touch before update on core.links for each row execute function core.touch_updated_at();

create function core.check_link() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
declare
  kind core.link_types;
  swap uuid;
begin
  select * into kind from core.link_types where name = new.link_type;
  if kind.is_symmetric and new.from_object_id > new.to_object_id then
    swap := new.from_object_id;
    new.from_object_id := new.to_object_id;
    new.to_object_id := swap;
    kind.inverse_label := new.from_object_type;
    new.from_object_type := new.to_object_type;
    new.to_object_type := kind.inverse_label;
  end if;
  if cardinality(kind.from_types) > 0 and not new.from_object_type = any (kind.from_types)
     or cardinality(kind.to_types) > 0 and not new.to_object_type = any (kind.to_types) then
    raise exception 'a % link cannot go from % to %', new.link_type, new.from_object_type, new.to_object_type
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
comment on function core.check_link() is 'Refuses links between kinds that do not fit; stores symmetric ones with the smaller id first.';
create trigger links_check before insert or update on core.links for each row execute function core.check_link();

call core.protect('core.objects');
call core.protect('core.links');
grant select on core.objects, core.link_types to app_user, app_service;
grant select, insert, update, delete on core.links to app_user, app_service;
-- The definer of the registry triggers must pass row-level security on servers where it is no superuser.
create policy registry on core.objects to current_user using (true) with check (true);

-- migrate:down
drop table core.links;
drop function core.check_link();
drop table core.link_types;
drop procedure core.track(regclass, text);
drop table core.objects;
drop function core.register_objects();
