-- What queries written for Hypernet find: a link that means the same in both directions from either end, and the facts of a
-- photo in the shape its documents give them.

-- migrate:up
create function hypernet.metadata_of(m vault.media) returns jsonb language sql stable set search_path = pg_catalog as
$$
  select m.metadata || jsonb_build_object(
    'exif', coalesce(case jsonb_typeof(m.metadata -> 'exif') when 'object' then m.metadata -> 'exif' end, '{}')
      || jsonb_strip_nulls(jsonb_build_object(
        'camera', coalesce(m.camera_model, m.camera_make),
        'lens', m.lens_model,
        'iso', m.iso,
        'aperture', 'f/' || round(m.aperture::numeric, 2)::double precision,
        'shutter_speed', case when m.exposure_seconds > 0 and m.exposure_seconds < 0.5
          then '1/' || round(1 / m.exposure_seconds) else round(m.exposure_seconds::numeric, 3)::double precision::text end,
        'focal_length', round(m.focal_length_mm::numeric, 2)::double precision || 'mm')),
    'tags', coalesce((
      select jsonb_agg(name order by place nulls last, lower(name)) from (
        select distinct on (lower(name)) name, place from (
          select e.word as name, e.place from jsonb_array_elements_text(
              case jsonb_typeof(m.metadata -> 'tags') when 'array' then m.metadata -> 'tags' else '[]' end
            ) with ordinality as e(word, place)
          union all
          select t.name, null from core.links l join vault.tags t on t.id = l.to_object_id and t.deleted_at is null
            where l.from_object_id = m.id and l.link_type = 'tagged_with' and l.deleted_at is null) each_word
        order by lower(name), place) word), '[]'),
    'description', m.description)
$$;
comment on function hypernet.metadata_of(vault.media) is 'The facts of an item as Hypernet keeps them in metadata.';
grant execute on function hypernet.metadata_of(vault.media) to app_user, app_service;

create or replace view hypernet.media with (security_invoker = true) as
  select m.id, m.user_id, m.filename, m.media_type, m.mime_type, m.size, m.width, m.height, m.duration, m.file_path,
         m.thumbnail_path, m.hash, m.taken_at, m.latitude, m.longitude, m.source_type, m.source_id, m.processing_status,
         m.thumbnail_generated, m.metadata_extracted, m.created_at, m.updated_at, m.deleted_at,
         hypernet.metadata_of(m) as metadata
  from vault.media m;
create or replace view hypernet.active_media with (security_invoker = true) as
  select m.id, m.user_id, m.filename, m.media_type, m.mime_type, m.size, m.width, m.height, m.duration, m.file_path,
         m.thumbnail_path, m.hash, m.taken_at, m.latitude, m.longitude, m.source_type, m.source_id, m.processing_status,
         m.thumbnail_generated, m.metadata_extracted, m.created_at, m.updated_at, m.deleted_at,
         hypernet.metadata_of(m) as metadata
  from vault.media m where m.deleted_at is null;

create or replace view hypernet.links with (security_invoker = true) as
  select id, user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type, strength, is_bidirectional,
         sort_order, created_at, updated_at, deleted_at, source_type, source_id, metadata
  from core.links
  union all
  select l.id, l.user_id, l.to_object_id, l.to_object_type, l.from_object_id, l.from_object_type, l.link_type, l.strength,
         l.is_bidirectional, l.sort_order, l.created_at, l.updated_at, l.deleted_at, l.source_type, l.source_id, l.metadata
  from core.links l join core.link_types k on k.name = l.link_type where k.is_symmetric or l.is_bidirectional;
create or replace view hypernet.active_links with (security_invoker = true) as
  select id, user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type, strength, is_bidirectional,
         sort_order, created_at, updated_at, deleted_at, source_type, source_id, metadata
  from core.links where deleted_at is null
  union all
  select l.id, l.user_id, l.to_object_id, l.to_object_type, l.from_object_id, l.from_object_type, l.link_type, l.strength,
         l.is_bidirectional, l.sort_order, l.created_at, l.updated_at, l.deleted_at, l.source_type, l.source_id, l.metadata
  from core.links l join core.link_types k on k.name = l.link_type
  where l.deleted_at is null and (k.is_symmetric or l.is_bidirectional);
-- A view of two halves takes no writing at all; whoever tries hears that they may not, as with the others.
create function hypernet.refuse_writing() returns trigger language plpgsql as
$$
begin
  raise exception 'the views of hypernet are read only' using errcode = 'insufficient_privilege';
end $$;
comment on function hypernet.refuse_writing() is 'Says that a view cannot be written.';
create trigger links_read_only instead of insert or update or delete on hypernet.links
  for each row execute function hypernet.refuse_writing();
create trigger active_links_read_only instead of insert or update or delete on hypernet.active_links
  for each row execute function hypernet.refuse_writing();
comment on view hypernet.links is
  'What Hypernet calls links. One that means the same in both directions is there once from each end, with one id.';
comment on view hypernet.active_links is 'What Hypernet calls active_links: the same without the trash.';

-- migrate:down
drop trigger links_read_only on hypernet.links;
drop trigger active_links_read_only on hypernet.active_links;
drop function hypernet.refuse_writing();
create or replace view hypernet.media with (security_invoker = true) as
  select id, user_id, filename, media_type, mime_type, size, width, height, duration, file_path, thumbnail_path, hash,
         taken_at, latitude, longitude, source_type, source_id, processing_status, thumbnail_generated, metadata_extracted,
         created_at, updated_at, deleted_at, metadata
  from vault.media;
create or replace view hypernet.active_media with (security_invoker = true) as
  select id, user_id, filename, media_type, mime_type, size, width, height, duration, file_path, thumbnail_path, hash,
         taken_at, latitude, longitude, source_type, source_id, processing_status, thumbnail_generated, metadata_extracted,
         created_at, updated_at, deleted_at, metadata
  from vault.media where deleted_at is null;
create or replace view hypernet.links with (security_invoker = true) as
  select id, user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type, strength, is_bidirectional,
         sort_order, created_at, updated_at, deleted_at, source_type, source_id, metadata
  from core.links;
create or replace view hypernet.active_links with (security_invoker = true) as
  select id, user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type, strength, is_bidirectional,
         sort_order, created_at, updated_at, deleted_at, source_type, source_id, metadata
  from core.links where deleted_at is null;
comment on view hypernet.links is 'What Hypernet calls links.';
comment on view hypernet.active_links is 'What Hypernet calls active_links.';
drop function hypernet.metadata_of(vault.media);
