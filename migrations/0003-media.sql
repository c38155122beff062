-- Media, where their bytes were seen, and albums.

-- migrate:up
create table vault.media (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  filename text not null check (length(filename) between 1 and 1024),
  media_type text not null check (media_type in ('photo', 'video', 'audio', 'document', 'other')),
  mime_type text not null check (length(mime_type) <= 100),
  size bigint not null check (size >= 0),
  width integer check (width > 0),
  height integer check (height > 0),
  duration double precision check (duration >= 0),
  file_path text not null,
  storage text not null default 'vault' check (storage in ('vault', 'reference')),
  thumbnail_path text,
  thumb_hash text,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  taken_at timestamptz,
  taken_local timestamp,
  utc_offset_minutes integer check (utc_offset_minutes between -1080 and 1080),
  taken_source text,
  taken_confidence text check (taken_confidence in ('high', 'medium', 'low')),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  altitude_m double precision,
  camera_make text,
  camera_model text,
  lens_model text,
  exposure_seconds double precision,
  aperture double precision,
  iso integer,
  focal_length_mm double precision,
  rating double precision check (rating between -1 and 5),
  description text,
  source_type text,
  source_id text,
  source_platform text,
  source_integration_id uuid,
  import_id uuid,
  processing_status text not null default 'pending'
    check (processing_status in ('pending', 'processing', 'complete', 'failed')),
  processing_error text,
  thumbnail_generated boolean not null default false,
  metadata_extracted boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  metadata jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  search tsvector generated always as (to_tsvector('simple', filename || ' ' || coalesce(description, ''))) stored
);
comment on table vault.media is 'Photos, videos, recordings and documents; the same bytes are one live row per person.';
comment on column vault.media.id is 'Key; also the name of the kept file.';
comment on column vault.media.user_id is 'Whose it is.';
comment on column vault.media.filename is 'Name the file came with, any UTF-8.';
comment on column vault.media.media_type is 'photo, video, audio, document or other.';
comment on column vault.media.mime_type is 'Kind by content.';
comment on column vault.media.size is 'Bytes of the original.';
comment on column vault.media.width is 'Pixels, after rotation.';
comment on column vault.media.height is 'Pixels, after rotation.';
comment on column vault.media.duration is 'Seconds, for videos and recordings.';
comment on column vault.media.file_path is 'Relative to the vault, or absolute when storage is reference.';
comment on column vault.media.storage is 'vault: Coffer keeps the bytes; reference: they stay where they are.';
comment on column vault.media.thumbnail_path is 'The grid picture, relative to the vault.';
comment on column vault.media.thumb_hash is 'ThumbHash placeholder, base64.';
comment on column vault.media.hash is 'SHA-256 of the original bytes, hex.';
comment on column vault.media.taken_at is 'The instant, when the offset from UTC is known.';
comment on column vault.media.taken_local is 'Wall clock at the place; the timeline sorts by it.';
comment on column vault.media.utc_offset_minutes is 'Offset of the wall clock; null is unknown, never guessed.';
comment on column vault.media.taken_source is 'Which rule gave the date.';
comment on column vault.media.taken_confidence is 'How far the date can be trusted.';
comment on column vault.media.latitude is 'Degrees north.';
comment on column vault.media.longitude is 'Degrees east.';
comment on column vault.media.altitude_m is 'Metres above the sea.';
comment on column vault.media.camera_make is 'Maker of the camera.';
comment on column vault.media.camera_model is 'Model of the camera.';
comment on column vault.media.lens_model is 'Lens.';
comment on column vault.media.exposure_seconds is 'Exposure time.';
comment on column vault.media.aperture is 'F-number.';
comment on column vault.media.iso is 'Sensitivity.';
comment on column vault.media.focal_length_mm is 'Focal length.';
comment on column vault.media.rating is 'Stars 0 to 5; -1 is rejected.';
comment on column vault.media.description is 'Caption.';
comment on column vault.media.source_type is 'upload, integration, import …';
comment on column vault.media.source_id is 'Its id at its source.';
comment on column vault.media.source_platform is 'The service it came from.';
comment on column vault.media.source_integration_id is 'The connection it came through.';
comment on column vault.media.import_id is 'The import that brought it first.';
comment on column vault.media.processing_status is 'failed: kept, but no good picture could be made.';
comment on column vault.media.processing_error is 'Why not, in a sentence.';
comment on column vault.media.thumbnail_generated is 'Grid and viewer pictures exist.';
comment on column vault.media.metadata_extracted is 'The facts were read.';
comment on column vault.media.created_at is 'When it came into the vault.';
comment on column vault.media.updated_at is 'When the row last changed.';
comment on column vault.media.deleted_at is 'When it went to the trash; null is live.';
comment on column vault.media.metadata is 'Namespaces: exif, tags, custom …';
comment on column vault.media.search is 'Words of name and caption.';
create unique index media_bytes_live on vault.media (user_id, hash) where deleted_at is null;
create index media_bytes on vault.media (user_id, hash);
create index media_size on vault.media (user_id, size);
create index media_timeline on vault.media (user_id, taken_local desc nulls last, id desc) where deleted_at is null;
create index media_trash on vault.media (user_id, deleted_at desc) where deleted_at is not null;
create index media_kind on vault.media (user_id, media_type) where deleted_at is null;
create index media_import on vault.media (import_id);
create unique index media_source on vault.media (user_id, source_type, source_id, hash)
  where deleted_at is null and source_type = 'integration';
create index media_search on vault.media using gin (search);
create trigger media_touch before update on vault.media for each row execute function core.touch_updated_at();
call core.protect('vault.media');
call core.track('vault.media', 'media');

create table vault.media_sources (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  media_id uuid not null references vault.media (id) on delete cascade,
  path text not null,
  path_raw bytea,
  size_bytes bigint not null,
  mtime_ns bigint not null,
  ctime_ns bigint not null,
  inode text not null,
  import_id uuid,
  seen_at timestamptz not null default now(),
  unique (user_id, path)
);
comment on table vault.media_sources is 'Every place where the bytes of a media item were seen.';
comment on column vault.media_sources.id is 'Key.';
comment on column vault.media_sources.user_id is 'Whose it is.';
comment on column vault.media_sources.media_id is 'The item those bytes are.';
comment on column vault.media_sources.path is 'Full path as text.';
comment on column vault.media_sources.path_raw is 'Exact bytes of a path that is no valid UTF-8.';
comment on column vault.media_sources.size_bytes is 'Size when it was read.';
comment on column vault.media_sources.mtime_ns is 'Modification time when it was read, nanoseconds since 1970.';
comment on column vault.media_sources.ctime_ns is 'Change time when it was read; programs cannot set it.';
comment on column vault.media_sources.inode is 'Disk and file number.';
comment on column vault.media_sources.import_id is 'The import that saw it last.';
comment on column vault.media_sources.seen_at is 'When it was seen last.';
create index media_sources_media on vault.media_sources (media_id);
call core.protect('vault.media_sources');

create table vault.albums (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  name text not null check (length(name) between 1 and 200),
  description text,
  cover_media_id uuid references vault.media (id) on delete set null,
  sort_order text not null default 'date_desc' check (sort_order in ('date_asc', 'date_desc', 'manual')),
  media_count integer not null default 0,
  visibility text not null default 'private' check (visibility in ('private', 'unlisted', 'public')),
  source_type text,
  source_id text,
  source_platform text,
  source_integration_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  metadata jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object')
);
comment on table vault.albums is 'Collections of media; what is in them are contains links.';
comment on column vault.albums.id is 'Key.';
comment on column vault.albums.user_id is 'Whose it is.';
comment on column vault.albums.name is 'Title.';
comment on column vault.albums.description is 'What it is about.';
comment on column vault.albums.cover_media_id is 'Chosen cover; null shows the first item.';
comment on column vault.albums.sort_order is 'date_asc, date_desc or manual.';
comment on column vault.albums.media_count is 'Live items, kept by triggers.';
comment on column vault.albums.visibility is 'private, unlisted or public.';
comment on column vault.albums.source_type is 'folder: made from a folder on import.';
comment on column vault.albums.source_id is 'Its id at its source; for a folder, its path.';
comment on column vault.albums.source_platform is 'The service it came from.';
comment on column vault.albums.source_integration_id is 'The connection it came through.';
comment on column vault.albums.created_at is 'When the row was made.';
comment on column vault.albums.updated_at is 'When the row last changed.';
comment on column vault.albums.deleted_at is 'When it went to the trash; null is live.';
comment on column vault.albums.metadata is 'Anything else, as a JSON object.';
create index albums_name on vault.albums (user_id, name) where deleted_at is null;
create unique index albums_source on vault.albums (user_id, source_type, source_id)
  where deleted_at is null and source_id is not null;
create trigger albums_touch before update on vault.albums for each row execute function core.touch_updated_at();
call core.protect('vault.albums');
call core.track('vault.albums', 'album');

grant select, insert, update on vault.media, vault.media_sources, vault.albums to app_user;
grant select, insert, update, delete on vault.media, vault.media_sources, vault.albums to app_service;

-- migrate:down
drop table vault.albums;
drop table vault.media_sources;
drop table vault.media;
