-- People, sessions and the audit trail, with the two roles everything else stands on.
-- app_user acts for one person and sees that person's rows only; app_service does background work and is visible in code.

-- migrate:up
create schema core;
create schema vault;
create schema read;
comment on schema core is 'Identity and the graph: people, sessions, objects, links, audit.';
comment on schema vault is 'Personal objects: media, albums and what joins them.';
comment on schema read is 'Small derived tables, maintained in the transaction that writes.';

do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'app_user') then create role app_user nologin; end if;
  if not exists (select 1 from pg_roles where rolname = 'app_service') then create role app_service nologin; end if;
end $$;
grant usage on schema core, vault, read, meta to app_user, app_service;

-- What a person's session must not reach (it is a superuser underneath on PGlite): changing who it is, and writing code.
revoke execute on function pg_catalog.set_config(text, text, boolean) from public;
revoke update on pg_catalog.pg_settings from public;
revoke usage on language plpgsql, sql from public;
revoke create on schema public from public;
do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$;

-- Time-ordered ids (UUID version 7, RFC 9562): the server's own from PostgreSQL 18 on, the same made by hand before.
do $$
begin
  if to_regprocedure('pg_catalog.uuidv7()') is not null then
    execute 'create function core.new_id() returns uuid language sql volatile parallel safe as ''select pg_catalog.uuidv7()''';
  else
    execute $f$
      create function core.new_id() returns uuid language sql volatile parallel safe as $b$
        select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
          placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1),
          'hex')::uuid
      $b$ $f$;
  end if;
end $$;
comment on function core.new_id() is 'A new time-ordered id (UUID version 7).';

-- The person the session acts for; null when nobody is set, and then no row is visible.
create function core.current_user_id() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('app.current_user_id', true), '')::uuid $$;
comment on function core.current_user_id() is 'The person this transaction acts for.';

create function core.touch_updated_at() returns trigger language plpgsql as
$$
begin
  new.updated_at := clock_timestamp();
  return new;
end $$;
comment on function core.touch_updated_at() is 'Sets updated_at on every update.';

create table core.users (
  id uuid primary key default core.new_id(),
  username text not null check (length(username) between 1 and 63),
  email text check (length(email) <= 255),
  display_name text check (length(display_name) <= 100),
  avatar_url text,
  password_hash text,
  email_verified boolean not null default false,
  is_active boolean not null default true,
  is_admin boolean not null default false,
  last_login_at timestamptz,
  storage_used bigint not null default 0 check (storage_used >= 0),
  storage_quota bigint check (storage_quota > 0),
  public_key jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  metadata jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object')
);
comment on table core.users is 'The people of this vault.';
comment on column core.users.id is 'Never reused.';
comment on column core.users.username is 'Name used to sign in; unique among live people whatever its case.';
comment on column core.users.email is 'Optional; unique among live people whatever its case.';
comment on column core.users.display_name is 'Name shown.';
comment on column core.users.avatar_url is 'Picture shown for the person.';
comment on column core.users.password_hash is 'argon2id in the PHC format; null while the person has no password.';
comment on column core.users.email_verified is 'The address was proven to be theirs.';
comment on column core.users.is_active is 'May sign in.';
comment on column core.users.is_admin is 'May add people; cannot read their data.';
comment on column core.users.last_login_at is 'Last sign-in.';
comment on column core.users.storage_used is 'Bytes of originals kept for this person.';
comment on column core.users.storage_quota is 'Most bytes they may keep; null is no limit.';
comment on column core.users.public_key is 'Public key for circles.';
comment on column core.users.created_at is 'When the row was made.';
comment on column core.users.updated_at is 'When the row last changed.';
comment on column core.users.deleted_at is 'When the account was closed; null is live.';
comment on column core.users.metadata is 'Anything else, as a JSON object.';
create unique index users_username_live on core.users (lower(username)) where deleted_at is null;
create unique index users_email_live on core.users (lower(email)) where deleted_at is null;
create trigger users_touch before update on core.users for each row execute function core.touch_updated_at();

create table core.refresh_tokens (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
comment on table core.refresh_tokens is 'Sessions that can be renewed; only hashes are kept.';
comment on column core.refresh_tokens.id is 'Key.';
comment on column core.refresh_tokens.user_id is 'Whose session.';
comment on column core.refresh_tokens.token_hash is 'SHA-256 of the token, hex.';
comment on column core.refresh_tokens.expires_at is 'After this it is worthless.';
comment on column core.refresh_tokens.created_at is 'When it was given out.';
comment on column core.refresh_tokens.revoked_at is 'When it was taken back; null is valid.';
create index refresh_tokens_user on core.refresh_tokens (user_id) where revoked_at is null;

create table core.audit_log (
  id bigint generated always as identity primary key,
  user_id uuid references core.users (id) on delete set null,
  action text not null check (length(action) <= 100),
  resource_type text,
  resource_id uuid,
  ip_address inet,
  user_agent text,
  details jsonb not null default '{}',
  prev_hash text,
  hash text,
  created_at timestamptz not null default now()
);
comment on table core.audit_log is 'Who did what to which object. Only ever added to.';
comment on column core.audit_log.id is 'Order of events.';
comment on column core.audit_log.user_id is 'Who; null after the account is gone.';
comment on column core.audit_log.action is 'What, as noun.verb.';
comment on column core.audit_log.resource_type is 'Kind of object.';
comment on column core.audit_log.resource_id is 'Which object.';
comment on column core.audit_log.ip_address is 'From where, for sessions over a network.';
comment on column core.audit_log.user_agent is 'With which program.';
comment on column core.audit_log.details is 'Counts and outcomes; never secrets.';
comment on column core.audit_log.prev_hash is 'Hash of the line before, for a chain that shows tampering.';
comment on column core.audit_log.hash is 'Hash of this line and the one before.';
comment on column core.audit_log.created_at is 'When.';
create index audit_log_user on core.audit_log (user_id, id desc);
create index audit_log_resource on core.audit_log (resource_id) where resource_id is not null;

-- One rule for every owned table: a person sees and writes their own rows, the service role all of them.
create procedure core.protect(target regclass) language plpgsql as
$$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy owner on %s to app_user using (user_id = (select core.current_user_id()))
    with check (user_id = (select core.current_user_id()))', target);
  execute format('create policy service on %s to app_service using (true) with check (true)', target);
end $$;
comment on procedure core.protect(regclass) is 'Puts row-level security on an owned table.';

alter table core.users enable row level security;
alter table core.users force row level security;
create policy self on core.users to app_user using (id = (select core.current_user_id()));
create policy service on core.users to app_service using (true) with check (true);
call core.protect('core.refresh_tokens');
call core.protect('core.audit_log');

grant select (id, username, email, display_name, avatar_url, email_verified, is_active, is_admin, last_login_at,
  storage_used, storage_quota, public_key, created_at, updated_at, deleted_at, metadata) on core.users to app_user;
grant update (display_name, avatar_url, public_key, metadata) on core.users to app_user;
grant select, insert on core.audit_log to app_user, app_service;
grant select, insert, update, delete on core.users, core.refresh_tokens to app_service;
grant execute on function core.new_id(), core.current_user_id() to app_user, app_service;

-- migrate:down
drop procedure core.protect(regclass);
drop table core.audit_log, core.refresh_tokens, core.users;
drop function core.touch_updated_at(), core.current_user_id(), core.new_id();
drop schema read, vault, core;
revoke usage on schema meta from app_user, app_service;
grant execute on function pg_catalog.set_config(text, text, boolean) to public;
grant update on pg_catalog.pg_settings to public;
grant usage on language plpgsql, sql to public;
do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$;
