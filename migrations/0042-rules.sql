-- Rules and indexes that the seeds ask for and earlier migrations left out. Rows that break a rule are put right first, so that
-- every vault can be brought up to date.

-- migrate:up
-- A value of more than a megabyte is kept without its largest parts: nothing that is written by hand is as large.
create function core.fitting(given jsonb) returns jsonb language sql immutable parallel safe set search_path = pg_catalog as
$$
  select case when octet_length(given::text) <= 1048576 then given else coalesce((
    select jsonb_object_agg(key, case
        when octet_length(value::text) <= 16384 then value
        when jsonb_typeof(value) = 'object' then coalesce(
          (select jsonb_object_agg(k, v) from jsonb_each(value) as e(k, v) where octet_length(v::text) <= 1024), '{}')
        else 'null' end)
    from (select key, value from jsonb_each(given) order by octet_length(value::text) limit 50) parts), '{}') end
$$;
comment on function core.fitting(jsonb) is 'An object of at most a megabyte: itself, or what of it is not too large.';

-- One odd file must not stop an import: what it says of itself is cut to what fits. What a person writes is refused instead.
create function core.fit_metadata() returns trigger language plpgsql set search_path = pg_catalog as
$$
begin
  new.metadata := core.fitting(new.metadata);
  return new;
end $$;
comment on function core.fit_metadata() is 'Cuts what a file says of itself to a megabyte.';
create trigger media_fit before insert on vault.media for each row when (octet_length(new.metadata::text) > 1048576)
  execute function core.fit_metadata();

do $$
declare
  target text;
begin
  foreach target in array array['core.users', 'core.links', 'vault.media', 'vault.albums', 'vault.tags'] loop
    execute format('update %s set metadata = core.fitting(metadata) where octet_length(metadata::text) > 1048576', target);
    execute format('alter table %s add constraint %I check (octet_length(metadata::text) <= 1048576)',
      target, split_part(target, '.', 2) || '_metadata_size');
  end loop;
end $$;

update vault.albums set media_count = 0 where media_count < 0;
alter table vault.albums add constraint albums_media_count check (media_count >= 0);

-- The most a person may keep is a number that every program can hold exactly.
update core.users set storage_quota = null where storage_quota > 9007199254740991;
alter table core.users add constraint users_quota_range check (storage_quota between 1 and 9007199254740991);

-- As browsers check an address (HTML, "valid e-mail address").
update core.users set metadata = metadata || jsonb_build_object('email', email), email = null
  where email !~ '^[a-zA-Z0-9.!#$%&''*+/=?^_`{|}~-]+@[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$';
alter table core.users add constraint users_email_format check (
  email ~ '^[a-zA-Z0-9.!#$%&''*+/=?^_`{|}~-]+@[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$');

create index users_created on core.users (created_at);
create index audit_log_created on core.audit_log (user_id, created_at desc);
create index audit_log_action on core.audit_log (user_id, action);
create index sync_logs_type on ingest.sync_logs (sync_type);
create index media_created on vault.media (user_id, created_at desc, id desc) where deleted_at is null;
create index media_updated on vault.media (user_id, updated_at desc, id desc);
create index media_metadata on vault.media using gin (metadata jsonb_path_ops);
create index albums_created on vault.albums (user_id, created_at desc) where deleted_at is null;
create index albums_updated on vault.albums (user_id, updated_at desc);
create index links_created on core.links (user_id, created_at desc) where deleted_at is null;

-- migrate:down
drop index core.links_created, vault.albums_updated, vault.albums_created, vault.media_metadata, vault.media_updated,
  vault.media_created, ingest.sync_logs_type, core.audit_log_action, core.audit_log_created, core.users_created;
alter table core.users drop constraint users_email_format, drop constraint users_quota_range;
alter table vault.albums drop constraint albums_media_count;
do $$
declare
  target text;
begin
  foreach target in array array['core.users', 'core.links', 'vault.media', 'vault.albums', 'vault.tags'] loop
    execute format('alter table %s drop constraint %I', target, split_part(target, '.', 2) || '_metadata_size');
  end loop;
end $$;
drop trigger media_fit on vault.media;
drop function core.fit_metadata();
drop function core.fitting(jsonb);
