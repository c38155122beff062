-- Sidecars are kept: the XMP files of photo programs, Apple's edits (AAE) and the pictures cameras put beside films (THM). Each
-- is an original of its own, stored beside the item it belongs to; one whose photo is not here waits for it.

-- migrate:up
create table vault.sidecars (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  media_id uuid references vault.media (id) on delete cascade,
  kind text not null check (kind in ('xmp', 'aae', 'thm')),
  filename text not null check (length(filename) between 1 and 1024),
  path text not null,
  path_key bytea not null generated always as (core.text_key(path)) stored,
  photo_key bytea not null generated always as (core.text_key(lower(regexp_replace(path, '\.[^./\\]*$', '')))) stored,
  size bigint not null check (size >= 0),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  storage text not null default 'vault' check (storage in ('vault', 'reference')),
  file_path text not null,
  mtime_ns bigint not null,
  ctime_ns bigint not null,
  inode text not null,
  fields jsonb not null default '[]' check (jsonb_typeof(fields) = 'array'),
  import_id uuid,
  seen_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default now()
);
call core.describe('vault.sidecars', 'Files that other programs keep beside a photo, byte for byte.', '{
  "id": "Key; also the name of the kept file.",
  "user_id": "Whose it is.",
  "media_id": "The item it belongs to; null while that is not here.",
  "kind": "xmp, aae or thm, by its name.",
  "filename": "Name the file came with.",
  "path": "Full path where it was seen last, as path text.",
  "path_key": "Digest of the path, by which it is found.",
  "photo_key": "Digest of the path without the extension, in small letters: what a photo that comes later is looked up by.",
  "size": "Bytes.",
  "hash": "SHA-256 of the bytes, hex.",
  "storage": "vault: Coffer keeps the bytes; reference: they stay where they are.",
  "file_path": "Relative to the vault, or an absolute path, as path text, when storage is reference.",
  "mtime_ns": "Modification time when it was read, nanoseconds since 1970.",
  "ctime_ns": "Change time when it was read.",
  "inode": "Disk and file number.",
  "fields": "What of the item it gave: taken, place, rating, description, tags, camera, exposure.",
  "import_id": "The import that saw it last.",
  "seen_at": "When it was seen last; of several of one item the last one counts.",
  "created_at": "When it came into the vault."
}');
create unique index sidecars_of_media on vault.sidecars (media_id, hash) where media_id is not null;
create unique index sidecars_waiting on vault.sidecars (user_id, path_key, hash) where media_id is null;
create index sidecars_bytes on vault.sidecars (user_id, hash);
create index sidecars_path on vault.sidecars (user_id, path_key);
create index sidecars_photo on vault.sidecars (user_id, photo_key) where media_id is null;
call core.protect('vault.sidecars');
call core.same_owner('vault.sidecars', 'media_id', 'media');
call meta.keep_ledger('vault.sidecars');
create trigger storage_insert after insert on vault.sidecars referencing new table as fresh
  for each statement execute function core.count_storage();
create trigger storage_update after update on vault.sidecars referencing new table as fresh old table as gone
  for each statement execute function core.count_storage();
create trigger storage_delete after delete on vault.sidecars referencing old table as gone
  for each statement execute function core.count_storage();
grant select on vault.sidecars to app_user;
grant select, insert, update, delete on vault.sidecars to app_service;

-- migrate:down
update core.users u set storage_used = greatest(u.storage_used - s.bytes, 0)
  from (select user_id, sum(size) as bytes from vault.sidecars where storage = 'vault' group by 1) s where u.id = s.user_id;
delete from meta.row_ledger where table_name = 'vault.sidecars';
drop table vault.sidecars;
