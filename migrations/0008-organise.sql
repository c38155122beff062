-- What organising needs: favourites, what is remembered of things deleted for good, and what watched folders have seen.

-- migrate:up
alter table vault.media add column is_favorite boolean not null default false;
comment on column vault.media.is_favorite is 'Marked by the person.';
create index media_favorites on vault.media (user_id, taken_local desc nulls last, id desc)
  where deleted_at is null and is_favorite;

create table meta.tombstones (
  object_id uuid primary key,
  user_id uuid not null references core.users (id) on delete cascade,
  type text not null,
  hash text,
  purged_at timestamptz not null default now()
);
comment on table meta.tombstones is 'Objects deleted for good, so that nothing brings them back by itself.';
comment on column meta.tombstones.object_id is 'Id it had; never given again.';
comment on column meta.tombstones.user_id is 'Whose it was.';
comment on column meta.tombstones.type is 'Kind of object.';
comment on column meta.tombstones.hash is 'SHA-256 of its bytes; null for what has none.';
comment on column meta.tombstones.purged_at is 'When it was deleted.';
create index tombstones_hash on meta.tombstones (user_id, hash) where hash is not null;
call core.protect('meta.tombstones');
grant select on meta.tombstones to app_user;
grant select, insert, update, delete on meta.tombstones to app_service;

alter table meta.imports add column watched_folder_id uuid references meta.watched_folders (id) on delete set null;
comment on column meta.imports.watched_folder_id is 'The watched folder that asked for it; null is a person.';

create table meta.watched_files (
  folder_id uuid not null references meta.watched_folders (id) on delete cascade,
  path text not null,
  user_id uuid not null references core.users (id) on delete cascade,
  size_bytes bigint not null,
  mtime_ns bigint not null,
  inode text not null,
  import_id uuid references meta.imports (id) on delete set null,
  seen_at timestamptz not null default now(),
  primary key (folder_id, path)
);
comment on table meta.watched_files is 'Files of watched folders as they were when they were handed to an import.';
comment on column meta.watched_files.folder_id is 'In which watched folder.';
comment on column meta.watched_files.path is 'Full path.';
comment on column meta.watched_files.user_id is 'For whom.';
comment on column meta.watched_files.size_bytes is 'Size then.';
comment on column meta.watched_files.mtime_ns is 'Modification time then.';
comment on column meta.watched_files.inode is 'Place on disk then.';
comment on column meta.watched_files.import_id is 'The import that took it.';
comment on column meta.watched_files.seen_at is 'When it was handed over.';
create index watched_files_import on meta.watched_files (import_id);
call core.protect('meta.watched_files');
grant select, insert, update, delete on meta.watched_files to app_user, app_service;

-- migrate:down
drop table meta.watched_files;
alter table meta.imports drop column watched_folder_id;
drop table meta.tombstones;
drop index vault.media_favorites;
alter table vault.media drop column is_favorite;
