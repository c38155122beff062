-- The parser takes a file name such as IMG_7919_sunset.jpg for one word; people look for its parts.

-- migrate:up
drop function read.search(text, text[], integer);
drop view read.searchable;
alter table vault.media drop column search;
alter table vault.media add column search tsvector
  generated always as (core.words(translate(filename, '_-.()+', '      '), description)) stored;
comment on column vault.media.search is 'Words of name and caption.';
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

-- Runs with the owner's rights and says itself whose rows are meant: see [Note: search above policies] in 0015.
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

-- migrate:down
drop function read.search(text, text[], integer);
drop function read.unfinished(tsquery);
drop view read.searchable;
alter table vault.media drop column search;
alter table vault.media add column search tsvector
  generated always as (to_tsvector('simple', filename || ' ' || coalesce(description, ''))) stored;
comment on column vault.media.search is 'Words of name and caption.';
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

create function read.search(query text, kinds text[], most integer)
  returns table (type text, id uuid, title text, at timestamptz, rank real)
  language plpgsql stable security definer set search_path = pg_catalog, public as
$$
declare
  me uuid := core.current_user_id();
  words tsquery := websearch_to_tsquery('simple', query);
  part text := left(btrim(query), 200);
begin
  if me is null or part = '' then return; end if;
  -- The last word may be unfinished: it is being typed.
  if numnode(words) > 0 and words::text !~ '!''[^'']*''$' then words := (words::text || ':*')::tsquery; end if;
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
