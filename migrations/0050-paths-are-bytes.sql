-- A path is bytes. What was kept of names that are no UTF-8 was text with U+FFFD in it, so that two of them were one, and a
-- file that is only indexed in place could not be opened by it. Paths are path text from here on (docs/decisions/0027):
-- UTF-8 as it is, each other byte as two of the noncharacters U+FDD0 to U+FDDF. And a path may have 4,096 bytes, while a
-- row of an index holds 2,704: what must be found or unique by a path is so by its digest.

-- migrate:up
create function core.text_key(value text) returns bytea language sql immutable strict parallel safe as
  $$ select pg_catalog.sha256(pg_catalog.convert_to(value, 'UTF8')) $$;
comment on function core.text_key(text) is 'SHA-256 of a text, for indexes over texts of any length.';
create function core.text_keys(texts text[]) returns bytea[] language sql immutable strict parallel safe as
  $$ select array_agg(core.text_key(t)) from unnest(texts) t $$;
comment on function core.text_keys(text[]) is 'The digests of many texts. Immutable, so that a plan is made knowing them and goes by the index.';
grant execute on function core.text_key(text), core.text_keys(text[]) to app_user, app_service;

create function meta.path_text(raw bytea) returns text language plpgsql immutable as
$$
declare
  made text := '';
  size integer := length(raw);
  place integer := 0;
  lead integer;
  width integer;
  piece text;
begin
  while place < size loop
    lead := get_byte(raw, place);
    width := case when lead < 128 then 1 when lead between 194 and 223 then 2 when lead between 224 and 239 then 3
                  when lead between 240 and 244 then 4 else 0 end;
    piece := null;
    if width > 0 and place + width <= size then
      begin
        piece := convert_from(substring(raw from place + 1 for width), 'UTF8');
        if ascii(piece) between 64976 and 64991 then piece := null; end if;
      exception when character_not_in_repertoire or untranslatable_character then
        piece := null;
      end;
    end if;
    if piece is null then
      made := made || chr(64976 + lead / 16) || chr(64976 + lead % 16);
      place := place + 1;
    else
      made := made || piece;
      place := place + width;
    end if;
  end loop;
  return made;
end $$;

alter table meta.import_items drop constraint import_items_import_id_path_key;
alter table vault.media_sources drop constraint media_sources_user_id_path_key;
update vault.media m set file_path = meta.path_text(s.path_raw)
  from vault.media_sources s where s.media_id = m.id and m.storage = 'reference' and m.file_path = s.path and s.path_raw is not null;
update vault.media_sources set path = meta.path_text(path_raw) where path_raw is not null;
update meta.import_items set path = meta.path_text(path_raw) where path_raw is not null;
update vault.media_sources set path = meta.path_text(convert_to(path, 'UTF8'))
  where path_raw is null and path ~ ('[' || chr(64976) || '-' || chr(64991) || ']');
update meta.import_items set path = meta.path_text(convert_to(path, 'UTF8'))
  where path_raw is null and path ~ ('[' || chr(64976) || '-' || chr(64991) || ']');
alter table vault.media_sources drop column path_raw;
alter table meta.import_items drop column path_raw;
drop function meta.path_text(bytea);

alter table meta.import_items add column path_key bytea not null generated always as (core.text_key(path)) stored;
alter table meta.import_items add constraint import_items_path unique (import_id, path_key);
comment on column meta.import_items.path is 'Full path, as path text.';
comment on column meta.import_items.path_key is 'Digest of the path, by which it is found.';

alter table vault.media_sources add column path_key bytea not null generated always as (core.text_key(path)) stored;
alter table vault.media_sources add constraint media_sources_path unique (user_id, path_key);
comment on column vault.media_sources.path is 'Full path, as path text.';
comment on column vault.media_sources.path_key is 'Digest of the path, by which it is found.';

alter table meta.watched_files drop constraint watched_files_pkey;
alter table meta.watched_files add column path_key bytea not null generated always as (core.text_key(path)) stored;
alter table meta.watched_files add primary key (folder_id, path_key);
comment on column meta.watched_files.path is 'Full path, as path text.';
comment on column meta.watched_files.path_key is 'Digest of the path, by which it is found.';

alter table meta.watched_folders drop constraint watched_folders_user_id_path_key;
alter table meta.watched_folders add column path_key bytea not null generated always as (core.text_key(path)) stored;
alter table meta.watched_folders add constraint watched_folders_path unique (user_id, path_key);
comment on column meta.watched_folders.path is 'Full path, as path text.';
comment on column meta.watched_folders.path_key is 'Digest of the path, by which it is found.';

drop index vault.albums_source;
create unique index albums_source on vault.albums (user_id, source_type, core.text_key(source_id))
  where deleted_at is null and source_id is not null;
comment on column vault.media.file_path is 'Relative to the vault, or an absolute path, as path text, when storage is reference.';

-- migrate:down
drop index vault.albums_source;
create unique index albums_source on vault.albums (user_id, source_type, source_id)
  where deleted_at is null and source_id is not null;
comment on column vault.media.file_path is 'Relative to the vault, or absolute when storage is reference.';
comment on column meta.watched_folders.path is 'Full path.';
comment on column meta.watched_files.path is 'Full path.';
comment on column vault.media_sources.path is 'Full path as text.';
comment on column meta.import_items.path is 'Full path as text.';

create function meta.path_bytes(path text) returns bytea language plpgsql immutable as
$$
declare
  made bytea := '';
  place integer := 1;
  code integer;
begin
  while place <= length(path) loop
    code := ascii(substr(path, place, 1));
    if code between 64976 and 64991 then
      made := made || set_byte('\x00'::bytea, 0, (code - 64976) * 16 + ascii(substr(path, place + 1, 1)) - 64976);
      place := place + 2;
    else
      made := made || convert_to(substr(path, place, 1), 'UTF8');
      place := place + 1;
    end if;
  end loop;
  return made;
end $$;

alter table meta.watched_folders drop column path_key;
alter table meta.watched_folders add constraint watched_folders_user_id_path_key unique (user_id, path);
alter table meta.watched_files drop column path_key;
alter table meta.watched_files add primary key (folder_id, path);

alter table vault.media_sources drop column path_key;
alter table vault.media_sources add column path_raw bytea;
comment on column vault.media_sources.path_raw is 'Exact bytes of a path that is no valid UTF-8.';
update vault.media_sources set path_raw = meta.path_bytes(path)
  where path ~ ('[' || chr(64976) || '-' || chr(64991) || ']');
update vault.media_sources set path = regexp_replace(path, '[' || chr(64976) || '-' || chr(64991) || ']{2}', chr(65533), 'g')
  where path_raw is not null;
delete from vault.media_sources s using vault.media_sources o
  where o.user_id = s.user_id and o.path = s.path and o.id < s.id;
alter table vault.media_sources add constraint media_sources_user_id_path_key unique (user_id, path);

alter table meta.import_items drop column path_key;
alter table meta.import_items add column path_raw bytea;
comment on column meta.import_items.path_raw is 'Exact bytes of a path that is no valid UTF-8.';
update meta.import_items set path_raw = meta.path_bytes(path)
  where path ~ ('[' || chr(64976) || '-' || chr(64991) || ']');
update meta.import_items set path = regexp_replace(path, '[' || chr(64976) || '-' || chr(64991) || ']{2}', chr(65533), 'g')
  where path_raw is not null;
delete from meta.import_items s using meta.import_items o
  where o.import_id = s.import_id and o.path = s.path and o.id < s.id;
alter table meta.import_items add constraint import_items_import_id_path_key unique (import_id, path);
drop function meta.path_bytes(text);
drop function core.text_keys(text[]);
drop function core.text_key(text);
