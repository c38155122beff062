-- Where a vault is backed up to, what came of each run, and which originals were looked at again when.

-- migrate:up
create table meta.backups (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  path text not null,
  repository_id uuid not null,
  sealed_key bytea,
  is_enabled boolean not null default true,
  every_hours integer not null default 24 check (every_hours between 1 and 8760),
  keep_daily integer not null default 30 check (keep_daily between 1 and 10000),
  keep_weekly integer not null default 8 check (keep_weekly between 0 and 10000),
  keep_monthly integer not null default 12 check (keep_monthly between 0 and 10000),
  last_tried_at timestamptz,
  last_saved_at timestamptz,
  last_proven_at timestamptz,
  last_files integer,
  last_bytes bigint,
  repository_bytes bigint,
  problem text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (path)
);
comment on table meta.backups is 'Repositories this vault is backed up to.';
comment on column meta.backups.id is 'Key.';
comment on column meta.backups.user_id is 'Who set it up.';
comment on column meta.backups.path is 'Folder of the repository.';
comment on column meta.backups.repository_id is 'Id the repository says it has.';
comment on column meta.backups.sealed_key is 'The repository key, sealed with a key the operating system keeps; null asks for the passphrase.';
comment on column meta.backups.is_enabled is 'Runs by itself.';
comment on column meta.backups.every_hours is 'How often.';
comment on column meta.backups.keep_daily is 'Days of which a snapshot stays.';
comment on column meta.backups.keep_weekly is 'Weeks of which a snapshot stays.';
comment on column meta.backups.keep_monthly is 'Months of which a snapshot stays.';
comment on column meta.backups.last_tried_at is 'When a backup was last begun.';
comment on column meta.backups.last_saved_at is 'When one last succeeded.';
comment on column meta.backups.last_proven_at is 'When a snapshot was last proven restorable.';
comment on column meta.backups.last_files is 'Originals in the last snapshot.';
comment on column meta.backups.last_bytes is 'Their bytes.';
comment on column meta.backups.repository_bytes is 'Bytes of all packs when last looked at.';
comment on column meta.backups.problem is 'What is wrong, in a sentence.';
comment on column meta.backups.created_at is 'When the row was made.';
comment on column meta.backups.updated_at is 'When the row last changed.';
create trigger backups_touch before update on meta.backups for each row execute function core.touch_updated_at();
call core.protect('meta.backups');

create table meta.backup_runs (
  id uuid primary key default core.new_id(),
  backup_id uuid not null references meta.backups (id) on delete cascade,
  user_id uuid not null references core.users (id) on delete cascade,
  kind text not null check (kind in ('create', 'check', 'prove', 'prune')),
  status text not null default 'running' check (status in ('running', 'done', 'failed', 'cancelled')),
  result jsonb not null default '{}',
  problem text,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
comment on table meta.backup_runs is 'What was done with a backup and what came of it.';
comment on column meta.backup_runs.id is 'Key.';
comment on column meta.backup_runs.backup_id is 'With which.';
comment on column meta.backup_runs.user_id is 'Whose.';
comment on column meta.backup_runs.kind is 'create, check, prove or prune.';
comment on column meta.backup_runs.status is 'How it ended.';
comment on column meta.backup_runs.result is 'Figures of the run.';
comment on column meta.backup_runs.problem is 'Why it failed, in a sentence.';
comment on column meta.backup_runs.started_at is 'When it began.';
comment on column meta.backup_runs.finished_at is 'When it ended.';
create index backup_runs_order on meta.backup_runs (backup_id, started_at desc);
call core.protect('meta.backup_runs');

create table meta.scrubs (
  media_id uuid primary key references vault.media (id) on delete cascade,
  user_id uuid not null references core.users (id) on delete cascade,
  verified_at timestamptz not null default now(),
  problem text
);
comment on table meta.scrubs is 'When an original was last held against its hash.';
comment on column meta.scrubs.media_id is 'Which item.';
comment on column meta.scrubs.user_id is 'Whose.';
comment on column meta.scrubs.verified_at is 'When.';
comment on column meta.scrubs.problem is 'missing or damaged; null is well.';
create index scrubs_due on meta.scrubs (verified_at);
call core.protect('meta.scrubs');

grant select on meta.backup_runs, meta.scrubs to app_user;
grant select (id, user_id, path, repository_id, is_enabled, every_hours, keep_daily, keep_weekly, keep_monthly,
  last_tried_at, last_saved_at, last_proven_at, last_files, last_bytes, repository_bytes, problem, created_at, updated_at)
  on meta.backups to app_user;
grant select, insert, update, delete on meta.backups, meta.backup_runs, meta.scrubs to app_service;

-- migrate:down
drop table meta.scrubs, meta.backup_runs, meta.backups;
