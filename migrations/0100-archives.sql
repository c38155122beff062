-- The ground of importers and connectors: exports among the imports, what an import gave of each type, records that stay
-- deleted however often they come again, and the post archive's own bookkeeping.

-- migrate:up
insert into core.platforms (name, title) values ('apple_notes', 'Apple Notes'), ('bank', 'Bank'), ('chrome', 'Chrome'),
  ('evernote', 'Evernote'), ('firefox', 'Firefox'), ('fitbit', 'Fitbit'), ('garmin', 'Garmin'), ('google_keep', 'Google Keep'),
  ('google_timeline', 'Google Timeline'), ('imessage', 'iMessage'), ('obsidian', 'Obsidian'), ('outlook', 'Outlook'),
  ('pocket', 'Pocket'), ('safari', 'Safari'), ('sms', 'SMS'), ('thunderbird', 'Thunderbird'), ('todoist', 'Todoist')
  on conflict do nothing;
insert into core.link_types (name, from_types, to_types, ordered, is_symmetric, inverse_label) values
  ('attached_to', '{}', '{}', true, false, 'has attachment');

-- Exports among the imports.
alter table meta.imports
  add column is_archive boolean not null default false,
  add column source text,
  add column account_id uuid references core.integrations (id) on delete set null,
  add column checkpoint jsonb,
  add column about jsonb not null default '{}' check (jsonb_typeof(about) = 'object');
comment on column meta.imports.is_archive is 'The paths are one export of a service.';
comment on column meta.imports.source is 'Which kind of export it is; null until it was recognised.';
comment on column meta.imports.account_id is 'The connection its records belong to.';
comment on column meta.imports.checkpoint is 'How far its records are stored.';
comment on column meta.imports.about is 'Whose export it is, its first and last moment, samples of a preview.';
create index imports_account on meta.imports (account_id) where account_id is not null;
call core.same_owner('meta.imports', 'account_id', 'integration');

create table meta.import_types (
  import_id uuid not null references meta.imports (id) on delete cascade,
  user_id uuid not null references core.users (id) on delete cascade,
  type text not null,
  added integer not null default 0 check (added >= 0),
  updated integer not null default 0 check (updated >= 0),
  same integer not null default 0 check (same >= 0),
  kept_out integer not null default 0 check (kept_out >= 0),
  failed integer not null default 0 check (failed >= 0),
  primary key (import_id, type)
);
call core.describe('meta.import_types', 'What an export gave of each type of object.', '{
  "import_id": "By which import.",
  "user_id": "For whom.",
  "type": "Type of the objects.",
  "added": "Records that were new.",
  "updated": "Records that had changed.",
  "same": "Records that were here just so.",
  "kept_out": "Records that are in the trash or were deleted for good, and stay so.",
  "failed": "Records that could not be read."
}');
create index import_types_user on meta.import_types (user_id);
call core.protect('meta.import_types');
grant select on meta.import_types to app_user;
grant select, insert, update, delete on meta.import_types to app_service;

-- Files that are kept whole and are no photo's sidecar: what an export held besides pictures.
alter table vault.sidecars drop constraint sidecars_kind_check;
alter table vault.sidecars add constraint sidecars_kind_check check (kind in ('xmp', 'aae', 'thm', 'export'));
comment on column vault.sidecars.kind is 'xmp, aae or thm, by its name; export for what an export of a service held besides pictures.';

-- What was deleted for good does not come back with the next export. Its key at its source is kept as a digest with a number
-- of the person, so that nobody can tell from it what it was.
alter table core.users add column source_salt bytea not null
  default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
comment on column core.users.source_salt is 'Goes into the digests of what was deleted for good.';
create function core.source_key(owner uuid, account uuid, kind text, key text) returns bytea language sql stable security definer
  set search_path = pg_catalog as
$$
  select sha256(u.source_salt || convert_to(account::text || '|' || kind || '|' || key, 'UTF8'))
  from core.users u where u.id = owner
$$;
comment on function core.source_key(uuid, uuid, text, text) is 'Digest of the key of an object at its source.';
revoke execute on function core.source_key(uuid, uuid, text, text) from public;
grant execute on function core.source_key(uuid, uuid, text, text) to app_service;
alter table meta.tombstones add column source_key bytea;
comment on column meta.tombstones.source_key is 'Digest of its key at its source; null for what came from none.';
create index tombstones_source on meta.tombstones (user_id, source_key) where source_key is not null;

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
    insert into meta.tombstones (object_id, user_id, type, source_key)
      select g.id, g.user_id, tg_argv[0],
             case when g.source_id is not null and g.source_integration_id is not null
               then sha256(u.source_salt || convert_to(g.source_integration_id::text || '|' || tg_argv[0] || '|' || g.source_id, 'UTF8')) end
      from gone g join core.users u on u.id = g.user_id
      on conflict do nothing;
  end if;
  return null;
end $$;

-- Payloads of posts name their shape. One that says only that a post is gone has the shape `gone`.
alter table ingest.ingested_posts add column format text check (length(format) between 1 and 100);
comment on column ingest.ingested_posts.format is 'Shape of post_data: which rules read a post from it.';
create index ingested_posts_of on ingest.ingested_posts (account_id, platform_post_id, received_at, id);

alter table vault.posts add column facts jsonb not null default '{}' check (jsonb_typeof(facts) = 'object');
alter table vault.posts add column local_at timestamp
  generated always as (core.wall_time(created_at_platform, utc_offset_minutes)) stored;
comment on column vault.posts.local_at is 'What the clock on the wall showed when it was written; in UTC where its offset is unknown.';
create index posts_wall on vault.posts (user_id, local_at desc, id desc) where deleted_at is null;
create index posts_account_wall on vault.posts (account_id, local_at desc, id desc) where deleted_at is null;

-- What somebody typed, as a question to the words of any table: folded as those are, the end of the last word may be missing.
create function read.question(typed text) returns tsquery language sql stable as
$$
  select read.unfinished(websearch_to_tsquery('simple', core.apart(core.folded(typed))))
$$;
comment on function read.question(text) is 'What somebody typed, as a question to the words of a table.';
grant execute on function read.question(text) to app_user, app_service;
comment on column vault.posts.facts is 'What its service tells besides, in its words, below the name of the platform.';

-- A post that is deleted for good takes what its service gave of it along; nothing could make it again.
create function ingest.forget_payloads() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  delete from ingest.ingested_posts r using gone g
    where r.account_id = g.account_id and r.platform_post_id = g.platform_post_id and r.user_id = g.user_id;
  return null;
end $$;
comment on function ingest.forget_payloads() is 'Deletes the payloads of posts that are deleted for good.';
create policy upkeep on ingest.ingested_posts to current_user using (true) with check (true);
create trigger forget_payloads after delete on vault.posts referencing old table as gone
  for each statement execute function ingest.forget_payloads();

-- An export without ids and the service itself tell of the same post under two.
create table ingest.post_aliases (
  account_id uuid not null references core.integrations (id) on delete cascade,
  user_id uuid not null references core.users (id) on delete cascade,
  platform_post_id text not null check (length(platform_post_id) between 1 and 1000),
  same_as text not null check (length(same_as) between 1 and 1000),
  primary key (account_id, platform_post_id)
);
call core.describe('ingest.post_aliases', 'Ids of posts that are another post of the same connection.', '{
  "account_id": "Of which connection.",
  "user_id": "Whose.",
  "platform_post_id": "The id that is another.",
  "same_as": "The id its post is kept under."
}');
create index post_aliases_user on ingest.post_aliases (user_id);
create index post_aliases_same on ingest.post_aliases (account_id, same_as);
call core.same_owner('ingest.post_aliases', 'account_id', 'integration');
call core.protect('ingest.post_aliases');
grant select on ingest.post_aliases to app_user;
grant select, insert, update, delete on ingest.post_aliases to app_service;

-- A medium says what it is of, for whom it is fetched, and what is known of it before it is here.
alter table ingest.media_downloads
  add column account_id uuid references core.integrations (id) on delete set null,
  add column kind text not null default 'photo' check (kind in ('photo', 'video', 'audio')),
  add column about jsonb not null default '{}' check (jsonb_typeof(about) = 'object'),
  add column next_attempt_at timestamptz;
comment on column ingest.media_downloads.account_id is 'Through which connection it came.';
comment on column ingest.media_downloads.kind is 'photo, video or audio.';
comment on column ingest.media_downloads.about is 'What its post says of it: text, type, size, digest, when and where it was taken.';
comment on column ingest.media_downloads.next_attempt_at is 'Not before; null is at once.';
create index media_downloads_account on ingest.media_downloads (account_id, status);
call core.same_owner('ingest.media_downloads', 'account_id', 'integration');

-- Which media a post shows, as its newest payload says.
create table ingest.post_media (
  post_id uuid not null references vault.posts (id) on delete cascade,
  download_id uuid not null references ingest.media_downloads (id) on delete cascade,
  user_id uuid not null references core.users (id) on delete cascade,
  position integer not null,
  primary key (post_id, download_id)
);
call core.describe('ingest.post_media', 'Which pictures and films a post shows.', '{
  "post_id": "The post.",
  "download_id": "The picture.",
  "user_id": "Whose both are.",
  "position": "Place among the pictures of the post."
}');
create index post_media_download on ingest.post_media (download_id);
create index post_media_user on ingest.post_media (user_id);
call core.protect('ingest.post_media');
grant select on ingest.post_media to app_user;
grant select, insert, update, delete on ingest.post_media to app_service;

-- Logs of syncs that are older than 90 days lie apart.
create table ingest.old_sync_logs (like ingest.sync_logs including defaults);
alter table ingest.old_sync_logs add primary key (id),
  add foreign key (user_id) references core.users (id) on delete cascade,
  add foreign key (account_id) references core.integrations (id) on delete set null;
call core.describe('ingest.old_sync_logs', 'Syncs of more than 90 days ago.', '{
  "id": "Key.",
  "user_id": "For whom.",
  "account_id": "With which connection; null when that is gone.",
  "sync_type": "webhook, manual, scheduled, backfill, import or stream.",
  "status": "success, partial, failed or cancelled.",
  "posts_fetched": "Posts seen.",
  "posts_created": "Posts new here.",
  "posts_updated": "Posts that had changed.",
  "posts_deleted": "Posts that were gone there.",
  "media_downloaded": "Pictures and films fetched.",
  "media_failed": "Those that could not be.",
  "error_message": "Why it failed.",
  "error_details": "More about that.",
  "started_at": "When it began.",
  "completed_at": "When it ended.",
  "duration_ms": "How long it took.",
  "metadata": "Why it ran, cursors, what the service still allowed.",
  "created_at": "When the row was made."
}');
create index old_sync_logs_account on ingest.old_sync_logs (account_id, started_at desc);
create index old_sync_logs_user on ingest.old_sync_logs (user_id, started_at desc);
call core.protect('ingest.old_sync_logs');
grant select on ingest.old_sync_logs to app_user;
grant select, insert, update, delete on ingest.old_sync_logs to app_service;
comment on table ingest.sync_logs is 'Every sync and what came of it; those of more than 90 days ago are in ingest.old_sync_logs.';

-- How a connection is synced: how often, by what client of its own, and what it keeps between two syncs.
alter table core.integrations
  add column server text check (length(server) <= 300),
  add column interval_minutes integer not null default 60 check (interval_minutes between 5 and 43200),
  add column pauses_on_battery boolean not null default false,
  add column error_code text check (length(error_code) <= 100);
comment on column core.integrations.server is 'Address of the server it is on, where its service has many.';
comment on column core.integrations.interval_minutes is 'Minutes between two syncs.';
comment on column core.integrations.pauses_on_battery is 'It is not synced by itself while the computer runs on battery.';
comment on column core.integrations.error_code is 'Code of what is wrong.';
alter table core.integration_secrets add column client_secret_enc bytea;
comment on column core.integration_secrets.client_secret_enc is 'Secret of a client of the person''s own, and the key tokens are bound to; sealed alike.';

-- migrate:down
alter table core.integration_secrets drop column client_secret_enc;
alter table core.integrations drop column server, drop column interval_minutes, drop column pauses_on_battery, drop column error_code;
comment on table ingest.sync_logs is 'Every sync and what came of it; kept for 90 days.';
drop table ingest.old_sync_logs;
drop table ingest.post_media;
drop trigger own_account_id on ingest.media_downloads;
alter table ingest.media_downloads drop column account_id, drop column kind, drop column about, drop column next_attempt_at;
drop table ingest.post_aliases;
drop trigger forget_payloads on vault.posts;
drop policy upkeep on ingest.ingested_posts;
drop function ingest.forget_payloads();
drop function read.question(text);
alter table vault.posts drop column local_at, drop column facts;
drop index ingest.ingested_posts_of;
alter table ingest.ingested_posts drop column format;
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
alter table meta.tombstones drop column source_key;
drop function core.source_key(uuid, uuid, text, text);
alter table core.users drop column source_salt;
delete from vault.sidecars where kind = 'export';
alter table vault.sidecars drop constraint sidecars_kind_check;
alter table vault.sidecars add constraint sidecars_kind_check check (kind in ('xmp', 'aae', 'thm'));
comment on column vault.sidecars.kind is 'xmp, aae or thm, by its name.';
drop table meta.import_types;
drop trigger own_account_id on meta.imports;
alter table meta.imports drop column is_archive, drop column source, drop column account_id, drop column checkpoint, drop column about;
delete from core.links where link_type = 'attached_to';
delete from core.link_types where name = 'attached_to';
delete from core.platforms where name in ('apple_notes', 'bank', 'chrome', 'evernote', 'firefox', 'fitbit', 'garmin', 'google_keep',
  'google_timeline', 'imessage', 'obsidian', 'outlook', 'pocket', 'safari', 'sms', 'thunderbird', 'todoist')
  and not exists (select from core.integrations i where i.platform = name);
