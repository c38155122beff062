-- The shapes other programs know: Hypernet, Trove and Orbital. Read-only views with the rights of whoever asks, every
-- column named, secrets always null, so that queries written for those systems run here and still see one person's rows.

-- migrate:up
create schema hypernet;
create schema trove;
create schema orbital;
comment on schema hypernet is 'The vault in the shape of Hypernet; read only.';
comment on schema trove is 'The social archive in the shape of Trove; read only.';
comment on schema orbital is 'Circles in the shape of Orbital; read only.';
grant usage on schema hypernet, trove, orbital to app_user, app_service;

create view hypernet.users with (security_invoker = true) as
  select id, email, null::text as password_hash, email_verified, display_name, avatar_url, is_active, is_admin, created_at,
         updated_at, last_login_at, deleted_at, storage_used, storage_quota, metadata
  from core.users;
create view hypernet.media with (security_invoker = true) as
  select id, user_id, filename, media_type, mime_type, size, width, height, duration, file_path, thumbnail_path, hash,
         taken_at, latitude, longitude, source_type, source_id, processing_status, thumbnail_generated, metadata_extracted,
         created_at, updated_at, deleted_at, metadata
  from vault.media;
create view hypernet.albums with (security_invoker = true) as
  select id, user_id, name, description, cover_media_id, sort_order, media_count, visibility, created_at, updated_at,
         deleted_at, source_type, source_id, metadata
  from vault.albums;
create view hypernet.integrations with (security_invoker = true) as
  select id, user_id, platform as integration_type, coalesce(display_name, '@' || username, platform) as integration_name,
         case status when 'token_expired' then 'error' else status end as status, is_enabled, token_expires_at, last_sync_at,
         last_sync_status, sync_cursor, items_synced, created_at, updated_at, deleted_at, source_type, source_id, metadata
  from core.integrations;
create view hypernet.integration_secrets with (security_invoker = true) as
  select account_id as integration_id, null::text as access_token, null::text as refresh_token, created_at, updated_at
  from core.integration_secrets;
create view hypernet.links with (security_invoker = true) as
  select id, user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type, strength, is_bidirectional,
         sort_order, created_at, updated_at, deleted_at, source_type, source_id, metadata
  from core.links;
create view hypernet.refresh_tokens with (security_invoker = true) as
  select id, user_id, null::text as token_hash, expires_at, created_at, revoked_at from core.refresh_tokens;
create view hypernet.audit_log with (security_invoker = true) as
  select id, user_id, action, resource_type, resource_id, ip_address, user_agent, details, created_at from core.audit_log;
create view hypernet.active_media with (security_invoker = true) as
  select id, user_id, filename, media_type, mime_type, size, width, height, duration, file_path, thumbnail_path, hash,
         taken_at, latitude, longitude, source_type, source_id, processing_status, thumbnail_generated, metadata_extracted,
         created_at, updated_at, deleted_at, metadata
  from vault.media where deleted_at is null;
create view hypernet.active_albums with (security_invoker = true) as
  select id, user_id, name, description, cover_media_id, sort_order, media_count, visibility, created_at, updated_at,
         deleted_at, source_type, source_id, metadata
  from vault.albums where deleted_at is null;
create view hypernet.active_links with (security_invoker = true) as
  select id, user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type, strength, is_bidirectional,
         sort_order, created_at, updated_at, deleted_at, source_type, source_id, metadata
  from core.links where deleted_at is null;

create view trove.users with (security_invoker = true) as
  select id, email, created_at, updated_at from core.users where deleted_at is null;
create view trove.connected_accounts with (security_invoker = true) as
  select id, user_id, platform, platform_user_id, username, display_name, avatar_url, null::text as access_token,
         null::text as refresh_token, token_expires_at, scope, webhook_subscribed, webhook_subscription_id, last_sync_at,
         last_sync_status, next_sync_at, is_enabled as sync_enabled,
         case status when 'connected' then 'active' when 'pending' then 'disconnected' else status end as status,
         error_message, error_count, metadata, created_at, updated_at
  from core.integrations where deleted_at is null;
create view trove.posts with (security_invoker = true) as
  select id, account_id, user_id, platform, platform_post_id, content_type, text_content, html_content, url, in_reply_to,
         created_at_platform, updated_at_platform, published, deleted_on_platform, search as search_vector, created_at, updated_at
  from vault.posts where deleted_at is null;
create view trove.media_downloads with (security_invoker = true) as
  select d.id, p.ingested_post_id, d.user_id, d.original_url, d.status, d.attempts, d.error, d.last_attempt_at, d.created_at
  from ingest.media_downloads d join ingest.media_download_posts p on p.download_id = d.id;
create view trove.sync_logs with (security_invoker = true) as
  select id, account_id, user_id, sync_type, status, posts_fetched, posts_created, posts_updated, posts_deleted,
         media_downloaded, media_failed, error_message, error_details, started_at, completed_at, duration_ms, metadata, created_at
  from ingest.sync_logs;
create view trove.ingested_items with (security_invoker = true) as
  select id, source, platform, account_id, user_id, event_type, external_id, payload, status, attempts, received_at,
         started_at, completed_at, error_message, error_details, last_error_at, created_at, updated_at
  from ingest.ingested_items;
create view trove.ingested_posts with (security_invoker = true) as
  select id, ingested_item_id, platform, account_id, user_id, platform_post_id, post_data, status, attempts, received_at,
         started_at, completed_at, error_message, error_details, last_error_at, created_at, updated_at
  from ingest.ingested_posts;
create view trove.engagement_history with (security_invoker = true) as
  select id, post_id, engagement_stats, recorded_at from ingest.engagement_history;
-- A view, not a materialized one: that would stand above row-level security. The newest raw payload of each post says
-- how it was received; its pictures are the items they became.
create view trove.public_posts with (security_invoker = true) as
  select p.id, p.user_id, p.platform, p.content_type, p.text_content, p.created_at_platform,
         coalesce(raw.post_data -> 'engagement', p.engagement) as engagement_stats, coalesce(shown.media, '[]') as media
  from vault.posts p
  left join lateral (
    select i.id, i.post_data from ingest.ingested_posts i
    where i.user_id = p.user_id and i.platform = p.platform and i.platform_post_id = p.platform_post_id
    order by i.received_at desc, i.id desc limit 1) raw on true
  left join lateral (
    select json_agg(json_build_object('id', m.id, 'type', m.media_type, 'url', m.file_path, 'width', m.width, 'height', m.height)
                    order by j.position) as media
    from ingest.media_download_posts j
    join ingest.media_downloads d on d.id = j.download_id and d.status = 'downloaded'
    join vault.media m on m.id = d.media_id and m.deleted_at is null
    where j.ingested_post_id = raw.id) shown on true
  where p.published and not p.deleted_on_platform and p.deleted_at is null;

create view orbital.users with (security_invoker = true) as
  select id, username, null::text as password_hash, public_key, created_at from core.users where deleted_at is null;
create view orbital.groups with (security_invoker = true) as
  select id, encrypted_name, created_by, invite_code, created_at from circles.groups;
create view orbital.members with (security_invoker = true) as
  select group_id, user_id, encrypted_group_key, joined_at from circles.members;
create view orbital.threads with (security_invoker = true) as
  select id, group_id, author_id, encrypted_title, encrypted_body, created_at from circles.threads;
create view orbital.replies with (security_invoker = true) as
  select id, thread_id, author_id, encrypted_body, created_at from circles.replies;
create view orbital.media with (security_invoker = true) as
  select id, thread_id, author_id, encrypted_metadata, storage_url, encryption_iv, size_bytes, uploaded_at, expires_at
  from circles.attachments;
create view orbital.media_downloads with (security_invoker = true) as
  select attachment_id as media_id, user_id, downloaded_at from circles.attachment_downloads;
create view orbital.group_quotas with (security_invoker = true) as
  select group_id, total_bytes, media_count, max_bytes, max_media_count, updated_at from circles.group_quotas;

-- Every view says whose name for what it is.
do $$
declare
  each record;
begin
  for each in
    select v.oid::regclass as name, n.nspname as system, v.relname as shape from pg_class v join pg_namespace n on n.oid = v.relnamespace
    where v.relkind = 'v' and n.nspname in ('hypernet', 'trove', 'orbital')
  loop
    execute format('comment on view %s is %L', each.name, 'What ' || initcap(each.system) || ' calls ' || each.shape || '.');
    execute format('grant select on %s to app_service%s', each.name,
      case when each.name = 'hypernet.refresh_tokens'::regclass then '' else ', app_user' end);
  end loop;
end $$;

-- Policies written for Supabase ask auth.uid(); where Supabase itself is the server it has its own.
do $$
begin
  if to_regprocedure('auth.uid()') is null then
    create schema auth;
    comment on schema auth is 'What policies written for Supabase ask.';
    create function auth.uid() returns uuid language sql stable parallel safe as $f$ select core.current_user_id() $f$;
    comment on function auth.uid() is 'The person of this transaction, under the name Trove''s policies use.';
    grant usage on schema auth to app_user, app_service;
    grant execute on function auth.uid() to app_user, app_service;
  end if;
end $$;

-- migrate:down
do $$
begin
  if obj_description(to_regnamespace('auth'), 'pg_namespace') = 'What policies written for Supabase ask.' then
    drop schema auth cascade;
  end if;
end $$;
drop schema hypernet, trove, orbital cascade;
