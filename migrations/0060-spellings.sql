-- Words are found as people type them: with or without accents, ü as u or as ue, ß as ss, in whatever form of Unicode, and
-- parts of what Chinese, Japanese, Korean or Thai write without spaces. And photos by their folders and by where they are.

-- migrate:up
create function core.folded(value text) returns text language sql immutable strict parallel safe as
$$
  select normalize(replace(replace(replace(replace(translate(
    regexp_replace(normalize(lower(normalize(value, nfkc)), nfd), '[\u0300-\u036f]', '', 'g'),
    'øłđðħŧı’', 'olddhti'''), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), nfc)
$$;
comment on function core.folded(text) is 'The text in small letters without accents; letters that are no Latin ones stay apart from these.';

create function core.spelt_out(value text) returns text language sql immutable strict parallel safe as
$$
  select core.folded(replace(replace(replace(replace(replace(lower(normalize(value, nfkc)),
    'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ø', 'oe'), 'å', 'aa'))
$$;
comment on function core.spelt_out(text) is 'The same, with ä as ae, as people write it whose keyboard has none.';

create function core.drawn_in(folded text) returns text language sql immutable strict parallel safe as
  $$ select replace(replace(replace(replace(folded, 'ae', 'a'), 'oe', 'o'), 'ue', 'u'), 'aa', 'a') $$;
comment on function core.drawn_in(text) is 'The other way round: ae as a, in a folded text.';

create function core.apart(folded text) returns text language sql immutable strict parallel safe as
$$
  select regexp_replace(folded,
    '([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])',
    ' \1 ', 'g')
$$;
comment on function core.apart(text) is 'Letters of scripts that have no spaces, one by one, so that a part of a long word is a phrase of them.';

create function core.spellings(value text) returns text language sql immutable strict parallel safe as
$$
  select core.apart(core.folded(value))
    || case when lower(normalize(value, nfkc)) ~ '[äöüøå]' then coalesce((select string_agg(' ' || core.spelt_out(w), '')
         from regexp_split_to_table(normalize(value, nfkc), '[[:space:][:punct:]]+') w where lower(w) ~ '[äöüøå]'), '') else '' end
    || case when core.folded(value) ~ 'ae|oe|ue|aa' then coalesce((select string_agg(' ' || core.drawn_in(w), '')
         from regexp_split_to_table(core.folded(value), '[[:space:][:punct:]]+') w where w ~ 'ae|oe|ue|aa'), '') else '' end
$$;
comment on function core.spellings(text) is 'The words of a text in each of the spellings they are looked for in.';

create or replace function core.words(title text, body text) returns tsvector language sql immutable parallel safe as
  $$ select setweight(to_tsvector('simple', core.spellings(left(coalesce(title, ''), 10000))), 'A')
         || setweight(to_tsvector('simple', core.spellings(left(coalesce(body, ''), 200000))), 'B') $$;

create function core.folders(path text) returns text language sql immutable strict parallel safe as
$$
  select translate(regexp_replace(regexp_replace(left(translate(path, '\', '/'), 4096), '[^/]*$', ''),
    '^(/home/[^/]*|/users/[^/]*|[a-z]:/users/[^/]*|/run/media/[^/]*/[^/]*|/media/[^/]*/[^/]*|/volumes/[^/]*|/mnt/[^/]*|/tmp|[a-z]:)(?=/)',
    '', 'i'), '/_-.()+', '       ')
$$;
comment on function core.folders(text) is 'The names of the folders of a path, without those every file of a person lies in.';

create function core.cell(latitude double precision, longitude double precision) returns integer
  language sql immutable strict parallel safe as
  $$ select floor((longitude + 180) / 360 * 16384)::integer * 16384 + floor((latitude + 90) / 360 * 16384)::integer $$;
comment on function core.cell(double precision, double precision) is 'The square of the map at zoom 14, as in read.geo_cells, as one number.';

-- What is in the vault already gets the new words.
drop function read.search(text, text[], integer);
drop view read.searchable;
alter table vault.media drop column search;
alter table vault.media add column search tsvector
  generated always as (core.words(translate(filename, '_-.()+', '      '),
    core.joined(camera_make, camera_model, left(metadata ->> 'tags', 50000), description))) stored;
comment on column vault.media.search is 'Words of name, caption and camera, and those the file brought.';
create index media_search on vault.media using gin (search);
alter table vault.albums disable trigger user;
update vault.albums set name = name;
alter table vault.albums enable trigger user;
alter table vault.tags disable trigger user;
update vault.tags set name = name;
alter table vault.tags enable trigger user;
alter table vault.posts disable trigger user;
update vault.posts set text_content = text_content;
alter table vault.posts enable trigger user;
alter table vault.social_accounts disable trigger user;
update vault.social_accounts set handle = handle;
alter table vault.social_accounts enable trigger user;
alter table vault.emails disable trigger user;
update vault.emails set subject = subject;
alter table vault.emails enable trigger user;
alter table vault.messages disable trigger user;
update vault.messages set sender = sender;
alter table vault.messages enable trigger user;
alter table vault.contacts disable trigger user;
update vault.contacts set display_name = display_name;
alter table vault.contacts enable trigger user;
alter table vault.web_pages disable trigger user;
update vault.web_pages set title = title;
alter table vault.web_pages enable trigger user;
alter table vault.bookmarks disable trigger user;
update vault.bookmarks set title = title;
alter table vault.bookmarks enable trigger user;
alter table vault.calendar_events disable trigger user;
update vault.calendar_events set title = title;
alter table vault.calendar_events enable trigger user;
alter table vault.tasks disable trigger user;
update vault.tasks set title = title;
alter table vault.tasks enable trigger user;
alter table vault.notes disable trigger user;
update vault.notes set title = title;
alter table vault.notes enable trigger user;
alter table vault.documents disable trigger user;
update vault.documents set title = title;
alter table vault.documents enable trigger user;
alter table vault.transactions disable trigger user;
update vault.transactions set counterparty = counterparty;
alter table vault.transactions enable trigger user;
alter table vault.locations disable trigger user;
update vault.locations set place_name = place_name;
alter table vault.locations enable trigger user;
alter table vault.health_records disable trigger user;
update vault.health_records set record_type = record_type;
alter table vault.health_records enable trigger user;
drop index vault.media_name_parts;
create index media_name_parts on vault.media
  using gin (core.folded(core.joined(filename, left(description, 2000))) public.gin_trgm_ops);
create index media_cells on vault.media (user_id, core.cell(latitude, longitude))
  where deleted_at is null and latitude is not null and longitude is not null;
alter table vault.media_sources add column folders tsvector generated always as (core.words(null, core.folders(path))) stored;
comment on column vault.media_sources.folders is 'Words of the folders it was seen in.';
create index media_sources_folders on vault.media_sources using gin (folders);
create policy counting on vault.media_sources for select to current_user using (true);

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

create function read.phrase(folded text) returns tsquery language sql immutable parallel safe set search_path = pg_catalog as
$$
  select read.unfinished(case when core.apart(folded) = folded then plainto_tsquery('simple', folded)
    else phraseto_tsquery('simple', core.apart(folded)) end)
$$;
create function read.word(part text) returns tsquery language plpgsql immutable parallel safe set search_path = pg_catalog as
$$
declare
  folded text := core.folded(translate(part, '_-.()+', '      '));
  other text := core.spelt_out(translate(part, '_-.()+', '      '));
  drawn text := core.drawn_in(folded);
  found tsquery := read.phrase(folded);
begin
  if other <> folded then found := found || read.phrase(other); end if;
  -- Whole only: who types “su” for “sue” does not mean every summer.
  if drawn <> folded then found := found || plainto_tsquery('simple', core.apart(drawn)); end if;
  return found;
end $$;

comment on function read.phrase(text) is 'What a folded word asks for; the letters of a script without spaces stand side by side.';
comment on function read.word(text) is 'What a word asks for in whatever spelling; its end may be unfinished.';

create function read.search(query text, kinds text[], most integer)
  returns table (type text, id uuid, title text, at timestamptz, rank real)
  language plpgsql stable security definer set search_path = pg_catalog, public as
$$
declare
  me uuid := core.current_user_id();
  words tsquery;
  parts tsquery;
  spelt tsquery;
  single tsquery;
  one text;
  part text := left(btrim(query), 200);
begin
  if me is null or part = '' then return; end if;
  -- As it stands, and with what a file name is made of taken apart. The last word may be unfinished: it is being typed.
  words := read.unfinished(websearch_to_tsquery('simple', core.apart(core.folded(part))));
  parts := read.unfinished(websearch_to_tsquery('simple', regexp_replace(core.apart(core.folded(part)), '([[:alnum:]])[-_.+]+([[:alnum:]])', '\1 \2', 'g')));
  if parts <> words then words := words || parts; end if;
  -- And in other spellings, unless it is more than words.
  if part !~* '["]|(^|[[:space:]])-|(^|[[:space:]])or([[:space:]]|$)' then
    for one in select w from regexp_split_to_table(part, '[[:space:],]+') w where w <> '' limit 20 loop
      single := read.word(one);
      if numnode(single) > 0 then spelt := case when spelt is null then single else spelt && single end; end if;
    end loop;
    if spelt is not null then words := words || spelt; end if;
  end if;
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

-- Photos that have every one of the words, each anywhere: in the name, the caption, the camera, a tag, a folder, or as the
-- place where they are. What is found beside the index of words (tags, folders, places) by the first such word leads, and
-- the others judge what it finds. Without statistics the planner believes that what is rare is soon met by reading on.
drop function read.find_media(text[], timestamp, timestamp, text, boolean, integer);
create function read.find_media(parts text[], places jsonb, since timestamp, until timestamp, filters jsonb, most integer)
  returns table (id uuid, taken_local timestamp)
  language plpgsql stable security definer set search_path = pg_catalog, public set enable_seqscan = off as
$$
declare
  me uuid := core.current_user_id();
  query tsquery;
  words tsquery;
  tagged uuid[];
  cells integer[];
  is_folder boolean;
  lead text;
  condition text := '';
begin
  if me is null then return; end if;
  for i in 1 .. coalesce(cardinality(parts), 0) loop
    query := read.word(parts[i]);
    tagged := array(select t.id from vault.tags t where t.user_id = me and t.deleted_at is null
      and (strpos(' ' || lower(t.name), ' ' || lower(parts[i])) > 0 or t.search @@ query));
    cells := array(select c::integer from jsonb_array_elements_text(places -> (i - 1)) c);
    is_folder := numnode(query) > 0 and exists (select from vault.media_sources s
      where s.user_id = me and s.folders @@ query);
    if numnode(query) = 0 and cardinality(tagged) = 0 then return; end if;
    if cardinality(tagged) = 0 and cardinality(cells) = 0 and not is_folder then
      words := case when words is null then query else words && query end;
    elsif lead is null then
      lead := format('
        select t.media_id from read.media_tags t where t.user_id = %1$L and t.tag_id = any (%2$L::uuid[])
        union select w.id from vault.media w where w.user_id = %1$L and w.deleted_at is null and w.search @@ %3$L::tsquery',
        me, tagged, query::text);
      if is_folder then
        lead := lead || format(' union select s.media_id from vault.media_sources s
          where s.user_id = %L and s.folders @@ %L::tsquery', me, query::text);
      end if;
      if cardinality(cells) > 0 then
        lead := lead || format(' union select w.id from vault.media w where w.user_id = %L and w.deleted_at is null
          and w.latitude is not null and w.longitude is not null and core.cell(w.latitude, w.longitude) = any (%L::integer[])', me, cells);
      end if;
    else
      condition := condition || format(' and (m.search @@ %L::tsquery or core.cell(m.latitude, m.longitude) = any (%L::integer[])
        or exists (select from read.media_tags t where t.media_id = m.id and t.tag_id = any (%L::uuid[]))
        or exists (select from vault.media_sources s
          where s.media_id = m.id and s.folders @@ %L::tsquery))',
        query::text, cells, tagged, query::text);
    end if;
  end loop;
  if words is not null then condition := condition || format(' and m.search @@ %L::tsquery', words::text); end if;
  if since is not null then condition := condition || format(' and m.taken_local >= %L::timestamp', since); end if;
  if until is not null then condition := condition || format(' and m.taken_local < %L::timestamp', until); end if;
  if filters ->> 'type' is not null then condition := condition || format(' and m.media_type = %L', filters ->> 'type'); end if;
  if filters ->> 'format' is not null then condition := condition || format(' and m.mime_type ~ %L', filters ->> 'format'); end if;
  if filters ->> 'stars' is not null then
    condition := condition || format(' and m.rating between %L and %L', (filters -> 'stars' ->> 0)::numeric, (filters -> 'stars' ->> 1)::numeric);
  end if;
  if (filters ->> 'favourites')::boolean then condition := condition || ' and m.is_favorite'; end if;
  -- Found once and put by, and put in order only then: while it reads in order, the planner goes through all of it again
  -- for every photo.
  if lead is null then
    return query execute format('select m.id, m.taken_local from vault.media m where m.user_id = %L and m.deleted_at is null %s
      order by m.taken_local desc nulls last, m.id desc limit %s', me, condition, most);
  else
    return query execute format('with lead (id) as materialized (%s)
      select f.id, f.taken_local from (select m.id, m.taken_local from lead join vault.media m using (id)
        where m.user_id = %L and m.deleted_at is null %s offset 0) f
      order by f.taken_local desc nulls last, f.id desc limit %s', lead, me, condition, most);
  end if;
end $$;
comment on function read.find_media(text[], jsonb, timestamp, timestamp, jsonb, integer) is
  'Live media of the person of this transaction that have all the words, newest first.';
revoke execute on function read.find_media(text[], jsonb, timestamp, timestamp, jsonb, integer) from public;
grant execute on function read.find_media(text[], jsonb, timestamp, timestamp, jsonb, integer) to app_user;

create function read.alike(part text, most integer) returns table (words text)
  language plpgsql stable security definer set search_path = pg_catalog, public set pg_trgm.word_similarity_threshold = 0.3
  set enable_seqscan = off as
$$
declare
  me uuid := core.current_user_id();
begin
  return query
    select t.name from vault.tags t where t.user_id = me and t.deleted_at is null
    union all select a.name from vault.albums a where a.user_id = me and a.deleted_at is null
    union all (select core.joined(m.filename, left(m.description, 2000)) from vault.media m
      where m.user_id = me and m.deleted_at is null
        and core.folded(part) <% core.folded(core.joined(m.filename, left(m.description, 2000))) limit most);
end $$;
comment on function read.alike(text, integer) is
  'Texts of the person of this transaction in which the word a slip of the pen stands for may be: tags, albums, captions and names.';
revoke execute on function read.alike(text, integer) from public;
grant execute on function read.alike(text, integer) to app_user;

-- migrate:down
drop function read.alike(text, integer);
drop function read.find_media(text[], jsonb, timestamp, timestamp, jsonb, integer);
drop function read.search(text, text[], integer);
drop function read.word(text);
drop function read.phrase(text);
drop view read.searchable;
drop policy counting on vault.media_sources;
alter table vault.media_sources drop column folders;
drop index vault.media_cells, vault.media_name_parts;
create or replace function core.words(title text, body text) returns tsvector language sql immutable parallel safe as
  $$ select setweight(to_tsvector('simple', left(coalesce(title, ''), 10000)), 'A')
         || setweight(to_tsvector('simple', left(coalesce(body, ''), 200000)), 'B') $$;
alter table vault.media drop column search;
alter table vault.media add column search tsvector
  generated always as (core.words(translate(filename, '_-.()+', '      '),
    core.joined(camera_make, camera_model, left(metadata ->> 'tags', 50000), description))) stored;
comment on column vault.media.search is 'Words of name, caption and camera, and those the file brought.';
create index media_search on vault.media using gin (search);
alter table vault.albums disable trigger user;
update vault.albums set name = name;
alter table vault.albums enable trigger user;
alter table vault.tags disable trigger user;
update vault.tags set name = name;
alter table vault.tags enable trigger user;
alter table vault.posts disable trigger user;
update vault.posts set text_content = text_content;
alter table vault.posts enable trigger user;
alter table vault.social_accounts disable trigger user;
update vault.social_accounts set handle = handle;
alter table vault.social_accounts enable trigger user;
alter table vault.emails disable trigger user;
update vault.emails set subject = subject;
alter table vault.emails enable trigger user;
alter table vault.messages disable trigger user;
update vault.messages set sender = sender;
alter table vault.messages enable trigger user;
alter table vault.contacts disable trigger user;
update vault.contacts set display_name = display_name;
alter table vault.contacts enable trigger user;
alter table vault.web_pages disable trigger user;
update vault.web_pages set title = title;
alter table vault.web_pages enable trigger user;
alter table vault.bookmarks disable trigger user;
update vault.bookmarks set title = title;
alter table vault.bookmarks enable trigger user;
alter table vault.calendar_events disable trigger user;
update vault.calendar_events set title = title;
alter table vault.calendar_events enable trigger user;
alter table vault.tasks disable trigger user;
update vault.tasks set title = title;
alter table vault.tasks enable trigger user;
alter table vault.notes disable trigger user;
update vault.notes set title = title;
alter table vault.notes enable trigger user;
alter table vault.documents disable trigger user;
update vault.documents set title = title;
alter table vault.documents enable trigger user;
alter table vault.transactions disable trigger user;
update vault.transactions set counterparty = counterparty;
alter table vault.transactions enable trigger user;
alter table vault.locations disable trigger user;
update vault.locations set place_name = place_name;
alter table vault.locations enable trigger user;
alter table vault.health_records disable trigger user;
update vault.health_records set record_type = record_type;
alter table vault.health_records enable trigger user;
create index media_name_parts on vault.media using gin (filename public.gin_trgm_ops);
drop function core.cell(double precision, double precision);
drop function core.folders(text);
drop function core.spellings(text);
drop function core.apart(text);
drop function core.drawn_in(text);
drop function core.spelt_out(text);
drop function core.folded(text);

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
