-- Connections to services and their sealed secrets, and the other things an account has: shares, devices, notices, profile.

-- migrate:up
create table core.platforms (
  name text primary key check (name ~ '^[a-z][a-z0-9_]{0,49}$'),
  title text not null
);
call core.describe('core.platforms', 'Services that things come from; a new one is a row here.', '{
  "name": "Name in data.",
  "title": "Name for people."
}');
insert into core.platforms (name, title) values
  ('apple_health', 'Apple Health'), ('bluesky', 'Bluesky'), ('facebook', 'Facebook'), ('flickr', 'Flickr'),
  ('gmail', 'Gmail'), ('google_calendar', 'Google Calendar'), ('google_contacts', 'Google Contacts'),
  ('google_photos', 'Google Photos'), ('google_takeout', 'Google Takeout'), ('icloud', 'iCloud'), ('imap', 'Mail (IMAP)'),
  ('instagram', 'Instagram'), ('linkedin', 'LinkedIn'), ('mastodon', 'Mastodon'), ('pinterest', 'Pinterest'),
  ('reddit', 'Reddit'), ('rss', 'Web feed'), ('signal', 'Signal'), ('snapchat', 'Snapchat'), ('strava', 'Strava'),
  ('telegram', 'Telegram'), ('threads', 'Threads'), ('tiktok', 'TikTok'), ('whatsapp', 'WhatsApp'), ('x', 'X'),
  ('youtube', 'YouTube');
grant select on core.platforms to app_user, app_service;
grant insert on core.platforms to app_service;

create table core.integrations (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  platform text not null references core.platforms (name) on update cascade,
  platform_user_id text check (length(platform_user_id) <= 255),
  username text check (length(username) <= 255),
  display_name text check (length(display_name) <= 200),
  avatar_url text,
  profile_url text,
  status text not null default 'pending' check (status in ('pending', 'connected', 'error', 'disconnected', 'token_expired')),
  is_enabled boolean not null default true,
  auth_kind text not null default 'none' check (auth_kind in ('oauth', 'app_password', 'archive', 'none')),
  token_expires_at timestamptz,
  scope text,
  webhook_subscribed boolean not null default false,
  webhook_subscription_id text,
  last_sync_at timestamptz,
  last_sync_status text check (last_sync_status in ('success', 'partial', 'failed')),
  next_sync_at timestamptz,
  sync_cursor text,
  items_synced integer not null default 0 check (items_synced >= 0),
  error_message text,
  error_count integer not null default 0 check (error_count >= 0)
);

-- What every owned table has. Call it once a table has its own columns.
create procedure core.own(target text, kind text) language plpgsql as
$$
declare
  name text := split_part(target, '.', 2);
begin
  execute format($sql$
    alter table %1$s
      add column source_type text check (length(source_type) <= 50),
      add column source_id text check (length(source_id) <= 1024),
      add column source_platform text,
      add column source_integration_id uuid references core.integrations (id) on delete set null,
      add column created_at timestamptz not null default now(),
      add column updated_at timestamptz not null default now(),
      add column deleted_at timestamptz,
      add column metadata jsonb not null default '{}'
        check (jsonb_typeof(metadata) = 'object' and octet_length(metadata::text) <= 1048576);
    create index %2$I on %1$s (user_id, created_at desc, id desc);
    create index %3$I on %1$s (deleted_at) where deleted_at is not null;
    create index %4$I on %1$s (source_integration_id) where source_integration_id is not null;
    create unique index %5$I on %1$s (user_id, source_integration_id, source_id)
      where deleted_at is null and source_integration_id is not null and source_id is not null;
    create trigger %6$I before update on %1$s for each row execute function core.touch_updated_at();
    create policy upkeep on %1$s to current_user using (true) with check (true);
    grant select, insert, update on %1$s to app_user;
    grant select, insert, update, delete on %1$s to app_service;
    $sql$, target, name || '_order', name || '_trash', name || '_integration', name || '_source', name || '_touch');
  call core.describe(target, coalesce(obj_description(target::regclass, 'pg_class'), kind), '{
    "id": "Key; never given again.",
    "user_id": "Whose it is.",
    "source_type": "How it came here: user, upload, import, integration …",
    "source_id": "Its id at its source; live rows of one connection have each id once.",
    "source_platform": "The service it came from.",
    "source_integration_id": "The connection it came through.",
    "created_at": "When the row was made.",
    "updated_at": "When the row last changed.",
    "deleted_at": "When it went to the trash; null is live.",
    "metadata": "Anything else, as a JSON object of at most 1 MB."
  }');
  call core.protect(target::regclass);
  call core.track(target::regclass, kind);
  call core.same_owner(target, 'source_integration_id', 'integration');
  call meta.keep_ledger(target);
end $$;
comment on procedure core.own(text, text) is 'Gives a table what every owned table has: base columns, registry, ledger, row-level security, grants.';

-- Dropping a table fires no delete trigger: its objects, and with them their links and versions, are taken away first.
create procedure core.disown(target text, kind text) language plpgsql as
$$
begin
  delete from core.objects where type = kind;
  delete from meta.row_ledger where table_name = target;
  delete from meta.tombstones where type = kind;
  execute format('drop table %s', target);
end $$;
comment on procedure core.disown(text, text) is 'Drops an owned table with all that hangs on its rows.';
revoke execute on procedure core.own(text, text), core.disown(text, text) from public;

call core.describe('core.integrations', 'Connections to services, also those that are only an archive a person brought.', '{
  "platform": "Which service.",
  "platform_user_id": "The account''s id there; a live connection per account.",
  "username": "The account''s name there.",
  "display_name": "Name shown.",
  "avatar_url": "Its picture there.",
  "profile_url": "Its page there.",
  "status": "pending, connected, error, disconnected or token_expired.",
  "is_enabled": "May sync; switching it off does not disconnect.",
  "auth_kind": "oauth, app_password, archive or none.",
  "token_expires_at": "When the access token ends.",
  "scope": "What the service granted.",
  "webhook_subscribed": "The service calls us.",
  "webhook_subscription_id": "Id of that subscription there.",
  "last_sync_at": "When a sync last brought what there was.",
  "last_sync_status": "success, partial or failed.",
  "next_sync_at": "When the next one is due.",
  "sync_cursor": "Where the next one goes on; JSON where a service has several streams.",
  "items_synced": "Items it ever brought.",
  "error_message": "What is wrong, in a sentence.",
  "error_count": "Failures in a row."
}');
call core.own('core.integrations', 'integration');
create unique index integrations_account on core.integrations (user_id, platform, platform_user_id) where deleted_at is null;
create index integrations_platform on core.integrations (user_id, platform) where deleted_at is null;
create index integrations_status on core.integrations (status) where deleted_at is null;
create index integrations_due on core.integrations (next_sync_at) where deleted_at is null and is_enabled;
create index integrations_expiring on core.integrations (token_expires_at) where deleted_at is null and token_expires_at is not null;
call core.versioned('core.integrations', '{display_name,is_enabled,metadata}');

create table core.integration_secrets (
  account_id uuid primary key references core.integrations (id) on delete cascade,
  user_id uuid not null references core.users (id) on delete cascade,
  access_token_enc bytea,
  refresh_token_enc bytea,
  key_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
call core.describe('core.integration_secrets', 'Tokens of connections, sealed by the engine before they come here.', '{
  "account_id": "Of which connection.",
  "user_id": "Whose.",
  "access_token_enc": "Access token, AES-256-GCM; null where there is none.",
  "refresh_token_enc": "Refresh token, sealed alike.",
  "key_id": "Which key sealed them.",
  "created_at": "When the row was made.",
  "updated_at": "When the row last changed."
}');
create trigger integration_secrets_touch before update on core.integration_secrets
  for each row execute function core.touch_updated_at();
call core.same_owner('core.integration_secrets', 'account_id', 'integration');
call core.protect('core.integration_secrets');
-- A person's session can put tokens in and see that there are some, but read none: only the service can.
grant select (account_id, user_id, key_id, created_at, updated_at) on core.integration_secrets to app_user;
grant insert on core.integration_secrets to app_user;
grant update (access_token_enc, refresh_token_enc, key_id) on core.integration_secrets to app_user;
grant select, insert, update, delete on core.integration_secrets to app_service;

alter table vault.media add constraint media_source_integration
  foreign key (source_integration_id) references core.integrations (id) on delete set null;
alter table vault.albums add constraint albums_source_integration
  foreign key (source_integration_id) references core.integrations (id) on delete set null;
alter table vault.tags add constraint tags_source_integration
  foreign key (source_integration_id) references core.integrations (id) on delete set null;
alter table core.links add constraint links_source_integration
  foreign key (source_integration_id) references core.integrations (id) on delete set null;
create index media_integration on vault.media (source_integration_id) where source_integration_id is not null;
create index albums_integration on vault.albums (source_integration_id) where source_integration_id is not null;
create index tags_integration on vault.tags (source_integration_id) where source_integration_id is not null;
create index links_integration on core.links (source_integration_id) where source_integration_id is not null;
call core.same_owner('vault.media', 'source_integration_id', 'integration');
call core.same_owner('vault.albums', 'source_integration_id', 'integration');
call core.same_owner('vault.tags', 'source_integration_id', 'integration');
call core.same_owner('core.links', 'source_integration_id', 'integration');
-- Find what one connection brought already, by its id there.
create index media_external on vault.media (user_id, (metadata ->> 'external_id'))
  where deleted_at is null and metadata ? 'external_id';

create table core.share_links (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  object_id uuid not null,
  object_type text not null,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  expires_at timestamptz,
  max_uses integer check (max_uses > 0),
  used integer not null default 0 check (used >= 0),
  revoked_at timestamptz,
  constraint share_links_object foreign key (user_id, object_id, object_type)
    references core.objects (user_id, id, type) on delete cascade,
  constraint share_links_uses check (max_uses is null or used <= max_uses)
);
call core.describe('core.share_links', 'Objects a person lets others see by a link.', '{
  "object_id": "What is shared.",
  "object_type": "Kind of that object.",
  "token_hash": "SHA-256 of the link''s token, hex; the token itself is kept nowhere.",
  "expires_at": "After this it opens nothing; null is never.",
  "max_uses": "How often it may be opened; null is without end.",
  "used": "How often it was.",
  "revoked_at": "When it was taken back; null is valid."
}');
call core.own('core.share_links', 'share_link');
call core.versioned('core.share_links', '{expires_at,max_uses,revoked_at,metadata}');
create index share_links_shared on core.share_links (object_id) where deleted_at is null;

create table core.devices (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  name text not null check (length(name) between 1 and 200),
  kind text not null default 'computer' check (kind in ('computer', 'phone', 'tablet', 'server', 'camera', 'watch', 'other')),
  platform text check (length(platform) <= 100),
  app_version text check (length(app_version) <= 100),
  public_key text,
  last_seen_at timestamptz,
  revoked_at timestamptz
);
call core.describe('core.devices', 'Devices of a person.', '{
  "name": "What the person calls it.",
  "kind": "computer, phone, tablet, server, camera, watch or other.",
  "platform": "Operating system.",
  "app_version": "Version of Coffer on it.",
  "public_key": "Key it proves itself with.",
  "last_seen_at": "When it was last here.",
  "revoked_at": "When it was shut out; null is welcome."
}');
call core.own('core.devices', 'device');
call core.versioned('core.devices', '{name,kind,metadata}');

create table core.notifications (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  kind text not null check (length(kind) between 1 and 100),
  title text not null check (length(title) between 1 and 500),
  body text,
  object_id uuid,
  object_type text,
  is_read boolean not null default false,
  read_at timestamptz,
  constraint notifications_object foreign key (user_id, object_id, object_type)
    references core.objects (user_id, id, type) on delete cascade,
  constraint notifications_whole check ((object_id is null) = (object_type is null))
);
call core.describe('core.notifications', 'What Coffer has to tell a person.', '{
  "kind": "What it is about: sync-failed, backup-old …",
  "title": "The sentence shown.",
  "body": "More, when there is more.",
  "object_id": "The object it is about; goes with it.",
  "object_type": "Kind of that object.",
  "is_read": "The person has seen it.",
  "read_at": "When."
}');
call core.own('core.notifications', 'notification');
call core.versioned('core.notifications', '{metadata}');
create index notifications_unread on core.notifications (user_id, created_at desc) where deleted_at is null and not is_read;
create index notifications_about on core.notifications (object_id) where object_id is not null;

create table core.profile_attributes (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  category text not null default 'general' check (length(category) between 1 and 100),
  key text not null check (length(key) between 1 and 100),
  value jsonb not null,
  visibility text not null default 'private' check (visibility in ('private', 'unlisted', 'public'))
);
call core.describe('core.profile_attributes', 'What a person notes about themself.', '{
  "category": "What it belongs to: general, work, family …",
  "key": "Name of the field; once per category.",
  "value": "What it says, as JSON.",
  "visibility": "private, unlisted or public."
}');
call core.own('core.profile_attributes', 'profile_attribute');
create unique index profile_attributes_once on core.profile_attributes (user_id, category, lower(key)) where deleted_at is null;
call core.versioned('core.profile_attributes', '{category,key,value,visibility,metadata}');

-- migrate:down
call core.disown('core.profile_attributes', 'profile_attribute');
call core.disown('core.notifications', 'notification');
call core.disown('core.devices', 'device');
call core.disown('core.share_links', 'share_link');
drop index vault.media_external, vault.media_integration, vault.albums_integration, vault.tags_integration, core.links_integration;
drop trigger own_source_integration_id on vault.media;
drop trigger own_source_integration_id on vault.albums;
drop trigger own_source_integration_id on vault.tags;
drop trigger own_source_integration_id on core.links;
alter table vault.media drop constraint media_source_integration;
alter table vault.albums drop constraint albums_source_integration;
alter table vault.tags drop constraint tags_source_integration;
alter table core.links drop constraint links_source_integration;
drop table core.integration_secrets;
call core.disown('core.integrations', 'integration');
drop procedure core.disown(text, text);
drop procedure core.own(text, text);
drop table core.platforms;
