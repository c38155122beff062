-- What Coffer itself is doing: imports and their files, watched folders, stored jobs, the change log, settings.

-- migrate:up
create table meta.imports (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  status text not null default 'running'
    check (status in ('running', 'paused', 'waiting', 'done', 'cancelled', 'undone', 'failed')),
  dry_run boolean not null default false,
  is_reference boolean not null default false,
  album_per_folder boolean not null default false,
  paths jsonb not null,
  scan_complete boolean not null default false,
  seen integer not null default 0,
  added integer not null default 0,
  duplicates integer not null default 0,
  stacked integer not null default 0,
  unsupported integer not null default 0,
  damaged integer not null default 0,
  failed integer not null default 0,
  skipped integer not null default 0,
  total_bytes bigint not null default 0,
  done_bytes bigint not null default 0,
  active_ms bigint not null default 0,
  problem text,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table meta.imports is 'One walk through given paths, with its figures.';
comment on column meta.imports.id is 'Key.';
comment on column meta.imports.user_id is 'For whom.';
comment on column meta.imports.status is 'waiting: stopped by something outside, see problem.';
comment on column meta.imports.dry_run is 'Only counts.';
comment on column meta.imports.is_reference is 'Files stay where they are.';
comment on column meta.imports.album_per_folder is 'Each folder becomes an album.';
comment on column meta.imports.paths is 'What was given, full paths.';
comment on column meta.imports.scan_complete is 'Every file has been listed.';
comment on column meta.imports.seen is 'Files listed.';
comment on column meta.imports.added is 'New items.';
comment on column meta.imports.duplicates is 'Were here already.';
comment on column meta.imports.stacked is 'Read together with another file.';
comment on column meta.imports.unsupported is 'Of no known kind.';
comment on column meta.imports.damaged is 'Kept, but not whole.';
comment on column meta.imports.failed is 'Could not be read.';
comment on column meta.imports.skipped is 'Junk passed over.';
comment on column meta.imports.total_bytes is 'Bytes listed.';
comment on column meta.imports.done_bytes is 'Bytes of settled files.';
comment on column meta.imports.active_ms is 'Time it ran, without pauses.';
comment on column meta.imports.problem is 'Why it waits or failed.';
comment on column meta.imports.started_at is 'When it was asked for.';
comment on column meta.imports.finished_at is 'When it ended.';
comment on column meta.imports.created_at is 'When the row was made.';
comment on column meta.imports.updated_at is 'When the row last changed.';
create index imports_user on meta.imports (user_id, started_at desc);
create trigger imports_touch before update on meta.imports for each row execute function core.touch_updated_at();
call core.protect('meta.imports');

create table meta.import_items (
  id bigint generated always as identity primary key,
  import_id uuid not null references meta.imports (id) on delete cascade,
  user_id uuid not null references core.users (id) on delete cascade,
  path text not null,
  path_raw bytea,
  root text not null,
  size_bytes bigint not null default 0,
  mtime_ns bigint,
  outcome text not null default 'waiting'
    check (outcome in ('waiting', 'added', 'duplicate', 'stacked', 'unsupported', 'damaged', 'failed')),
  media_id uuid,
  reason text,
  attempts integer not null default 0,
  updated_at timestamptz not null default now(),
  unique (import_id, path)
);
comment on table meta.import_items is 'Every file of an import and what became of it.';
comment on column meta.import_items.id is 'Order in which files were found.';
comment on column meta.import_items.import_id is 'Of which import.';
comment on column meta.import_items.user_id is 'For whom.';
comment on column meta.import_items.path is 'Full path as text.';
comment on column meta.import_items.path_raw is 'Exact bytes of a path that is no valid UTF-8.';
comment on column meta.import_items.root is 'The given path it was found under.';
comment on column meta.import_items.size_bytes is 'Size when it was listed.';
comment on column meta.import_items.mtime_ns is 'Modification time when it was listed.';
comment on column meta.import_items.outcome is 'waiting until it is settled.';
comment on column meta.import_items.media_id is 'The item it became or already was.';
comment on column meta.import_items.reason is 'Why it did not become a new item.';
comment on column meta.import_items.attempts is 'How often it was tried.';
comment on column meta.import_items.updated_at is 'When it was settled.';
create index import_items_waiting on meta.import_items (import_id, id) where outcome = 'waiting';
create index import_items_order on meta.import_items (import_id, id);
call core.protect('meta.import_items');

create table meta.watched_folders (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  path text not null,
  is_reference boolean not null default false,
  album_per_folder boolean not null default false,
  ignore_patterns jsonb not null default '[]',
  status text not null default 'active' check (status in ('active', 'paused', 'missing')),
  problem text,
  last_scan_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, path)
);
comment on table meta.watched_folders is 'Folders whose new files come in by themselves.';
comment on column meta.watched_folders.id is 'Key.';
comment on column meta.watched_folders.user_id is 'For whom.';
comment on column meta.watched_folders.path is 'Full path.';
comment on column meta.watched_folders.is_reference is 'Files stay where they are.';
comment on column meta.watched_folders.album_per_folder is 'Each folder becomes an album.';
comment on column meta.watched_folders.ignore_patterns is 'Names to pass over.';
comment on column meta.watched_folders.status is 'missing: the drive is gone; nothing is trashed for that.';
comment on column meta.watched_folders.problem is 'What is wrong, in a sentence.';
comment on column meta.watched_folders.last_scan_at is 'When it was last walked whole.';
comment on column meta.watched_folders.created_at is 'When the row was made.';
comment on column meta.watched_folders.updated_at is 'When the row last changed.';
create trigger watched_folders_touch before update on meta.watched_folders
  for each row execute function core.touch_updated_at();
call core.protect('meta.watched_folders');

create table meta.jobs (
  id uuid primary key default core.new_id(),
  user_id uuid references core.users (id) on delete cascade,
  kind text not null,
  payload jsonb not null default '{}',
  state jsonb,
  status text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
  attempts integer not null default 0,
  run_after timestamptz not null default now(),
  last_error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table meta.jobs is 'Stored work; a job that was running when the process died runs again.';
comment on column meta.jobs.id is 'Key; time-ordered.';
comment on column meta.jobs.user_id is 'For whom; null is for the vault.';
comment on column meta.jobs.kind is 'Which handler runs it.';
comment on column meta.jobs.payload is 'What to do.';
comment on column meta.jobs.state is 'How far it came.';
comment on column meta.jobs.status is 'queued, running, done, failed or cancelled.';
comment on column meta.jobs.attempts is 'How often it was started.';
comment on column meta.jobs.run_after is 'Not before this time.';
comment on column meta.jobs.last_error is 'Why the last attempt failed.';
comment on column meta.jobs.created_at is 'When it was enqueued.';
comment on column meta.jobs.updated_at is 'When the row last changed.';
create index jobs_due on meta.jobs (kind, run_after) where status = 'queued';
create trigger jobs_touch before update on meta.jobs for each row execute function core.touch_updated_at();
call core.protect('meta.jobs');

create table meta.changes (
  seq bigint generated always as identity primary key,
  user_id uuid not null references core.users (id) on delete cascade,
  noun text not null,
  object_id uuid,
  kind text not null,
  at timestamptz not null default now()
);
comment on table meta.changes is 'Numbered log of what changed, read by followers at their own pace.';
comment on column meta.changes.seq is 'Number; only grows.';
comment on column meta.changes.user_id is 'Whose object.';
comment on column meta.changes.noun is 'Kind of object.';
comment on column meta.changes.object_id is 'Which object; null is many.';
comment on column meta.changes.kind is 'added, changed, trashed, restored or removed.';
comment on column meta.changes.at is 'When.';
create index changes_user on meta.changes (user_id, seq);
call core.protect('meta.changes');

create table meta.settings (
  id uuid primary key default core.new_id(),
  user_id uuid references core.users (id) on delete cascade,
  key text not null,
  value jsonb not null,
  updated_at timestamptz not null default now()
);
comment on table meta.settings is 'Choices of a person, or of the vault where user_id is null.';
comment on column meta.settings.id is 'Key.';
comment on column meta.settings.user_id is 'Whose choice; null is the vault''s.';
comment on column meta.settings.key is 'Name of the setting.';
comment on column meta.settings.value is 'What was chosen.';
comment on column meta.settings.updated_at is 'When.';
create unique index settings_once on meta.settings (coalesce(user_id, '00000000-0000-0000-0000-000000000000'::uuid), key);
create trigger settings_touch before update on meta.settings for each row execute function core.touch_updated_at();
call core.protect('meta.settings');

grant select on meta.imports, meta.import_items to app_user;
grant select, insert on meta.changes to app_user;
grant select, insert, update, delete on meta.watched_folders, meta.settings to app_user;
grant select, insert, update, delete on meta.imports, meta.import_items, meta.watched_folders, meta.jobs, meta.changes,
  meta.settings to app_service;
grant select on meta.migrations to app_service;

-- migrate:down
revoke select on meta.migrations from app_service;
drop table meta.settings, meta.changes, meta.jobs, meta.watched_folders, meta.import_items, meta.imports;
