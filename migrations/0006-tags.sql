-- Tags: words a person puts on anything. What carries a tag is a tagged_with link.

-- migrate:up
create table vault.tags (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  name text not null check (length(name) between 1 and 200),
  color text check (color ~ '^#[0-9a-f]{6}$'),
  source_type text,
  source_id text,
  source_platform text,
  source_integration_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  metadata jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object')
);
comment on table vault.tags is 'Words a person puts on objects; what carries one is a tagged_with link.';
comment on column vault.tags.id is 'Key.';
comment on column vault.tags.user_id is 'Whose it is.';
comment on column vault.tags.name is 'The word; unique among live tags whatever its case.';
comment on column vault.tags.color is 'Shown beside it, as #rrggbb; null is none.';
comment on column vault.tags.source_type is 'How it came here.';
comment on column vault.tags.source_id is 'Its id at its source.';
comment on column vault.tags.source_platform is 'The service it came from.';
comment on column vault.tags.source_integration_id is 'The connection it came through.';
comment on column vault.tags.created_at is 'When the row was made.';
comment on column vault.tags.updated_at is 'When the row last changed.';
comment on column vault.tags.deleted_at is 'When it went to the trash; null is live.';
comment on column vault.tags.metadata is 'Anything else, as a JSON object.';
create unique index tags_name_live on vault.tags (user_id, lower(name)) where deleted_at is null;
create trigger tags_touch before update on vault.tags for each row execute function core.touch_updated_at();
call core.protect('vault.tags');
call core.track('vault.tags', 'tag');
grant select, insert, update on vault.tags to app_user;
grant select, insert, update, delete on vault.tags to app_service;

-- migrate:down
-- Dropping a table fires no delete trigger: its objects, and with them their links, are taken away first.
delete from vault.tags;
drop table vault.tags;
