-- A backup that was paused stays so until it is resumed, over restarts too; a backup may hold the small pictures.

-- migrate:up
alter table meta.backup_runs drop constraint backup_runs_status_check;
alter table meta.backup_runs add constraint backup_runs_status_check
  check (status in ('running', 'paused', 'done', 'failed', 'cancelled'));
alter table meta.backups add column with_thumbnails boolean not null default false;
comment on column meta.backups.with_thumbnails is 'Small pictures are backed up too, so that a restored vault shows them at once.';

-- migrate:down
alter table meta.backups drop column with_thumbnails;
update meta.backup_runs set status = 'cancelled', finished_at = coalesce(finished_at, now()) where status = 'paused';
alter table meta.backup_runs drop constraint backup_runs_status_check;
alter table meta.backup_runs add constraint backup_runs_status_check
  check (status in ('running', 'done', 'failed', 'cancelled'));
