-- The other personal things a life leaves: mail, messages, people, pages, dates, tasks, notes, papers, money, places, health.

-- migrate:up
create function core.words(title text, body text) returns tsvector language sql immutable parallel safe as
  $$ select setweight(to_tsvector('simple', left(coalesce(title, ''), 10000)), 'A')
         || setweight(to_tsvector('simple', left(coalesce(body, ''), 200000)), 'B') $$;
comment on function core.words(text, text) is
  'Words to find an object by, those of the title first; long texts are cut where PostgreSQL has no room for their words.';
create function core.joined(variadic parts text[]) returns text language sql immutable parallel safe as
  $$ select array_to_string(parts, ' ') $$;
comment on function core.joined(text[]) is 'Texts with a space between, without those that are null.';

create table vault.emails (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  thread_id text check (length(thread_id) <= 1000),
  message_id text check (length(message_id) <= 1000),
  folder text check (length(folder) <= 500),
  subject text check (length(subject) <= 10000),
  from_address text check (length(from_address) <= 1000),
  to_addresses jsonb not null default '[]' check (jsonb_typeof(to_addresses) = 'array'),
  cc_addresses jsonb not null default '[]' check (jsonb_typeof(cc_addresses) = 'array'),
  bcc_addresses jsonb not null default '[]' check (jsonb_typeof(bcc_addresses) = 'array'),
  sent_at timestamptz,
  received_at timestamptz,
  body_text text,
  body_html text,
  is_read boolean not null default false,
  search tsvector generated always as (core.words(core.joined(subject, from_address), body_text)) stored
);
call core.describe('vault.emails', 'Mail.', '{
  "thread_id": "Conversation it belongs to.",
  "message_id": "Message-ID header; live mail of one connection has each once.",
  "folder": "Folder or label it lies in.",
  "subject": "Subject.",
  "from_address": "Sender.",
  "to_addresses": "Recipients, JSON list.",
  "cc_addresses": "Copies to, JSON list.",
  "bcc_addresses": "Blind copies to, JSON list.",
  "sent_at": "When it was sent.",
  "received_at": "When it arrived.",
  "body_text": "Text.",
  "body_html": "The same as HTML; never shown unfiltered.",
  "is_read": "Was read.",
  "search": "Words of subject, sender and text."
}');
call core.own('vault.emails', 'email');
create index emails_time on vault.emails (user_id, (coalesce(sent_at, received_at)) desc nulls last, id desc) where deleted_at is null;
create index emails_thread on vault.emails (user_id, thread_id) where deleted_at is null;
create index emails_unread on vault.emails (user_id) where deleted_at is null and not is_read;
create index emails_search on vault.emails using gin (search);
call core.versioned('vault.emails', '{folder,is_read,metadata}');

create table vault.messages (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  conversation_id text not null check (length(conversation_id) between 1 and 1000),
  channel text not null check (length(channel) between 1 and 100),
  sender text check (length(sender) <= 1000),
  body text,
  sent_at timestamptz,
  direction text not null default 'in' check (direction in ('in', 'out')),
  search tsvector generated always as (core.words(sender, body)) stored
);
call core.describe('vault.messages', 'Short messages: SMS, chats.', '{
  "conversation_id": "Conversation it belongs to.",
  "channel": "sms, whatsapp, signal …",
  "sender": "Who wrote it.",
  "body": "Text.",
  "sent_at": "When.",
  "direction": "in: to the person; out: from them.",
  "search": "Words of sender and text."
}');
call core.own('vault.messages', 'message');
create index messages_time on vault.messages (user_id, sent_at desc nulls last, id desc) where deleted_at is null;
create index messages_conversation on vault.messages (user_id, conversation_id, sent_at) where deleted_at is null;
create index messages_search on vault.messages using gin (search);
call core.versioned('vault.messages', '{metadata}');

create table vault.contacts (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  display_name text not null check (length(display_name) between 1 and 500),
  given_name text check (length(given_name) <= 200),
  family_name text check (length(family_name) <= 200),
  organisation text check (length(organisation) <= 500),
  emails jsonb not null default '[]' check (jsonb_typeof(emails) = 'array'),
  phones jsonb not null default '[]' check (jsonb_typeof(phones) = 'array'),
  addresses jsonb not null default '[]' check (jsonb_typeof(addresses) = 'array'),
  birthday date,
  note text,
  photo_media_id uuid references vault.media (id) on delete set null,
  search tsvector generated always as (core.words(
    core.joined(display_name, given_name, family_name), core.joined(organisation, emails::text, phones::text, note))) stored
);
call core.describe('vault.contacts', 'People a person knows.', '{
  "display_name": "Name shown.",
  "given_name": "Given name.",
  "family_name": "Family name.",
  "organisation": "Where they work.",
  "emails": "Mail addresses, JSON list.",
  "phones": "Telephone numbers, JSON list.",
  "addresses": "Postal addresses, JSON list.",
  "birthday": "Birthday.",
  "note": "Anything else.",
  "photo_media_id": "Their picture.",
  "search": "Words of names, organisation, addresses and note."
}');
call core.own('vault.contacts', 'contact');
call core.same_owner('vault.contacts', 'photo_media_id', 'media');
create index contacts_name on vault.contacts (user_id, lower(display_name), id) where deleted_at is null;
create index contacts_photo on vault.contacts (photo_media_id) where photo_media_id is not null;
create index contacts_search on vault.contacts using gin (search);
call core.versioned('vault.contacts',
  '{display_name,given_name,family_name,organisation,emails,phones,addresses,birthday,note,photo_media_id,metadata}');

create table vault.web_pages (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  url text not null check (length(url) between 1 and 8192),
  canonical_url text check (length(canonical_url) <= 8192),
  title text check (length(title) <= 1000),
  author text check (length(author) <= 500),
  excerpt text,
  content_text text,
  archived_media_id uuid references vault.media (id) on delete set null,
  saved_at timestamptz not null default now(),
  search tsvector generated always as (core.words(core.joined(title, author), core.joined(excerpt, content_text))) stored
);
call core.describe('vault.web_pages', 'Pages of the web a person kept.', '{
  "url": "Where it was.",
  "canonical_url": "The address it says it has.",
  "title": "Title.",
  "author": "Author.",
  "excerpt": "First lines.",
  "content_text": "Its text.",
  "archived_media_id": "The kept page as a file.",
  "saved_at": "When it was kept.",
  "search": "Words of title, author and text."
}');
call core.own('vault.web_pages', 'web_page');
call core.same_owner('vault.web_pages', 'archived_media_id', 'media');
create index web_pages_time on vault.web_pages (user_id, saved_at desc, id desc) where deleted_at is null;
create index web_pages_media on vault.web_pages (archived_media_id) where archived_media_id is not null;
create index web_pages_search on vault.web_pages using gin (search);
call core.versioned('vault.web_pages', '{url,title,author,excerpt,archived_media_id,metadata}');

create table vault.bookmarks (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  url text not null check (length(url) between 1 and 8192),
  title text check (length(title) <= 1000),
  description text,
  folder text check (length(folder) <= 1000),
  web_page_id uuid references vault.web_pages (id) on delete set null,
  visited_at timestamptz,
  search tsvector generated always as (core.words(title, core.joined(url, description, folder))) stored
);
call core.describe('vault.bookmarks', 'Addresses a person noted.', '{
  "url": "Address.",
  "title": "Title.",
  "description": "What is there.",
  "folder": "Folder it is filed in.",
  "web_page_id": "The page, when it was kept too.",
  "visited_at": "When it was last opened.",
  "search": "Words of title, address, description and folder."
}');
call core.own('vault.bookmarks', 'bookmark');
call core.same_owner('vault.bookmarks', 'web_page_id', 'web_page');
create index bookmarks_folder on vault.bookmarks (user_id, folder) where deleted_at is null;
create index bookmarks_page on vault.bookmarks (web_page_id) where web_page_id is not null;
create index bookmarks_search on vault.bookmarks using gin (search);
call core.versioned('vault.bookmarks', '{url,title,description,folder,web_page_id,metadata}');

create table vault.calendar_events (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  uid text check (length(uid) <= 1000),
  title text not null check (length(title) between 1 and 1000),
  description text,
  location_text text check (length(location_text) <= 1000),
  starts_at timestamptz not null,
  ends_at timestamptz,
  all_day boolean not null default false,
  tz text check (length(tz) <= 100),
  rrule text check (length(rrule) <= 2000),
  attendees jsonb not null default '[]' check (jsonb_typeof(attendees) = 'array'),
  status text not null default 'confirmed' check (status in ('confirmed', 'tentative', 'cancelled')),
  constraint calendar_events_order check (ends_at is null or ends_at >= starts_at),
  search tsvector generated always as (core.words(title, core.joined(location_text, description))) stored
);
call core.describe('vault.calendar_events', 'Dates in a calendar.', '{
  "uid": "UID of the calendar it came from.",
  "title": "Title.",
  "description": "What it is about.",
  "location_text": "Where, in words.",
  "starts_at": "When it begins.",
  "ends_at": "When it ends.",
  "all_day": "Takes whole days.",
  "tz": "Time zone it was made in, such as Europe/Berlin.",
  "rrule": "How it repeats, RFC 5545.",
  "attendees": "Who comes, JSON list.",
  "status": "confirmed, tentative or cancelled.",
  "search": "Words of title, place and description."
}');
call core.own('vault.calendar_events', 'calendar_event');
create index calendar_events_time on vault.calendar_events (user_id, starts_at desc, id desc) where deleted_at is null;
create index calendar_events_uid on vault.calendar_events (user_id, uid) where uid is not null;
create index calendar_events_search on vault.calendar_events using gin (search);
call core.versioned('vault.calendar_events',
  '{title,description,location_text,starts_at,ends_at,all_day,tz,rrule,attendees,status,metadata}');

create table vault.tasks (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  parent_task_id uuid references vault.tasks (id) on delete set null,
  title text not null check (length(title) between 1 and 1000),
  notes text,
  status text not null default 'open' check (status in ('open', 'in_progress', 'done', 'cancelled')),
  priority integer not null default 0 check (priority between 0 and 9),
  due_at timestamptz,
  completed_at timestamptz,
  position double precision,
  constraint tasks_not_own_parent check (parent_task_id <> id),
  search tsvector generated always as (core.words(title, notes)) stored
);
call core.describe('vault.tasks', 'Things to do; a task may be part of another.', '{
  "parent_task_id": "The task it is part of; never in a circle.",
  "title": "What to do.",
  "notes": "More about it.",
  "status": "open, in_progress, done or cancelled.",
  "priority": "0 is none, 1 the highest, 9 the lowest.",
  "due_at": "When it must be done.",
  "completed_at": "When it was.",
  "position": "Place among its neighbours.",
  "search": "Words of title and notes."
}');
call core.own('vault.tasks', 'task');
call core.same_owner('vault.tasks', 'parent_task_id', 'task');
create function core.check_task_tree() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  if exists (
    with recursive above (id, parent) as (
      select t.id, t.parent_task_id from vault.tasks t where t.id = new.parent_task_id
      union
      select t.id, t.parent_task_id from vault.tasks t join above on t.id = above.parent)
    select from above where above.id = new.id) then
    raise exception 'a task cannot be part of itself' using errcode = 'check_violation', column = 'parent_task_id';
  end if;
  return new;
end $$;
comment on function core.check_task_tree() is 'Refuses a task that would be part of itself.';
create trigger tree before update of parent_task_id on vault.tasks for each row
  when (new.parent_task_id is not null) execute function core.check_task_tree();
create index tasks_parent on vault.tasks (parent_task_id) where parent_task_id is not null;
create index tasks_status on vault.tasks (user_id, status, due_at) where deleted_at is null;
create index tasks_search on vault.tasks using gin (search);
call core.versioned('vault.tasks',
  '{parent_task_id,title,notes,status,priority,due_at,completed_at,position,metadata}');

create table vault.notes (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  title text check (length(title) <= 1000),
  body text not null default '',
  format text not null default 'markdown' check (format in ('markdown', 'plain', 'html')),
  pinned boolean not null default false,
  search tsvector generated always as (core.words(title, body)) stored
);
call core.describe('vault.notes', 'Texts a person writes.', '{
  "title": "Title.",
  "body": "Text.",
  "format": "markdown, plain or html.",
  "pinned": "Stays on top.",
  "search": "Words of title and text."
}');
call core.own('vault.notes', 'note');
create index notes_time on vault.notes (user_id, updated_at desc, id desc) where deleted_at is null;
create index notes_search on vault.notes using gin (search);
call core.versioned('vault.notes', '{title,body,format,pinned,metadata}');

create table vault.documents (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  title text not null check (length(title) between 1 and 1000),
  doc_type text not null default 'other' check (length(doc_type) between 1 and 100),
  media_id uuid references vault.media (id) on delete set null,
  issued_at date,
  expires_at date,
  issuer text check (length(issuer) <= 500),
  content_text text,
  search tsvector generated always as (core.words(core.joined(title, issuer), core.joined(doc_type, content_text))) stored
);
call core.describe('vault.documents', 'Papers: passports, contracts, certificates, bills.', '{
  "title": "Title.",
  "doc_type": "passport, contract, invoice …",
  "media_id": "The scan or file.",
  "issued_at": "Day it was issued.",
  "expires_at": "Last day it holds.",
  "issuer": "Who issued it.",
  "content_text": "Its text.",
  "search": "Words of title, issuer, kind and text."
}');
call core.own('vault.documents', 'document');
call core.same_owner('vault.documents', 'media_id', 'media');
create index documents_media on vault.documents (media_id) where media_id is not null;
create index documents_expiring on vault.documents (user_id, expires_at) where deleted_at is null and expires_at is not null;
create index documents_search on vault.documents using gin (search);
call core.versioned('vault.documents',
  '{title,doc_type,media_id,issued_at,expires_at,issuer,content_text,metadata}');

create table vault.transactions (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  account_name text check (length(account_name) <= 500),
  occurred_at timestamptz not null,
  amount numeric(20, 4) not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  direction text not null check (direction in ('in', 'out')),
  counterparty text check (length(counterparty) <= 500),
  category text check (length(category) <= 200),
  memo text,
  receipt_media_id uuid references vault.media (id) on delete set null,
  constraint transactions_amount check (amount >= 0),
  search tsvector generated always as (core.words(counterparty, core.joined(memo, category, account_name))) stored
);
call core.describe('vault.transactions', 'Money in and out.', '{
  "account_name": "Account it went through.",
  "occurred_at": "When.",
  "amount": "How much, never negative.",
  "currency": "ISO 4217 code.",
  "direction": "in or out.",
  "counterparty": "From or to whom.",
  "category": "What for.",
  "memo": "What it says.",
  "receipt_media_id": "The receipt.",
  "search": "Words of counterparty, memo, category and account."
}');
call core.own('vault.transactions', 'transaction');
call core.same_owner('vault.transactions', 'receipt_media_id', 'media');
create index transactions_time on vault.transactions (user_id, occurred_at desc, id desc) where deleted_at is null;
create index transactions_receipt on vault.transactions (receipt_media_id) where receipt_media_id is not null;
create index transactions_search on vault.transactions using gin (search);
call core.versioned('vault.transactions',
  '{account_name,occurred_at,amount,currency,direction,counterparty,category,memo,receipt_media_id,metadata}');

create table vault.locations (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  latitude double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180),
  accuracy_m double precision check (accuracy_m >= 0),
  altitude_m double precision,
  recorded_at timestamptz,
  ended_at timestamptz,
  place_name text check (length(place_name) <= 500),
  activity text check (length(activity) <= 100),
  constraint locations_order check (ended_at is null or ended_at >= recorded_at),
  search tsvector generated always as (core.words(place_name, activity)) stored
);
call core.describe('vault.locations', 'Where a person was, and places photos were taken at.', '{
  "latitude": "Degrees north.",
  "longitude": "Degrees east.",
  "accuracy_m": "How exact, in metres.",
  "altitude_m": "Metres above the sea.",
  "recorded_at": "When the person was there; null for a place as such.",
  "ended_at": "Until when.",
  "place_name": "What the place is called.",
  "activity": "walking, driving …",
  "search": "Words of the place and the activity."
}');
call core.own('vault.locations', 'location');
create index locations_time on vault.locations (user_id, recorded_at desc nulls last, id desc) where deleted_at is null;
create index locations_search on vault.locations using gin (search);
call core.versioned('vault.locations',
  '{latitude,longitude,accuracy_m,altitude_m,recorded_at,ended_at,place_name,activity,metadata}');

create table vault.health_records (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  record_type text not null check (length(record_type) between 1 and 100),
  recorded_at timestamptz not null,
  value numeric,
  unit text check (length(unit) <= 50),
  code text check (length(code) <= 200),
  payload jsonb not null default '{}' check (jsonb_typeof(payload) = 'object'),
  provider text check (length(provider) <= 500),
  document_id uuid references vault.documents (id) on delete set null,
  search tsvector generated always as (core.words(record_type, core.joined(provider, code))) stored
);
call core.describe('vault.health_records', 'Measurements and medical records.', '{
  "record_type": "heart_rate, weight, vaccination …",
  "recorded_at": "When.",
  "value": "What was measured.",
  "unit": "In which unit.",
  "code": "Code of a system such as LOINC.",
  "payload": "The whole record as it came.",
  "provider": "Who measured or treated.",
  "document_id": "The paper about it.",
  "search": "Words of kind, provider and code."
}');
call core.own('vault.health_records', 'health_record');
call core.same_owner('vault.health_records', 'document_id', 'document');
create index health_records_time on vault.health_records (user_id, record_type, recorded_at desc, id desc) where deleted_at is null;
create index health_records_document on vault.health_records (document_id) where document_id is not null;
create index health_records_search on vault.health_records using gin (search);
call core.versioned('vault.health_records',
  '{record_type,recorded_at,value,unit,code,payload,provider,document_id,metadata}');

-- migrate:down
call core.disown('vault.health_records', 'health_record');
call core.disown('vault.locations', 'location');
call core.disown('vault.transactions', 'transaction');
call core.disown('vault.documents', 'document');
call core.disown('vault.notes', 'note');
call core.disown('vault.tasks', 'task');
drop function core.check_task_tree();
call core.disown('vault.calendar_events', 'calendar_event');
call core.disown('vault.bookmarks', 'bookmark');
call core.disown('vault.web_pages', 'web_page');
call core.disown('vault.contacts', 'contact');
call core.disown('vault.messages', 'message');
call core.disown('vault.emails', 'email');
drop function core.words(text, text);
drop function core.joined(text[]);
