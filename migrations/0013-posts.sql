-- The social archive: profiles and posts, and the raw payloads they are made from, which are kept for good.

-- migrate:up
create schema ingest;
comment on schema ingest is 'What services and archives gave, as they gave it, and how reading it went.';
grant usage on schema ingest to app_user, app_service;

create table vault.social_accounts (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  platform text not null references core.platforms (name) on update cascade,
  platform_user_id text not null check (length(platform_user_id) between 1 and 255),
  handle text check (length(handle) <= 255),
  display_name text check (length(display_name) <= 500),
  bio text,
  followers integer check (followers >= 0),
  following integer check (following >= 0),
  is_self boolean not null default false,
  account_id uuid references core.integrations (id) on delete set null,
  search tsvector generated always as (core.words(core.joined(handle, display_name), bio)) stored
);
call core.describe('vault.social_accounts', 'Profiles seen on services, the person''s own among them.', '{
  "platform": "Which service.",
  "platform_user_id": "Its id there.",
  "handle": "Its name there.",
  "display_name": "Name shown.",
  "bio": "What it says of itself.",
  "followers": "How many follow it.",
  "following": "How many it follows.",
  "is_self": "It is the person''s own.",
  "account_id": "The connection to it, when it is.",
  "search": "Words of handle, name and bio."
}');
call core.own('vault.social_accounts', 'social_account');
call core.same_owner('vault.social_accounts', 'account_id', 'integration');
create unique index social_accounts_once on vault.social_accounts (user_id, platform, platform_user_id) where deleted_at is null;
create index social_accounts_account on vault.social_accounts (account_id) where account_id is not null;
create index social_accounts_search on vault.social_accounts using gin (search);
call core.versioned('vault.social_accounts', '{handle,display_name,bio,is_self,metadata}');

-- A connection that has posts is not deleted for good: an archive must not vanish because a service was disconnected.
create table vault.posts (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  account_id uuid not null references core.integrations (id),
  platform text not null references core.platforms (name) on update cascade,
  platform_post_id text not null check (length(platform_post_id) between 1 and 1000),
  content_type text not null default 'post'
    check (content_type in ('post', 'activity', 'story', 'reel', 'reply', 'repost', 'article')),
  text_content text,
  html_content text,
  url text check (length(url) <= 8192),
  in_reply_to text check (length(in_reply_to) <= 1000),
  thread_root text check (length(thread_root) <= 1000),
  author_handle text check (length(author_handle) <= 255),
  activity_type text check (length(activity_type) <= 100),
  created_at_platform timestamptz not null,
  updated_at_platform timestamptz,
  published boolean not null default true,
  deleted_on_platform boolean not null default false,
  engagement jsonb not null default '{}' check (jsonb_typeof(engagement) = 'object'),
  constraint posts_once unique (account_id, platform_post_id),
  search tsvector generated always as (core.words(core.joined(author_handle, activity_type), text_content)) stored
);
call core.describe('vault.posts', 'Posts and activities of all services in one shape; the whole of each is in ingest.ingested_posts.', '{
  "account_id": "The connection it came through.",
  "platform": "Which service.",
  "platform_post_id": "Its id there, or one made from its content where an archive has none; each once per connection.",
  "content_type": "post, activity, story, reel, reply, repost or article.",
  "text_content": "Its text.",
  "html_content": "The same as HTML, where the service gives it; never shown unfiltered.",
  "url": "Where it is.",
  "in_reply_to": "Id of the post it answers, there.",
  "thread_root": "Id of the post its thread began with, there.",
  "author_handle": "Who wrote it, as the service names them.",
  "activity_type": "Kind of activity, such as Run, for what is one.",
  "created_at_platform": "When it was posted.",
  "updated_at_platform": "When it was last edited there.",
  "published": "It can be seen there.",
  "deleted_on_platform": "It is gone there; it stays here.",
  "engagement": "Likes, replies … when last seen.",
  "search": "Words of text, author and activity."
}');

-- Who writes posts knows the connection; whose it is follows from that.
create function core.own_post() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  if new.user_id is null then
    select i.user_id into new.user_id from core.integrations i where i.id = new.account_id
      and (core.current_user_id() is null or i.user_id = core.current_user_id());
    if new.user_id is null then
      raise exception 'there is no integration with this id' using errcode = 'foreign_key_violation', column = 'account_id';
    end if;
  end if;
  return new;
end $$;
comment on function core.own_post() is 'Fills in whose a post is, from its connection.';
create trigger a_owner before insert on vault.posts for each row execute function core.own_post();
call core.own('vault.posts', 'post');
call core.same_owner('vault.posts', 'account_id', 'integration');
create index posts_time on vault.posts (user_id, created_at_platform desc, id desc) where deleted_at is null;
create index posts_platform on vault.posts (user_id, platform, created_at_platform desc, id desc) where deleted_at is null;
create index posts_gone on vault.posts (user_id) where deleted_on_platform;
create index posts_thread on vault.posts (user_id, thread_root) where thread_root is not null;
create index posts_search on vault.posts using gin (search);
call core.versioned('vault.posts', '{metadata}');
-- Posts are what a service said: a person may trash one or note something beside it, not rewrite it.
revoke insert, update on vault.posts from app_user;
grant update (deleted_at, metadata) on vault.posts to app_user;

create table ingest.ingested_items (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  account_id uuid references core.integrations (id) on delete set null,
  source text not null check (source in ('webhook', 'fetch', 'backfill', 'retry', 'import', 'stream')),
  platform text not null references core.platforms (name) on update cascade,
  event_type text not null check (length(event_type) between 1 and 200),
  external_id text check (length(external_id) <= 1000),
  payload jsonb not null,
  status text not null default 'pending' check (status in ('pending', 'processing', 'completed', 'failed', 'dead_letter')),
  attempts integer not null default 0 check (attempts >= 0),
  received_at timestamptz not null default now(),
  started_at timestamptz,
  completed_at timestamptz,
  error_message text,
  error_details jsonb,
  last_error_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
call core.describe('ingest.ingested_items', 'Every answer of a service and every record of an archive, as it came. Never thrown away.', '{
  "id": "Key.",
  "user_id": "For whom; goes with the account.",
  "account_id": "Through which connection; null when that is gone.",
  "source": "webhook, fetch, backfill, retry, import or stream.",
  "platform": "Which service.",
  "event_type": "What it is, in the words of the service.",
  "external_id": "Its id there.",
  "payload": "All of it, without tokens and network addresses.",
  "status": "pending, processing, completed, failed or dead_letter.",
  "attempts": "How often it was read.",
  "received_at": "When it came.",
  "started_at": "When reading it began.",
  "completed_at": "When it was read.",
  "error_message": "Why it could not be read.",
  "error_details": "More about that.",
  "last_error_at": "When that was.",
  "created_at": "When the row was made.",
  "updated_at": "When the row last changed."
}');
create index ingested_items_waiting on ingest.ingested_items (status, received_at) where status <> 'completed';
create index ingested_items_account on ingest.ingested_items (account_id);
create index ingested_items_user on ingest.ingested_items (user_id, received_at desc, id desc);
create index ingested_items_external on ingest.ingested_items (platform, external_id);
create index ingested_items_payload on ingest.ingested_items using gin (payload jsonb_path_ops);

create table ingest.ingested_posts (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  ingested_item_id uuid references ingest.ingested_items (id) on delete set null,
  account_id uuid references core.integrations (id) on delete set null,
  platform text not null references core.platforms (name) on update cascade,
  platform_post_id text not null check (length(platform_post_id) between 1 and 1000),
  post_data jsonb not null,
  status text not null default 'pending' check (status in ('pending', 'processing', 'completed', 'failed', 'dead_letter')),
  attempts integer not null default 0 check (attempts >= 0),
  received_at timestamptz not null default now(),
  started_at timestamptz,
  completed_at timestamptz,
  error_message text,
  error_details jsonb,
  last_error_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
call core.describe('ingest.ingested_posts', 'Every version of every post in the words of its service. Never thrown away.', '{
  "id": "Key.",
  "user_id": "For whom; goes with the account.",
  "ingested_item_id": "The answer it was part of.",
  "account_id": "Through which connection; null when that is gone.",
  "platform": "Which service.",
  "platform_post_id": "Its id there.",
  "post_data": "All of it.",
  "status": "pending, processing, completed, failed or dead_letter.",
  "attempts": "How often it was read.",
  "received_at": "When it came.",
  "started_at": "When reading it began.",
  "completed_at": "When it was read.",
  "error_message": "Why it could not be read.",
  "error_details": "More about that.",
  "last_error_at": "When that was.",
  "created_at": "When the row was made.",
  "updated_at": "When the row last changed."
}');
create index ingested_posts_waiting on ingest.ingested_posts (status, received_at) where status <> 'completed';
create index ingested_posts_account on ingest.ingested_posts (account_id);
create index ingested_posts_item on ingest.ingested_posts (ingested_item_id);
create index ingested_posts_user on ingest.ingested_posts (user_id, received_at desc, id desc);
create index ingested_posts_post on ingest.ingested_posts (user_id, platform, platform_post_id, received_at desc);
create index ingested_posts_data on ingest.ingested_posts using gin (post_data jsonb_path_ops);

create table ingest.media_downloads (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  original_url text not null check (length(original_url) between 1 and 8192),
  media_key text check (length(media_key) between 1 and 1000),
  status text not null default 'pending' check (status in ('pending', 'downloading', 'downloaded', 'failed', 'unavailable')),
  attempts integer not null default 0 check (attempts >= 0),
  error text,
  last_attempt_at timestamptz,
  media_id uuid references vault.media (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
call core.describe('ingest.media_downloads', 'Pictures and films of posts, each fetched once however many posts show it.', '{
  "id": "Key.",
  "user_id": "For whom.",
  "original_url": "Where to fetch it; may be good for minutes only.",
  "media_key": "What it is for good, where the service names it; null takes the address for that.",
  "status": "pending, downloading, downloaded, failed or unavailable.",
  "attempts": "How often it was tried.",
  "error": "Why it could not be fetched.",
  "last_attempt_at": "When it was last tried.",
  "media_id": "The item it became.",
  "created_at": "When the row was made.",
  "updated_at": "When the row last changed."
}');
create unique index media_downloads_once on ingest.media_downloads (user_id, coalesce(media_key, original_url));
create index media_downloads_due on ingest.media_downloads (status, attempts);
create index media_downloads_media on ingest.media_downloads (media_id) where media_id is not null;

create table ingest.media_download_posts (
  download_id uuid not null references ingest.media_downloads (id) on delete cascade,
  ingested_post_id uuid not null references ingest.ingested_posts (id) on delete cascade,
  user_id uuid not null references core.users (id) on delete cascade,
  position integer not null default 0,
  primary key (ingested_post_id, download_id)
);
call core.describe('ingest.media_download_posts', 'Which posts show which picture.', '{
  "download_id": "The picture.",
  "ingested_post_id": "The post.",
  "user_id": "Whose both are.",
  "position": "Place among the pictures of the post."
}');
create index media_download_posts_download on ingest.media_download_posts (download_id);
create index media_download_posts_user on ingest.media_download_posts (user_id);

create table ingest.sync_logs (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  account_id uuid references core.integrations (id) on delete set null,
  sync_type text not null check (sync_type in ('webhook', 'manual', 'scheduled', 'backfill', 'import', 'stream')),
  status text not null default 'running' check (status in ('running', 'success', 'partial', 'failed', 'cancelled')),
  posts_fetched integer not null default 0,
  posts_created integer not null default 0,
  posts_updated integer not null default 0,
  posts_deleted integer not null default 0,
  media_downloaded integer not null default 0,
  media_failed integer not null default 0,
  error_message text,
  error_details jsonb,
  started_at timestamptz not null default now(),
  completed_at timestamptz,
  duration_ms integer,
  metadata jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  created_at timestamptz not null default now()
);
call core.describe('ingest.sync_logs', 'Every sync and what came of it; kept for 90 days.', '{
  "id": "Key.",
  "user_id": "For whom.",
  "account_id": "With which connection; null when that is gone.",
  "sync_type": "webhook, manual, scheduled, backfill, import or stream.",
  "status": "running, success, partial, failed or cancelled.",
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
  "metadata": "Why it ran, cursors, what the service still allows.",
  "created_at": "When the row was made."
}');
create index sync_logs_account on ingest.sync_logs (account_id, started_at desc);
create index sync_logs_user on ingest.sync_logs (user_id, started_at desc, id desc);
create index sync_logs_started on ingest.sync_logs (started_at desc);
create index sync_logs_status on ingest.sync_logs (status) where status = 'running';

create function ingest.end_sync() returns trigger language plpgsql as
$$
begin
  new.completed_at := coalesce(new.completed_at, clock_timestamp());
  new.duration_ms := least(greatest(round(extract(epoch from new.completed_at - new.started_at) * 1000), 0), 2147483647)::integer;
  return new;
end $$;
comment on function ingest.end_sync() is 'Works out how long a sync took.';
create trigger end_sync before insert or update on ingest.sync_logs for each row
  when (new.status <> 'running') execute function ingest.end_sync();

create function ingest.note_sync() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  update core.integrations i set
    last_sync_at = case when new.status in ('success', 'partial') then new.completed_at else i.last_sync_at end,
    last_sync_status = case when new.status = 'cancelled' then i.last_sync_status else new.status end,
    items_synced = i.items_synced + new.posts_created,
    error_message = case new.status when 'success' then null when 'cancelled' then i.error_message else new.error_message end,
    error_count = case new.status when 'failed' then i.error_count + 1 when 'cancelled' then i.error_count else 0 end
    where i.id = new.account_id and i.user_id = new.user_id;
  return null;
end $$;
comment on function ingest.note_sync() is 'Tells the connection how its sync ended.';
create trigger note_sync_insert after insert on ingest.sync_logs for each row
  when (new.status <> 'running') execute function ingest.note_sync();
create trigger note_sync_update after update of status on ingest.sync_logs for each row
  when (old.status = 'running' and new.status <> 'running') execute function ingest.note_sync();

create table ingest.engagement_history (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  post_id uuid not null references vault.posts (id) on delete cascade,
  engagement_stats jsonb not null,
  recorded_at timestamptz not null default now(),
  constraint engagement_history_once unique (post_id, recorded_at)
);
call core.describe('ingest.engagement_history', 'Likes, replies and views of posts over time.', '{
  "id": "Key.",
  "user_id": "Whose post.",
  "post_id": "Which post.",
  "engagement_stats": "The figures.",
  "recorded_at": "When they were seen."
}');
create index engagement_history_user on ingest.engagement_history (user_id);

create trigger ingested_items_touch before update on ingest.ingested_items for each row execute function core.touch_updated_at();
create trigger ingested_posts_touch before update on ingest.ingested_posts for each row execute function core.touch_updated_at();
create trigger media_downloads_touch before update on ingest.media_downloads for each row execute function core.touch_updated_at();
call core.same_owner('ingest.ingested_items', 'account_id', 'integration');
call core.same_owner('ingest.ingested_posts', 'account_id', 'integration');
call core.same_owner('ingest.sync_logs', 'account_id', 'integration');
call core.same_owner('ingest.media_downloads', 'media_id', 'media');
call core.same_owner('ingest.engagement_history', 'post_id', 'post');
call core.protect('ingest.ingested_items');
call core.protect('ingest.ingested_posts');
call core.protect('ingest.media_downloads');
call core.protect('ingest.media_download_posts');
call core.protect('ingest.sync_logs');
call core.protect('ingest.engagement_history');
call meta.keep_ledger('ingest.ingested_items');
call meta.keep_ledger('ingest.ingested_posts');
grant select on ingest.ingested_items, ingest.ingested_posts, ingest.media_downloads, ingest.media_download_posts,
  ingest.sync_logs, ingest.engagement_history to app_user;
grant select, insert, update, delete on ingest.ingested_items, ingest.ingested_posts, ingest.media_downloads,
  ingest.media_download_posts, ingest.sync_logs, ingest.engagement_history to app_service;

-- migrate:down
drop table ingest.engagement_history, ingest.sync_logs, ingest.media_download_posts, ingest.media_downloads,
  ingest.ingested_posts, ingest.ingested_items;
drop function ingest.note_sync(), ingest.end_sync();
delete from meta.row_ledger where table_name in ('ingest.ingested_items', 'ingest.ingested_posts');
call core.disown('vault.posts', 'post');
drop function core.own_post();
call core.disown('vault.social_accounts', 'social_account');
drop schema ingest;
