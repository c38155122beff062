-- One table of what can be found, and one timeline of everything that has a time, kept beside the tables by one trigger for all
-- of them. What is new is found and stands in the timeline by a function of its own and one call; nothing else is redefined.
-- Photos stay what they are: they have their words and their own order in vault.media, and are joined in where they belong.

-- migrate:up
-- Dates of their own for what had only those of its row, and the wall clock for everything that has a time.

alter table vault.bookmarks
  add column happened_at timestamptz default now(),
  add column edited_at timestamptz default now(),
  add column utc_offset_minutes integer check (utc_offset_minutes between -1080 and 1080),
  add column date_precision text check (date_precision in ('year', 'month', 'day'));
call core.describe('vault.bookmarks', obj_description('vault.bookmarks'::regclass, 'pg_class'), '{
  "happened_at": "When it was made, at its source; null is unknown.",
  "edited_at": "When it was last edited, at its source or here.",
  "utc_offset_minutes": "Offset of the wall clock it was made by; null is unknown, never guessed.",
  "date_precision": "How far happened_at is known when its clock time is not; it is then the middle, in UTC."
}');
alter table vault.tasks
  add column happened_at timestamptz default now(),
  add column edited_at timestamptz default now(),
  add column utc_offset_minutes integer check (utc_offset_minutes between -1080 and 1080),
  add column date_precision text check (date_precision in ('year', 'month', 'day'));
call core.describe('vault.tasks', obj_description('vault.tasks'::regclass, 'pg_class'), '{
  "happened_at": "When it was made, at its source; null is unknown.",
  "edited_at": "When it was last edited, at its source or here.",
  "utc_offset_minutes": "Offset of the wall clock it was made by; null is unknown, never guessed.",
  "date_precision": "How far happened_at is known when its clock time is not; it is then the middle, in UTC."
}');
alter table vault.notes
  add column happened_at timestamptz default now(),
  add column edited_at timestamptz default now(),
  add column utc_offset_minutes integer check (utc_offset_minutes between -1080 and 1080),
  add column date_precision text check (date_precision in ('year', 'month', 'day'));
call core.describe('vault.notes', obj_description('vault.notes'::regclass, 'pg_class'), '{
  "happened_at": "When it was made, at its source; null is unknown.",
  "edited_at": "When it was last edited, at its source or here.",
  "utc_offset_minutes": "Offset of the wall clock it was made by; null is unknown, never guessed.",
  "date_precision": "How far happened_at is known when its clock time is not; it is then the middle, in UTC."
}');
alter table vault.documents
  add column happened_at timestamptz default now(),
  add column edited_at timestamptz default now(),
  add column utc_offset_minutes integer check (utc_offset_minutes between -1080 and 1080),
  add column date_precision text check (date_precision in ('year', 'month', 'day'));
call core.describe('vault.documents', obj_description('vault.documents'::regclass, 'pg_class'), '{
  "happened_at": "When it was made, at its source; null is unknown.",
  "edited_at": "When it was last edited, at its source or here.",
  "utc_offset_minutes": "Offset of the wall clock it was made by; null is unknown, never guessed.",
  "date_precision": "How far happened_at is known when its clock time is not; it is then the middle, in UTC."
}');
alter table vault.posts add column utc_offset_minutes integer check (utc_offset_minutes between -1080 and 1080);
comment on column vault.posts.utc_offset_minutes is 'Offset of the wall clock; null is unknown, never guessed.';
alter table vault.emails add column utc_offset_minutes integer check (utc_offset_minutes between -1080 and 1080);
comment on column vault.emails.utc_offset_minutes is 'Offset of the wall clock; null is unknown, never guessed.';
alter table vault.messages add column utc_offset_minutes integer check (utc_offset_minutes between -1080 and 1080);
comment on column vault.messages.utc_offset_minutes is 'Offset of the wall clock; null is unknown, never guessed.';
alter table vault.web_pages add column utc_offset_minutes integer check (utc_offset_minutes between -1080 and 1080);
comment on column vault.web_pages.utc_offset_minutes is 'Offset of the wall clock; null is unknown, never guessed.';
alter table vault.transactions add column utc_offset_minutes integer check (utc_offset_minutes between -1080 and 1080),
  add column date_precision text check (date_precision in ('year', 'month', 'day'));
comment on column vault.transactions.utc_offset_minutes is 'Offset of the wall clock; null is unknown, never guessed.';
comment on column vault.transactions.date_precision is 'How far the date is known when its clock time is not; the time is then the middle, in UTC.';
alter table vault.locations add column utc_offset_minutes integer check (utc_offset_minutes between -1080 and 1080);
comment on column vault.locations.utc_offset_minutes is 'Offset of the wall clock; null is unknown, never guessed.';
alter table vault.health_records add column utc_offset_minutes integer check (utc_offset_minutes between -1080 and 1080),
  add column date_precision text check (date_precision in ('year', 'month', 'day'));
comment on column vault.health_records.utc_offset_minutes is 'Offset of the wall clock; null is unknown, never guessed.';
comment on column vault.health_records.date_precision is 'How far the date is known when its clock time is not; the time is then the middle, in UTC.';

-- What a vault has already was made when its row was made: nothing better is known. Nobody changed it.
alter table vault.bookmarks disable trigger user;
update vault.bookmarks set happened_at = created_at, edited_at = updated_at;
alter table vault.bookmarks enable trigger user;
alter table vault.tasks disable trigger user;
update vault.tasks set happened_at = created_at, edited_at = updated_at;
alter table vault.tasks enable trigger user;
alter table vault.notes disable trigger user;
update vault.notes set happened_at = created_at, edited_at = updated_at;
alter table vault.notes enable trigger user;
alter table vault.documents disable trigger user;
update vault.documents set happened_at = created_at, edited_at = updated_at;
alter table vault.documents enable trigger user;

create function core.note_edit() returns trigger language plpgsql set search_path = pg_catalog as
$$
begin
  new.edited_at := clock_timestamp();
  return new;
end $$;
comment on function core.note_edit() is 'Sets edited_at when what a person wrote is changed and no other time is given.';
create trigger edited before update on vault.bookmarks for each row
  when (new.edited_at is not distinct from old.edited_at and (old.url is distinct from new.url
    or old.title is distinct from new.title
    or old.description is distinct from new.description
    or old.folder is distinct from new.folder
    or old.web_page_id is distinct from new.web_page_id))
  execute function core.note_edit();
drop trigger keep_version on vault.bookmarks;
call core.versioned('vault.bookmarks', '{url,title,description,folder,web_page_id,happened_at,utc_offset_minutes,date_precision,metadata}');
create index bookmarks_happened on vault.bookmarks (user_id, happened_at desc nulls last, id desc) where deleted_at is null;
create trigger edited before update on vault.tasks for each row
  when (new.edited_at is not distinct from old.edited_at and (old.parent_task_id is distinct from new.parent_task_id
    or old.title is distinct from new.title
    or old.notes is distinct from new.notes
    or old.status is distinct from new.status
    or old.priority is distinct from new.priority
    or old.due_at is distinct from new.due_at
    or old.completed_at is distinct from new.completed_at))
  execute function core.note_edit();
drop trigger keep_version on vault.tasks;
call core.versioned('vault.tasks', '{parent_task_id,title,notes,status,priority,due_at,completed_at,position,happened_at,utc_offset_minutes,date_precision,metadata}');
create index tasks_happened on vault.tasks (user_id, happened_at desc nulls last, id desc) where deleted_at is null;
create trigger edited before update on vault.notes for each row
  when (new.edited_at is not distinct from old.edited_at and (old.title is distinct from new.title
    or old.body is distinct from new.body
    or old.format is distinct from new.format))
  execute function core.note_edit();
drop trigger keep_version on vault.notes;
call core.versioned('vault.notes', '{title,body,format,pinned,happened_at,utc_offset_minutes,date_precision,metadata}');
create index notes_happened on vault.notes (user_id, happened_at desc nulls last, id desc) where deleted_at is null;
create trigger edited before update on vault.documents for each row
  when (new.edited_at is not distinct from old.edited_at and (old.title is distinct from new.title
    or old.doc_type is distinct from new.doc_type
    or old.media_id is distinct from new.media_id
    or old.issued_at is distinct from new.issued_at
    or old.expires_at is distinct from new.expires_at
    or old.issuer is distinct from new.issuer
    or old.content_text is distinct from new.content_text))
  execute function core.note_edit();
drop trigger keep_version on vault.documents;
call core.versioned('vault.documents', '{title,doc_type,media_id,issued_at,expires_at,issuer,content_text,happened_at,utc_offset_minutes,date_precision,metadata}');
create index documents_happened on vault.documents (user_id, happened_at desc nulls last, id desc) where deleted_at is null;
drop index vault.notes_time;
create index notes_time on vault.notes (user_id, edited_at desc nulls last, id desc) where deleted_at is null;

create function core.wall_time(at timestamptz, utc_offset_minutes integer) returns timestamp language sql immutable parallel safe as
  $$ select at at time zone 'UTC' + make_interval(mins => coalesce(utc_offset_minutes, 0)) $$;
comment on function core.wall_time(timestamptz, integer) is 'What the clock on the wall showed; in UTC where its offset is unknown.';
create function core.wall_time_in(at timestamptz, tz text) returns timestamp language plpgsql stable parallel safe as
$$
begin
  return at at time zone coalesce(tz, 'UTC');
exception when invalid_parameter_value then
  return at at time zone 'UTC';
end $$;
comment on function core.wall_time_in(timestamptz, text) is 'What the clock on the wall of a zone shows; in UTC for a zone nobody knows.';

create table read.entries (
  user_id uuid not null references core.users (id) on delete cascade,
  type text not null,
  object_id uuid not null,
  title text,
  at timestamptz not null,
  local_at timestamp,
  utc_offset_minutes integer,
  date_precision text,
  weight real not null,
  search tsvector not null,
  primary key (user_id, type, object_id)
);
call core.describe('read.entries', 'Everything live that has words, but photos: one row each, to be found by and to stand in the timeline.', '{
  "user_id": "Whose.",
  "type": "Type of the object.",
  "object_id": "Which.",
  "title": "What to show, at most 300 letters.",
  "at": "The time it has to do with.",
  "local_at": "The same on the wall clock where it happened; null is no place in the timeline.",
  "utc_offset_minutes": "Offset of that clock; null is unknown, local_at is then in UTC.",
  "date_precision": "year, month or day when the clock time is not known.",
  "weight": "0 is folded first: mail of machines.",
  "search": "Its words."
}');
-- A page of the timeline reads many rows and none of their words.
alter table read.entries set (toast_tuple_target = 256);
create index entries_timeline on read.entries (user_id, local_at desc, object_id desc) where local_at is not null;
create index entries_search on read.entries using gin (search);
create index entries_title_parts on read.entries using gin (title public.gin_trgm_ops);
call core.protect('read.entries');
create policy keeping on read.entries to current_user using (true) with check (true);
create policy finding on vault.albums for select to current_user using (true);
grant select on read.entries to app_user, app_service;

-- Rows of one type as entries; all of them, or these. Named after the type, so that one trigger serves every table.
create function read.album_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'album'::text, o.id, left(o.name, 300),
         o.updated_at,
         null::timestamp,
         null::integer,
         null::text,
         1::real,
         core.words(o.name, o.description)
  from vault.albums o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.tag_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'tag'::text, o.id, left(o.name, 300),
         o.updated_at,
         null::timestamp,
         null::integer,
         null::text,
         1::real,
         o.search
  from vault.tags o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.social_account_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'social_account'::text, o.id, left(coalesce(o.display_name, o.handle), 300),
         o.updated_at,
         null::timestamp,
         null::integer,
         null::text,
         1::real,
         core.words(core.joined(o.handle, o.display_name), o.bio)
  from vault.social_accounts o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.contact_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'contact'::text, o.id, left(o.display_name, 300),
         o.updated_at,
         null::timestamp,
         null::integer,
         null::text,
         1::real,
         core.words(core.joined(o.display_name, o.given_name, o.family_name), core.joined(o.organisation, o.emails::text, o.phones::text, o.note))
  from vault.contacts o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.post_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'post'::text, o.id, left(o.text_content, 300),
         o.created_at_platform,
         core.wall_time(o.created_at_platform, o.utc_offset_minutes),
         o.utc_offset_minutes,
         null::text,
         1::real,
         o.search
  from vault.posts o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.email_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'email'::text, o.id, left(o.subject, 300),
         coalesce(o.sent_at, o.received_at, o.created_at),
         core.wall_time(coalesce(o.sent_at, o.received_at), o.utc_offset_minutes),
         o.utc_offset_minutes,
         null::text,
         (case when o.metadata ? 'list_id' then 0 else 1 end)::real,
         core.words(core.joined(o.subject, o.from_address), o.body_text)
  from vault.emails o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.message_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'message'::text, o.id, left(o.body, 300),
         coalesce(o.sent_at, o.created_at),
         core.wall_time(o.sent_at, o.utc_offset_minutes),
         o.utc_offset_minutes,
         null::text,
         1::real,
         core.words(o.sender, o.body)
  from vault.messages o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.web_page_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'web_page'::text, o.id, left(coalesce(o.title, o.url), 300),
         o.saved_at,
         core.wall_time(o.saved_at, o.utc_offset_minutes),
         o.utc_offset_minutes,
         null::text,
         1::real,
         core.words(core.joined(o.title, o.author), core.joined(o.excerpt, o.content_text))
  from vault.web_pages o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.bookmark_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'bookmark'::text, o.id, left(coalesce(o.title, o.url), 300),
         coalesce(o.happened_at, o.created_at),
         core.wall_time(o.happened_at, o.utc_offset_minutes),
         o.utc_offset_minutes,
         o.date_precision,
         1::real,
         core.words(o.title, core.joined(o.url, o.description, o.folder))
  from vault.bookmarks o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.calendar_event_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'calendar_event'::text, o.id, left(o.title, 300),
         o.starts_at,
         case when o.all_day then o.starts_at at time zone 'UTC' else core.wall_time_in(o.starts_at, o.tz) end,
         case when o.all_day or o.tz is null then null 
           else (extract(epoch from core.wall_time_in(o.starts_at, o.tz) - o.starts_at at time zone 'UTC') / 60)::integer end,
         case when o.all_day then 'day' end,
         1::real,
         core.words(o.title, core.joined(o.location_text, o.description))
  from vault.calendar_events o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.task_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'task'::text, o.id, left(o.title, 300),
         coalesce(o.completed_at, o.due_at, o.happened_at, o.created_at),
         core.wall_time(coalesce(o.completed_at, o.due_at, o.happened_at), o.utc_offset_minutes),
         o.utc_offset_minutes,
         case when o.completed_at is null then o.date_precision end,
         1::real,
         core.words(o.title, o.notes)
  from vault.tasks o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.note_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'note'::text, o.id, left(coalesce(o.title, o.body), 300),
         coalesce(o.happened_at, o.created_at),
         core.wall_time(o.happened_at, o.utc_offset_minutes),
         o.utc_offset_minutes,
         o.date_precision,
         1::real,
         core.words(o.title, o.body)
  from vault.notes o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.document_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'document'::text, o.id, left(o.title, 300),
         coalesce(o.issued_at::timestamp at time zone 'UTC', o.happened_at, o.created_at),
         coalesce(o.issued_at::timestamp, core.wall_time(o.happened_at, o.utc_offset_minutes)),
         case when o.issued_at is null then o.utc_offset_minutes end,
         case when o.issued_at is not null then 'day' else o.date_precision end,
         1::real,
         core.words(core.joined(o.title, o.issuer), core.joined(o.doc_type, o.content_text))
  from vault.documents o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.transaction_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'transaction'::text, o.id, left(coalesce(o.counterparty, o.memo), 300),
         o.occurred_at,
         core.wall_time(o.occurred_at, o.utc_offset_minutes),
         o.utc_offset_minutes,
         o.date_precision,
         1::real,
         core.words(o.counterparty, core.joined(o.memo, o.category, o.account_name))
  from vault.transactions o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.location_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'location'::text, o.id, left(o.place_name, 300),
         coalesce(o.recorded_at, o.created_at),
         core.wall_time(o.recorded_at, o.utc_offset_minutes),
         o.utc_offset_minutes,
         null::text,
         1::real,
         core.words(o.place_name, o.activity)
  from vault.locations o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
create function read.health_record_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'health_record'::text, o.id, left(o.record_type, 300),
         o.recorded_at,
         core.wall_time(o.recorded_at, o.utc_offset_minutes),
         o.utc_offset_minutes,
         o.date_precision,
         1::real,
         core.words(o.record_type, core.joined(o.provider, o.code))
  from vault.health_records o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;

create function read.keep_entries() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
declare
  kind text := tg_argv[0];
begin
  if tg_op = 'DELETE' then
    delete from read.entries e using gone g where e.user_id = g.user_id and e.type = kind and e.object_id = g.id;
    return null;
  end if;
  if tg_op = 'UPDATE' then
    delete from read.entries e using fresh f
      where f.deleted_at is not null and e.user_id = f.user_id and e.type = kind and e.object_id = f.id;
  end if;
  -- What changes because its person is being deleted is nobody's any more.
  execute format('
    insert into read.entries as e select n.* from read.%I($1) n join core.users u on u.id = n.user_id
    on conflict (user_id, type, object_id) do update set title = excluded.title, at = excluded.at, local_at = excluded.local_at,
      utc_offset_minutes = excluded.utc_offset_minutes, date_precision = excluded.date_precision, weight = excluded.weight,
      search = excluded.search
    where (e.title, e.at, e.local_at, e.utc_offset_minutes, e.date_precision, e.weight, e.search) is distinct from (excluded.title,
      excluded.at, excluded.local_at, excluded.utc_offset_minutes, excluded.date_precision, excluded.weight, excluded.search)',
    kind || '_entries') using array(select id from fresh);
  return null;
end $$;
comment on function read.keep_entries() is 'Keeps the entries of one type beside its table.';

create procedure read.keep(target text, kind text) language plpgsql as
$$
begin
  execute format('
    create trigger entries_insert after insert on %1$s referencing new table as fresh
      for each statement execute function read.keep_entries(%2$L);
    create trigger entries_update after update on %1$s referencing new table as fresh
      for each statement execute function read.keep_entries(%2$L);
    create trigger entries_delete after delete on %1$s referencing old table as gone
      for each statement execute function read.keep_entries(%2$L)', target, kind);
  execute format('comment on function read.%I(uuid[]) is %L', kind || '_entries', 'Rows of ' || target || ' as entries.');
end $$;
comment on procedure read.keep(text, text) is 'Objects of a type are found and stand in the timeline; wants a function read.<type>_entries.';
revoke execute on procedure read.keep(text, text) from public;
call read.keep('vault.albums', 'album');
call read.keep('vault.tags', 'tag');
call read.keep('vault.social_accounts', 'social_account');
call read.keep('vault.contacts', 'contact');
call read.keep('vault.posts', 'post');
call read.keep('vault.emails', 'email');
call read.keep('vault.messages', 'message');
call read.keep('vault.web_pages', 'web_page');
call read.keep('vault.bookmarks', 'bookmark');
call read.keep('vault.calendar_events', 'calendar_event');
call read.keep('vault.tasks', 'task');
call read.keep('vault.notes', 'note');
call read.keep('vault.documents', 'document');
call read.keep('vault.transactions', 'transaction');
call read.keep('vault.locations', 'location');
call read.keep('vault.health_records', 'health_record');

create or replace procedure core.disown(target text, kind text) language plpgsql as
$$
begin
  delete from core.objects where type = kind;
  delete from meta.row_ledger where table_name = target;
  delete from meta.tombstones where type = kind;
  delete from read.entries where type = kind;
  execute format('drop table %s', target);
end $$;

create function read.fill_entries() returns void language plpgsql security definer set search_path = pg_catalog as
$$
declare
  source text;
begin
  delete from read.entries;
  for source in select p.proname from pg_proc p where p.pronamespace = 'read'::regnamespace
      and p.prorettype = 'read.entries'::regtype and p.proretset order by 1 loop
    execute format('insert into read.entries select * from read.%I(null)', source);
  end loop;
end $$;
comment on function read.fill_entries() is 'Works out all entries again: a dump has none of them.';
revoke execute on function read.fill_entries() from public;
select read.fill_entries();

create view read.timeline with (security_invoker = true) as
  select user_id, local_at, at, utc_offset_minutes, date_precision, type, object_id, title, weight
    from read.entries where local_at is not null
  union all
  select user_id, taken_local, taken_at, utc_offset_minutes, taken_precision, 'media'::text, id, filename, 1::real
    from vault.media where deleted_at is null and taken_local is not null;
call core.describe('read.timeline', 'Everything that happened, photos with the rest, by the wall clock where it did.', '{
  "user_id": "Whose.",
  "local_at": "When, on the wall clock there.",
  "at": "The instant; null where only the wall clock is known.",
  "utc_offset_minutes": "Offset of that clock; null is unknown.",
  "date_precision": "year, month or day when the clock time is not known.",
  "type": "Type of the object.",
  "object_id": "Which.",
  "title": "What to show.",
  "weight": "0 is folded first."
}');
grant select on read.timeline to app_user, app_service;

-- Nothing is looked for in the tables themselves any more.
drop function read.search(text, text[], integer);
drop view read.searchable;
alter table vault.social_accounts drop column search;
alter table vault.emails drop column search;
alter table vault.messages drop column search;
alter table vault.contacts drop column search;
alter table vault.web_pages drop column search;
alter table vault.bookmarks drop column search;
alter table vault.calendar_events drop column search;
alter table vault.tasks drop column search;
alter table vault.notes drop column search;
alter table vault.documents drop column search;
alter table vault.transactions drop column search;
alter table vault.locations drop column search;
alter table vault.health_records drop column search;
alter table vault.albums drop column search;
drop index vault.posts_text_parts, vault.emails_subject_parts, vault.notes_title_parts, vault.contacts_name_parts;

-- Without statistics the planner would rather look at everything a person has than ask an index of words: each stands alone.
create function read.search(query text, kinds text[], most integer)
  returns table (type text, id uuid, title text, at timestamptz, rank real)
  language plpgsql stable security definer set search_path = pg_catalog, public set enable_seqscan = off as
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
      select s.type, s.object_id as id, s.title, s.at, ts_rank(s.search, words) as rank
        from (select * from read.entries e where e.search @@ words offset 0) s
        where s.user_id = me and (kinds is null or s.type = any (kinds))
      union all
      select 'media', m.id, m.filename, coalesce(m.taken_local at time zone 'UTC', m.created_at), ts_rank(m.search, words)
        from (select * from vault.media w where w.search @@ words offset 0) m
        where m.user_id = me and m.deleted_at is null and (kinds is null or 'media' = any (kinds))
      union all
      select 'media', m.id, m.filename, coalesce(m.taken_local at time zone 'UTC', m.created_at), 0.5
        from read.media_tags t join vault.media m on m.id = t.media_id
        where t.user_id = me and t.word = lower(part) and (kinds is null or 'media' = any (kinds))) f
    group by f.type, f.id, f.title, f.at order by 5 desc, f.at desc, f.id desc limit most;
  if found then return; end if;
  return query
    select s.type, s.object_id, s.title, s.at, (word_similarity(part, s.title) / 10)::real
      from (select * from read.entries e where part <% e.title offset 0) s
      where s.user_id = me and (kinds is null or s.type = any (kinds))
    union all
    select 'media', m.id, m.filename, coalesce(m.taken_local at time zone 'UTC', m.created_at), (m.nearness / 10)::real
      from (select w.*, word_similarity(core.folded(part), core.folded(core.joined(w.filename, left(w.description, 2000)))) as nearness
            from vault.media w
            where core.folded(part) <% core.folded(core.joined(w.filename, left(w.description, 2000))) offset 0) m
      where m.user_id = me and m.deleted_at is null and (kinds is null or 'media' = any (kinds))
    order by 5 desc, 4 desc, 2 desc limit most;
end $$;
comment on function read.search(text, text[], integer) is
  'What the person of this transaction has that fits the words, best first; when nothing does, what looks like them.';
revoke execute on function read.search(text, text[], integer) from public;
grant execute on function read.search(text, text[], integer) to app_user;

create or replace function read.recount() returns text[] language plpgsql security definer set search_path = pg_catalog as
$$
declare
  wrong text[] := '{}';
  source text;
begin
  lock table vault.media, core.links, vault.albums, vault.tags in share row exclusive mode;

  if exists (
    (select user_id, day, media_count from read.media_day_counts where media_count <> 0)
    except (select user_id, coalesce(taken_local::date, 'infinity'), count(*) from vault.media where deleted_at is null group by 1, 2))
    or exists (
    (select user_id, coalesce(taken_local::date, 'infinity'), count(*) from vault.media where deleted_at is null group by 1, 2)
    except (select user_id, day, media_count from read.media_day_counts)) then
    delete from read.media_day_counts;
    insert into read.media_day_counts (user_id, day, media_count)
      select user_id, coalesce(taken_local::date, 'infinity'), count(*) from vault.media where deleted_at is null group by 1, 2;
    wrong := wrong || 'days'::text;
  end if;

  if exists (
    select 1 from (select user_id, count(*) filter (where deleted_at is null) as live,
        coalesce(sum(size) filter (where deleted_at is null), 0) as bytes, count(*) filter (where deleted_at is not null) as trashed
      from vault.media group by 1) m full join read.user_totals t using (user_id)
    where coalesce(m.live, 0) <> coalesce(t.media_count, 0) or coalesce(m.bytes, 0) <> coalesce(t.bytes, 0)
      or coalesce(m.trashed, 0) <> coalesce(t.trashed_count, 0)) then
    delete from read.user_totals;
    insert into read.user_totals (user_id, media_count, bytes, trashed_count)
      select user_id, count(*) filter (where deleted_at is null), coalesce(sum(size) filter (where deleted_at is null), 0),
             count(*) filter (where deleted_at is not null) from vault.media group by 1;
    wrong := wrong || 'totals'::text;
  end if;

  update vault.albums a set media_count = n.n
    from (select b.id, count(m.id) as n from vault.albums b
          left join core.links l on l.from_object_id = b.id and l.link_type = 'contains' and l.deleted_at is null
          left join vault.media m on m.id = l.to_object_id and m.deleted_at is null group by 1) n
    where n.id = a.id and a.media_count <> n.n;
  if found then wrong := wrong || 'albums'::text; end if;

  if exists (
    select 1 from (select user_id, zoom, floor((longitude + 180) / 360 * (1 << zoom))::integer as x,
        floor((latitude + 90) / 360 * (1 << zoom))::integer as y, count(*) as n, sum(round(latitude * 1e6)) as lat,
        sum(round(longitude * 1e6)) as lon
      from vault.media, unnest('{2,5,8,11,14}'::smallint[]) zoom
      where deleted_at is null and latitude is not null and longitude is not null group by 1, 2, 3, 4) m
    full join read.geo_cells c using (user_id, zoom, x, y)
    where coalesce(m.n, 0) <> coalesce(c.media_count, 0) or coalesce(m.lat, 0) <> coalesce(c.latitude_sum, 0)
      or coalesce(m.lon, 0) <> coalesce(c.longitude_sum, 0)) then
    delete from read.geo_cells;
    insert into read.geo_cells (user_id, zoom, x, y, media_count, latitude_sum, longitude_sum)
      select user_id, zoom, floor((longitude + 180) / 360 * (1 << zoom)), floor((latitude + 90) / 360 * (1 << zoom)),
             count(*), sum(round(latitude * 1e6)), sum(round(longitude * 1e6))
      from vault.media, unnest('{2,5,8,11,14}'::smallint[]) zoom
      where deleted_at is null and latitude is not null and longitude is not null group by 1, 2, 3, 4;
    wrong := wrong || 'map'::text;
  end if;

  create temporary table words_before on commit drop as select user_id, word, media_id, tag_id, taken_local from read.media_tags;
  delete from read.media_tags;
  perform read.retag(array(select id from vault.media where metadata ? 'tags' and deleted_at is null
    union select from_object_id from core.links where link_type = 'tagged_with' and from_object_type = 'media'));
  if exists (select * from pg_temp.words_before except select user_id, word, media_id, tag_id, taken_local from read.media_tags)
     or exists (select user_id, word, media_id, tag_id, taken_local from read.media_tags except select * from pg_temp.words_before) then
    wrong := wrong || 'words'::text;
  end if;
  drop table pg_temp.words_before;

  -- Without their words, which follow from the same rows and would take long to make again.
  create temporary table entries_now on commit drop as
    select user_id, type, object_id, title, at, local_at, utc_offset_minutes, date_precision, weight from read.entries with no data;
  for source in select p.proname from pg_proc p where p.pronamespace = 'read'::regnamespace
      and p.prorettype = 'read.entries'::regtype and p.proretset order by 1 loop
    execute format('insert into pg_temp.entries_now
      select user_id, type, object_id, title, at, local_at, utc_offset_minutes, date_precision, weight from read.%I(null)', source);
  end loop;
  if exists (select * from pg_temp.entries_now except
      select user_id, type, object_id, title, at, local_at, utc_offset_minutes, date_precision, weight from read.entries)
     or exists (select user_id, type, object_id, title, at, local_at, utc_offset_minutes, date_precision, weight from read.entries
       except select * from pg_temp.entries_now) then
    perform read.fill_entries();
    wrong := wrong || 'entries'::text;
  end if;
  drop table pg_temp.entries_now;
  return wrong;
end $$;

-- migrate:down
create or replace function read.recount() returns text[] language plpgsql security definer set search_path = pg_catalog as
$$
declare
  wrong text[] := '{}';
begin
  lock table vault.media, core.links, vault.albums, vault.tags in share row exclusive mode;

  if exists (
    (select user_id, day, media_count from read.media_day_counts where media_count <> 0)
    except (select user_id, coalesce(taken_local::date, 'infinity'), count(*) from vault.media where deleted_at is null group by 1, 2))
    or exists (
    (select user_id, coalesce(taken_local::date, 'infinity'), count(*) from vault.media where deleted_at is null group by 1, 2)
    except (select user_id, day, media_count from read.media_day_counts)) then
    delete from read.media_day_counts;
    insert into read.media_day_counts (user_id, day, media_count)
      select user_id, coalesce(taken_local::date, 'infinity'), count(*) from vault.media where deleted_at is null group by 1, 2;
    wrong := wrong || 'days'::text;
  end if;

  if exists (
    select 1 from (select user_id, count(*) filter (where deleted_at is null) as live,
        coalesce(sum(size) filter (where deleted_at is null), 0) as bytes, count(*) filter (where deleted_at is not null) as trashed
      from vault.media group by 1) m full join read.user_totals t using (user_id)
    where coalesce(m.live, 0) <> coalesce(t.media_count, 0) or coalesce(m.bytes, 0) <> coalesce(t.bytes, 0)
      or coalesce(m.trashed, 0) <> coalesce(t.trashed_count, 0)) then
    delete from read.user_totals;
    insert into read.user_totals (user_id, media_count, bytes, trashed_count)
      select user_id, count(*) filter (where deleted_at is null), coalesce(sum(size) filter (where deleted_at is null), 0),
             count(*) filter (where deleted_at is not null) from vault.media group by 1;
    wrong := wrong || 'totals'::text;
  end if;

  update vault.albums a set media_count = n.n
    from (select b.id, count(m.id) as n from vault.albums b
          left join core.links l on l.from_object_id = b.id and l.link_type = 'contains' and l.deleted_at is null
          left join vault.media m on m.id = l.to_object_id and m.deleted_at is null group by 1) n
    where n.id = a.id and a.media_count <> n.n;
  if found then wrong := wrong || 'albums'::text; end if;

  if exists (
    select 1 from (select user_id, zoom, floor((longitude + 180) / 360 * (1 << zoom))::integer as x,
        floor((latitude + 90) / 360 * (1 << zoom))::integer as y, count(*) as n, sum(round(latitude * 1e6)) as lat,
        sum(round(longitude * 1e6)) as lon
      from vault.media, unnest('{2,5,8,11,14}'::smallint[]) zoom
      where deleted_at is null and latitude is not null and longitude is not null group by 1, 2, 3, 4) m
    full join read.geo_cells c using (user_id, zoom, x, y)
    where coalesce(m.n, 0) <> coalesce(c.media_count, 0) or coalesce(m.lat, 0) <> coalesce(c.latitude_sum, 0)
      or coalesce(m.lon, 0) <> coalesce(c.longitude_sum, 0)) then
    delete from read.geo_cells;
    insert into read.geo_cells (user_id, zoom, x, y, media_count, latitude_sum, longitude_sum)
      select user_id, zoom, floor((longitude + 180) / 360 * (1 << zoom)), floor((latitude + 90) / 360 * (1 << zoom)),
             count(*), sum(round(latitude * 1e6)), sum(round(longitude * 1e6))
      from vault.media, unnest('{2,5,8,11,14}'::smallint[]) zoom
      where deleted_at is null and latitude is not null and longitude is not null group by 1, 2, 3, 4;
    wrong := wrong || 'map'::text;
  end if;

  create temporary table words_before on commit drop as select user_id, word, media_id, tag_id, taken_local from read.media_tags;
  delete from read.media_tags;
  perform read.retag(array(select id from vault.media where metadata ? 'tags' and deleted_at is null
    union select from_object_id from core.links where link_type = 'tagged_with' and from_object_type = 'media'));
  if exists (select * from pg_temp.words_before except select user_id, word, media_id, tag_id, taken_local from read.media_tags)
     or exists (select user_id, word, media_id, tag_id, taken_local from read.media_tags except select * from pg_temp.words_before) then
    wrong := wrong || 'words'::text;
  end if;
  drop table pg_temp.words_before;
  return wrong;
end $$;

drop function read.search(text, text[], integer);
alter table vault.social_accounts add column search tsvector generated always as (core.words(core.joined(handle, display_name), bio)) stored;
comment on column vault.social_accounts.search is 'Words of handle, name and bio.';
create index social_accounts_search on vault.social_accounts using gin (search);
alter table vault.emails add column search tsvector generated always as (core.words(core.joined(subject, from_address), body_text)) stored;
comment on column vault.emails.search is 'Words of subject, sender and text.';
create index emails_search on vault.emails using gin (search);
alter table vault.messages add column search tsvector generated always as (core.words(sender, body)) stored;
comment on column vault.messages.search is 'Words of sender and text.';
create index messages_search on vault.messages using gin (search);
alter table vault.contacts add column search tsvector generated always as (core.words( core.joined(display_name, given_name, family_name), core.joined(organisation, emails::text, phones::text, note))) stored;
comment on column vault.contacts.search is 'Words of names, organisation, addresses and note.';
create index contacts_search on vault.contacts using gin (search);
alter table vault.web_pages add column search tsvector generated always as (core.words(core.joined(title, author), core.joined(excerpt, content_text))) stored;
comment on column vault.web_pages.search is 'Words of title, author and text.';
create index web_pages_search on vault.web_pages using gin (search);
alter table vault.bookmarks add column search tsvector generated always as (core.words(title, core.joined(url, description, folder))) stored;
comment on column vault.bookmarks.search is 'Words of title, address, description and folder.';
create index bookmarks_search on vault.bookmarks using gin (search);
alter table vault.calendar_events add column search tsvector generated always as (core.words(title, core.joined(location_text, description))) stored;
comment on column vault.calendar_events.search is 'Words of title, place and description.';
create index calendar_events_search on vault.calendar_events using gin (search);
alter table vault.tasks add column search tsvector generated always as (core.words(title, notes)) stored;
comment on column vault.tasks.search is 'Words of title and notes.';
create index tasks_search on vault.tasks using gin (search);
alter table vault.notes add column search tsvector generated always as (core.words(title, body)) stored;
comment on column vault.notes.search is 'Words of title and text.';
create index notes_search on vault.notes using gin (search);
alter table vault.documents add column search tsvector generated always as (core.words(core.joined(title, issuer), core.joined(doc_type, content_text))) stored;
comment on column vault.documents.search is 'Words of title, issuer, kind and text.';
create index documents_search on vault.documents using gin (search);
alter table vault.transactions add column search tsvector generated always as (core.words(counterparty, core.joined(memo, category, account_name))) stored;
comment on column vault.transactions.search is 'Words of counterparty, memo, category and account.';
create index transactions_search on vault.transactions using gin (search);
alter table vault.locations add column search tsvector generated always as (core.words(place_name, activity)) stored;
comment on column vault.locations.search is 'Words of the place and the activity.';
create index locations_search on vault.locations using gin (search);
alter table vault.health_records add column search tsvector generated always as (core.words(record_type, core.joined(provider, code))) stored;
comment on column vault.health_records.search is 'Words of kind, provider and code.';
create index health_records_search on vault.health_records using gin (search);
alter table vault.albums add column search tsvector generated always as (core.words(name, description)) stored;
comment on column vault.albums.search is 'Words of title and description.';
create index albums_search on vault.albums using gin (search);
create index posts_text_parts on vault.posts using gin (text_content public.gin_trgm_ops);
create index emails_subject_parts on vault.emails using gin (subject public.gin_trgm_ops);
create index notes_title_parts on vault.notes using gin (title public.gin_trgm_ops);
create index contacts_name_parts on vault.contacts using gin (display_name public.gin_trgm_ops);
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
create or replace procedure core.disown(target text, kind text) language plpgsql as
$$
begin
  delete from core.objects where type = kind;
  delete from meta.row_ledger where table_name = target;
  delete from meta.tombstones where type = kind;
  execute format('drop table %s', target);
end $$;
drop view read.timeline;
drop trigger entries_insert on vault.albums;
drop trigger entries_update on vault.albums;
drop trigger entries_delete on vault.albums;
drop trigger entries_insert on vault.tags;
drop trigger entries_update on vault.tags;
drop trigger entries_delete on vault.tags;
drop trigger entries_insert on vault.social_accounts;
drop trigger entries_update on vault.social_accounts;
drop trigger entries_delete on vault.social_accounts;
drop trigger entries_insert on vault.contacts;
drop trigger entries_update on vault.contacts;
drop trigger entries_delete on vault.contacts;
drop trigger entries_insert on vault.posts;
drop trigger entries_update on vault.posts;
drop trigger entries_delete on vault.posts;
drop trigger entries_insert on vault.emails;
drop trigger entries_update on vault.emails;
drop trigger entries_delete on vault.emails;
drop trigger entries_insert on vault.messages;
drop trigger entries_update on vault.messages;
drop trigger entries_delete on vault.messages;
drop trigger entries_insert on vault.web_pages;
drop trigger entries_update on vault.web_pages;
drop trigger entries_delete on vault.web_pages;
drop trigger entries_insert on vault.bookmarks;
drop trigger entries_update on vault.bookmarks;
drop trigger entries_delete on vault.bookmarks;
drop trigger entries_insert on vault.calendar_events;
drop trigger entries_update on vault.calendar_events;
drop trigger entries_delete on vault.calendar_events;
drop trigger entries_insert on vault.tasks;
drop trigger entries_update on vault.tasks;
drop trigger entries_delete on vault.tasks;
drop trigger entries_insert on vault.notes;
drop trigger entries_update on vault.notes;
drop trigger entries_delete on vault.notes;
drop trigger entries_insert on vault.documents;
drop trigger entries_update on vault.documents;
drop trigger entries_delete on vault.documents;
drop trigger entries_insert on vault.transactions;
drop trigger entries_update on vault.transactions;
drop trigger entries_delete on vault.transactions;
drop trigger entries_insert on vault.locations;
drop trigger entries_update on vault.locations;
drop trigger entries_delete on vault.locations;
drop trigger entries_insert on vault.health_records;
drop trigger entries_update on vault.health_records;
drop trigger entries_delete on vault.health_records;
drop function read.fill_entries();
drop procedure read.keep(text, text);
drop function read.keep_entries();
drop function read.album_entries(uuid[]);
drop function read.tag_entries(uuid[]);
drop function read.social_account_entries(uuid[]);
drop function read.contact_entries(uuid[]);
drop function read.post_entries(uuid[]);
drop function read.email_entries(uuid[]);
drop function read.message_entries(uuid[]);
drop function read.web_page_entries(uuid[]);
drop function read.bookmark_entries(uuid[]);
drop function read.calendar_event_entries(uuid[]);
drop function read.task_entries(uuid[]);
drop function read.note_entries(uuid[]);
drop function read.document_entries(uuid[]);
drop function read.transaction_entries(uuid[]);
drop function read.location_entries(uuid[]);
drop function read.health_record_entries(uuid[]);
drop policy finding on vault.albums;
drop table read.entries;
drop function core.wall_time_in(timestamptz, text);
drop function core.wall_time(timestamptz, integer);
drop index vault.notes_time;
create index notes_time on vault.notes (user_id, updated_at desc, id desc) where deleted_at is null;
drop trigger edited on vault.bookmarks;
drop trigger keep_version on vault.bookmarks;
alter table vault.bookmarks drop column happened_at, drop column edited_at, drop column utc_offset_minutes, drop column date_precision;
call core.versioned('vault.bookmarks', '{url,title,description,folder,web_page_id,metadata}');
drop trigger edited on vault.tasks;
drop trigger keep_version on vault.tasks;
alter table vault.tasks drop column happened_at, drop column edited_at, drop column utc_offset_minutes, drop column date_precision;
call core.versioned('vault.tasks', '{parent_task_id,title,notes,status,priority,due_at,completed_at,position,metadata}');
drop trigger edited on vault.notes;
drop trigger keep_version on vault.notes;
alter table vault.notes drop column happened_at, drop column edited_at, drop column utc_offset_minutes, drop column date_precision;
call core.versioned('vault.notes', '{title,body,format,pinned,metadata}');
drop trigger edited on vault.documents;
drop trigger keep_version on vault.documents;
alter table vault.documents drop column happened_at, drop column edited_at, drop column utc_offset_minutes, drop column date_precision;
call core.versioned('vault.documents', '{title,doc_type,media_id,issued_at,expires_at,issuer,content_text,metadata}');
drop function core.note_edit();
alter table vault.posts drop column utc_offset_minutes;
alter table vault.emails drop column utc_offset_minutes;
alter table vault.messages drop column utc_offset_minutes;
alter table vault.web_pages drop column utc_offset_minutes;
alter table vault.transactions drop column utc_offset_minutes, drop column date_precision;
alter table vault.locations drop column utc_offset_minutes;
alter table vault.health_records drop column utc_offset_minutes, drop column date_precision;
