-- Derived tables for tags and for the map, and one question over everything that has words.

-- migrate:up
create extension if not exists pg_trgm with schema public;

-- A word may come with the file (metadata.tags) or be put on it by a person (a tagged_with link); a tag page and a tag
-- filter do not care. Kept by working out anew the items a statement touched, so that it cannot drift.
create table read.media_tags (
  user_id uuid not null references core.users (id) on delete cascade,
  word text not null,
  media_id uuid not null references vault.media (id) on delete cascade,
  tag_id uuid,
  taken_local timestamp,
  primary key (user_id, word, media_id)
);
call core.describe('read.media_tags', 'Live media by word, from tags and from the words files brought.', '{
  "user_id": "Whose.",
  "word": "The word in small letters.",
  "media_id": "The item.",
  "tag_id": "The tag, when it is one; null for words of the file.",
  "taken_local": "Wall time, for the order of the page."
}');
create index media_tags_page on read.media_tags (user_id, word, taken_local desc nulls last, media_id desc);
create index media_tags_media on read.media_tags (media_id);

create function read.retag(items uuid[]) returns void language sql security definer set search_path = pg_catalog as
$$
  delete from read.media_tags t where t.media_id = any (items);
  insert into read.media_tags (user_id, word, media_id, tag_id, taken_local)
    select m.user_id, w.word, m.id, (array_agg(w.tag_id) filter (where w.tag_id is not null))[1], m.taken_local
    from vault.media m join core.users u on u.id = m.user_id
    cross join lateral (
      select lower(t.name) as word, t.id as tag_id from core.links l join vault.tags t on t.id = l.to_object_id and t.deleted_at is null
        where l.from_object_id = m.id and l.link_type = 'tagged_with' and l.deleted_at is null
      union all
      select lower(left(e.word, 200)), null from jsonb_array_elements_text(
        case jsonb_typeof(m.metadata -> 'tags') when 'array' then m.metadata -> 'tags' else '[]' end) as e(word)
        where e.word <> '') w
    where m.id = any (items) and m.deleted_at is null
    group by m.user_id, w.word, m.id, m.taken_local;
$$;
comment on function read.retag(uuid[]) is 'Works out the words of these items anew.';
revoke execute on function read.retag(uuid[]) from public;

create function read.retag_media() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  if tg_op = 'INSERT' then
    if exists (select 1 from fresh where metadata ? 'tags') then
      perform read.retag((select array_agg(id) from fresh where metadata ? 'tags'));
    end if;
  elsif exists (select 1 from fresh f join gone g on g.id = f.id
      where (f.deleted_at is null) <> (g.deleted_at is null) or f.taken_local is distinct from g.taken_local
        or f.metadata -> 'tags' is distinct from g.metadata -> 'tags') then
    perform read.retag((select array_agg(f.id) from fresh f join gone g on g.id = f.id
      where (f.deleted_at is null) <> (g.deleted_at is null) or f.taken_local is distinct from g.taken_local
        or f.metadata -> 'tags' is distinct from g.metadata -> 'tags'));
  end if;
  return null;
end $$;
comment on function read.retag_media() is 'Keeps the words beside vault.media.';
create trigger retag_insert after insert on vault.media referencing new table as fresh
  for each statement execute function read.retag_media();
create trigger retag_update after update on vault.media referencing new table as fresh old table as gone
  for each statement execute function read.retag_media();

create function read.retag_links() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
declare
  items uuid[] := '{}';
begin
  if tg_op <> 'DELETE' then
    items := items || array(select from_object_id from fresh where link_type = 'tagged_with' and from_object_type = 'media');
  end if;
  if tg_op <> 'INSERT' then
    items := items || array(select from_object_id from gone where link_type = 'tagged_with' and from_object_type = 'media');
  end if;
  if cardinality(items) > 0 then perform read.retag(items); end if;
  return null;
end $$;
comment on function read.retag_links() is 'Keeps the words beside core.links.';
create trigger retag_insert after insert on core.links referencing new table as fresh
  for each statement execute function read.retag_links();
create trigger retag_update after update on core.links referencing new table as fresh old table as gone
  for each statement execute function read.retag_links();
create trigger retag_delete after delete on core.links referencing old table as gone
  for each statement execute function read.retag_links();

create function read.retag_tags() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  perform read.retag(array(
    select l.from_object_id from fresh f join gone g on g.id = f.id
      join core.links l on l.to_object_id = f.id and l.link_type = 'tagged_with' and l.deleted_at is null
    where f.name <> g.name or (f.deleted_at is null) <> (g.deleted_at is null)));
  return null;
end $$;
comment on function read.retag_tags() is 'Keeps the words beside vault.tags.';
create trigger retag_update after update on vault.tags referencing new table as fresh old table as gone
  for each statement execute function read.retag_tags();

-- The map. A cell at a zoom is a square of 360 / 2^zoom degrees; items in it are counted, and their places summed in
-- millionths of a degree (whole numbers, which do not drift) so that a marker stands where they are.
create table read.geo_cells (
  user_id uuid not null references core.users (id) on delete cascade,
  zoom smallint not null,
  x integer not null,
  y integer not null,
  media_count bigint not null,
  latitude_sum bigint not null,
  longitude_sum bigint not null,
  primary key (user_id, zoom, x, y)
);
call core.describe('read.geo_cells', 'Live media per square of the map, at the zooms 2, 5, 8, 11 and 14.', '{
  "user_id": "Whose.",
  "zoom": "A square has 360 / 2^zoom degrees.",
  "x": "Squares east of the date line.",
  "y": "Squares north of the south pole.",
  "media_count": "How many.",
  "latitude_sum": "Sum of their latitudes in millionths of a degree.",
  "longitude_sum": "Sum of their longitudes in millionths of a degree."
}');

create function read.count_cells() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  if tg_op = 'UPDATE' then
    if not exists (select 1 from fresh f join gone g on g.id = f.id
        where (f.deleted_at is null) <> (g.deleted_at is null) or f.latitude is distinct from g.latitude
          or f.longitude is distinct from g.longitude) then
      return null;
    end if;
    insert into read.geo_cells as c (user_id, zoom, x, y, media_count, latitude_sum, longitude_sum)
      select user_id, zoom, floor((longitude + 180) / 360 * (1 << zoom)), floor((latitude + 90) / 360 * (1 << zoom)),
             sum(n), sum(n * round(latitude * 1e6)), sum(n * round(longitude * 1e6))
      from (select user_id, latitude, longitude, 1 as n from fresh where deleted_at is null
            union all select user_id, latitude, longitude, -1 from gone where deleted_at is null) d,
           unnest('{2,5,8,11,14}'::smallint[]) zoom
      where latitude is not null and longitude is not null
      group by 1, 2, 3, 4 having sum(n) <> 0 or sum(n * round(latitude * 1e6)) <> 0 or sum(n * round(longitude * 1e6)) <> 0
      order by 1, 2, 3, 4
      on conflict (user_id, zoom, x, y) do update set media_count = c.media_count + excluded.media_count,
        latitude_sum = c.latitude_sum + excluded.latitude_sum, longitude_sum = c.longitude_sum + excluded.longitude_sum;
  elsif tg_op = 'INSERT' then
    insert into read.geo_cells as c (user_id, zoom, x, y, media_count, latitude_sum, longitude_sum)
      select user_id, zoom, floor((longitude + 180) / 360 * (1 << zoom)), floor((latitude + 90) / 360 * (1 << zoom)),
             count(*), sum(round(latitude * 1e6)), sum(round(longitude * 1e6))
      from fresh, unnest('{2,5,8,11,14}'::smallint[]) zoom
      where deleted_at is null and latitude is not null and longitude is not null
      group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (user_id, zoom, x, y) do update set media_count = c.media_count + excluded.media_count,
        latitude_sum = c.latitude_sum + excluded.latitude_sum, longitude_sum = c.longitude_sum + excluded.longitude_sum;
  else
    update read.geo_cells c set media_count = c.media_count - d.n, latitude_sum = c.latitude_sum - d.lat,
        longitude_sum = c.longitude_sum - d.lon
      from (select user_id, zoom, floor((longitude + 180) / 360 * (1 << zoom)) as x, floor((latitude + 90) / 360 * (1 << zoom)) as y,
                   count(*) as n, sum(round(latitude * 1e6)) as lat, sum(round(longitude * 1e6)) as lon
            from gone, unnest('{2,5,8,11,14}'::smallint[]) zoom
            where deleted_at is null and latitude is not null and longitude is not null group by 1, 2, 3, 4) d
      where c.user_id = d.user_id and c.zoom = d.zoom and c.x = d.x and c.y = d.y;
  end if;
  return null;
end $$;
comment on function read.count_cells() is 'Keeps the squares of the map beside vault.media.';
create trigger cells_insert after insert on vault.media referencing new table as fresh
  for each statement execute function read.count_cells();
create trigger cells_update after update on vault.media referencing new table as fresh old table as gone
  for each statement execute function read.count_cells();
create trigger cells_delete after delete on vault.media referencing old table as gone
  for each statement execute function read.count_cells();

call core.protect('read.media_tags');
call core.protect('read.geo_cells');
create policy counting on read.media_tags to current_user using (true) with check (true);
create policy counting on read.geo_cells to current_user using (true) with check (true);
create policy counting on vault.tags for select to current_user using (true);
grant select on read.media_tags, read.geo_cells to app_user, app_service;

-- What is in the vault already.
select read.retag(array(select id from vault.media where metadata ? 'tags' and deleted_at is null
  union select from_object_id from core.links where link_type = 'tagged_with' and from_object_type = 'media'));
insert into read.geo_cells (user_id, zoom, x, y, media_count, latitude_sum, longitude_sum)
  select user_id, zoom, floor((longitude + 180) / 360 * (1 << zoom)), floor((latitude + 90) / 360 * (1 << zoom)),
         count(*), sum(round(latitude * 1e6)), sum(round(longitude * 1e6))
  from vault.media, unnest('{2,5,8,11,14}'::smallint[]) zoom
  where deleted_at is null and latitude is not null and longitude is not null group by 1, 2, 3, 4;

alter table vault.albums add column search tsvector generated always as (core.words(name, description)) stored;
comment on column vault.albums.search is 'Words of title and description.';
create index albums_search on vault.albums using gin (search);
alter table vault.tags add column search tsvector generated always as (core.words(name, null)) stored;
comment on column vault.tags.search is 'The word.';
create index tags_search on vault.tags using gin (search);
create index media_name_parts on vault.media using gin (filename public.gin_trgm_ops);
create index posts_text_parts on vault.posts using gin (text_content public.gin_trgm_ops);
create index emails_subject_parts on vault.emails using gin (subject public.gin_trgm_ops);
create index notes_title_parts on vault.notes using gin (title public.gin_trgm_ops);
create index contacts_name_parts on vault.contacts using gin (display_name public.gin_trgm_ops);

-- The parser takes a file name such as IMG_7919_sunset.jpg for one word; people look for its parts.
alter table vault.media drop column search;
alter table vault.media add column search tsvector
  generated always as (core.words(translate(filename, '_-.()+', '      '),
    core.joined(camera_make, camera_model, left(metadata ->> 'tags', 50000), description))) stored;
comment on column vault.media.search is 'Words of name, caption and camera, and those the file brought.';
create index media_search on vault.media using gin (search);

create view read.searchable as
  select 'media' as type, id, user_id, filename as title, coalesce(taken_local at time zone 'UTC', created_at) as at, search
    from vault.media where deleted_at is null
  union all select 'album', id, user_id, name, updated_at, search from vault.albums where deleted_at is null
  union all select 'tag', id, user_id, name, updated_at, search from vault.tags where deleted_at is null
  union all select 'post', id, user_id, text_content, created_at_platform, search from vault.posts where deleted_at is null
  union all select 'social_account', id, user_id, coalesce(display_name, handle), updated_at, search
    from vault.social_accounts where deleted_at is null
  union all select 'email', id, user_id, subject, coalesce(sent_at, received_at, created_at), search
    from vault.emails where deleted_at is null
  union all select 'message', id, user_id, body, coalesce(sent_at, created_at), search from vault.messages where deleted_at is null
  union all select 'contact', id, user_id, display_name, updated_at, search from vault.contacts where deleted_at is null
  union all select 'web_page', id, user_id, coalesce(title, url), saved_at, search from vault.web_pages where deleted_at is null
  union all select 'bookmark', id, user_id, coalesce(title, url), created_at, search from vault.bookmarks where deleted_at is null
  union all select 'calendar_event', id, user_id, title, starts_at, search from vault.calendar_events where deleted_at is null
  union all select 'task', id, user_id, title, coalesce(due_at, created_at), search from vault.tasks where deleted_at is null
  union all select 'note', id, user_id, coalesce(title, left(body, 200)), updated_at, search from vault.notes where deleted_at is null
  union all select 'document', id, user_id, title, created_at, search from vault.documents where deleted_at is null
  union all select 'transaction', id, user_id, coalesce(counterparty, memo), occurred_at, search
    from vault.transactions where deleted_at is null
  union all select 'location', id, user_id, place_name, coalesce(recorded_at, created_at), search
    from vault.locations where deleted_at is null
  union all select 'health_record', id, user_id, record_type, recorded_at, search from vault.health_records where deleted_at is null;
call core.describe('read.searchable', 'Everything live that has words. Not for anyone but read.search: it stands above row-level security.', '{
  "type": "Kind of object.",
  "id": "Which.",
  "user_id": "Whose.",
  "title": "What to show.",
  "at": "The time it has to do with.",
  "search": "Its words."
}');

create function read.unfinished(words tsquery) returns tsquery language sql immutable parallel safe as
  $$ select case when numnode(words) > 0 and words::text !~ '!''[^'']*''$' then (words::text || ':*')::tsquery else words end $$;
comment on function read.unfinished(tsquery) is 'The same words, the last of which may go on.';

-- [Note: search above policies] Under row-level security PostgreSQL may use an index only for comparisons that cannot
-- leak, and word search is none of them: a million rows would be read one by one. So this runs with the owner's rights
-- and says itself whose rows are meant; the person of the transaction is the only one it ever answers about.
create function read.search(query text, kinds text[], most integer)
  returns table (type text, id uuid, title text, at timestamptz, rank real)
  language plpgsql stable security definer set search_path = pg_catalog, public as
$$
declare
  me uuid := core.current_user_id();
  words tsquery;
  parts tsquery;
  part text := left(btrim(query), 200);
begin
  if me is null or part = '' then return; end if;
  -- As it stands, and with what a file name is made of taken apart. The last word may be unfinished: it is being typed.
  words := read.unfinished(websearch_to_tsquery('simple', part));
  parts := read.unfinished(websearch_to_tsquery('simple', regexp_replace(part, '([[:alnum:]])[-_.+]+([[:alnum:]])', '\1 \2', 'g')));
  if parts <> words then words := words || parts; end if;
  return query
    select f.type, f.id, f.title, f.at, max(f.rank) from (
      select s.type, s.id, s.title, s.at, ts_rank(s.search, words) as rank from read.searchable s
        where s.user_id = me and s.search @@ words and (kinds is null or s.type = any (kinds))
      union all
      select 'media', m.id, m.filename, coalesce(m.taken_local at time zone 'UTC', m.created_at), 0.5
        from read.media_tags t join vault.media m on m.id = t.media_id
        where t.user_id = me and t.word = lower(part) and (kinds is null or 'media' = any (kinds))) f
    group by f.type, f.id, f.title, f.at order by 5 desc, f.at desc, f.id desc limit most;
  if found then return; end if;
  return query
    select s.type, s.id, s.title, s.at, (word_similarity(part, s.title) / 10)::real
      from read.searchable s
      where s.user_id = me and part <% s.title and (kinds is null or s.type = any (kinds))
      order by 5 desc, s.at desc, s.id desc limit most;
end $$;
comment on function read.search(text, text[], integer) is
  'What the person of this transaction has that fits the words, best first; when nothing does, what looks like them.';
revoke execute on function read.search(text, text[], integer) from public;
grant execute on function read.search(text, text[], integer) to app_user;

-- Photos that have every one of the words, each anywhere: in the name, the caption, the camera, or a tag. Only a word that
-- begins a tag is looked for beside the index of words, and then the first such word leads: the others judge what it finds.
create function read.find_media(parts text[], since timestamp, until timestamp, kind text, only_favourites boolean, most integer)
  returns table (id uuid, taken_local timestamp)
  language plpgsql stable security definer set search_path = pg_catalog, public as
$$
declare
  me uuid := core.current_user_id();
  part text;
  query tsquery;
  words tsquery;
  tagged uuid[];
  lead tsquery;
  lead_tags uuid[];
  condition text := '';
begin
  if me is null then return; end if;
  foreach part in array parts loop
    query := read.unfinished(plainto_tsquery('simple', translate(part, '_-.()+', '      ')));
    tagged := array(select t.id from vault.tags t where t.user_id = me and t.deleted_at is null
      and strpos(' ' || lower(t.name), ' ' || lower(part)) > 0);
    if numnode(query) = 0 and cardinality(tagged) = 0 then return; end if;
    if cardinality(tagged) = 0 then
      words := case when words is null then query else words && query end;
    elsif lead_tags is null then
      lead := query;
      lead_tags := tagged;
    else
      condition := condition || format(' and (m.search @@ %L::tsquery or exists (select from read.media_tags t
        where t.media_id = m.id and t.tag_id = any (%L::uuid[])))', query::text, tagged);
    end if;
  end loop;
  if words is not null then condition := condition || format(' and m.search @@ %L::tsquery', words::text); end if;
  if since is not null then condition := condition || format(' and m.taken_local >= %L::timestamp', since); end if;
  if until is not null then condition := condition || format(' and m.taken_local < %L::timestamp', until); end if;
  if kind is not null then condition := condition || format(' and m.media_type = %L', kind); end if;
  if only_favourites then condition := condition || ' and m.is_favorite'; end if;
  if lead_tags is not null then
    condition := condition || format(' and m.id in (
      select t.media_id from read.media_tags t where t.user_id = %L and t.tag_id = any (%L::uuid[])
      union all select w.id from vault.media w where w.user_id = %L and w.deleted_at is null and w.search @@ %L::tsquery)',
      me, lead_tags, me, lead::text);
  end if;
  return query execute format('select m.id, m.taken_local from vault.media m where m.user_id = %L and m.deleted_at is null %s
    order by m.taken_local desc nulls last, m.id desc limit %s', me, condition, most);
end $$;
comment on function read.find_media(text[], timestamp, timestamp, text, boolean, integer) is
  'Live media of the person of this transaction that have all the words, newest first.';
revoke execute on function read.find_media(text[], timestamp, timestamp, text, boolean, integer) from public;
grant execute on function read.find_media(text[], timestamp, timestamp, text, boolean, integer) to app_user;

-- migrate:down
drop function read.find_media(text[], timestamp, timestamp, text, boolean, integer);
drop function read.search(text, text[], integer);
drop function read.unfinished(tsquery);
drop view read.searchable;
alter table vault.media drop column search;
alter table vault.media add column search tsvector
  generated always as (to_tsvector('simple', filename || ' ' || coalesce(description, ''))) stored;
comment on column vault.media.search is 'Words of name and caption.';
create index media_search on vault.media using gin (search);
drop index vault.media_name_parts, vault.posts_text_parts, vault.emails_subject_parts, vault.notes_title_parts,
  vault.contacts_name_parts;
alter table vault.tags drop column search;
alter table vault.albums drop column search;
drop policy counting on vault.tags;
drop trigger cells_insert on vault.media;
drop trigger cells_update on vault.media;
drop trigger cells_delete on vault.media;
drop function read.count_cells();
drop trigger retag_update on vault.tags;
drop function read.retag_tags();
drop trigger retag_insert on core.links;
drop trigger retag_update on core.links;
drop trigger retag_delete on core.links;
drop function read.retag_links();
drop trigger retag_insert on vault.media;
drop trigger retag_update on vault.media;
drop function read.retag_media();
drop function read.retag(uuid[]);
drop table read.geo_cells, read.media_tags;
