-- Circles: groups whose words and pictures only their members can read. This database holds ciphertext; whoever is no
-- member sees not even that. A person who goes leaves the threads behind, with their name beside what they wrote.

-- migrate:up
create schema circles;
comment on schema circles is 'End-to-end encrypted groups: ciphertext, keys wrapped for members, nothing in the clear.';
grant usage on schema circles to app_user, app_service;

create table circles.groups (
  id uuid primary key default core.new_id(),
  encrypted_name text not null,
  created_by uuid references core.users (id) on delete set null,
  invite_code text not null unique check (invite_code ~ '^[A-Za-z0-9]{8}$'),
  key_epoch integer not null default 1 check (key_epoch > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
call core.describe('circles.groups', 'Groups.', '{
  "id": "Key.",
  "encrypted_name": "Name, sealed with the group key.",
  "created_by": "Who made it; null when they are gone, and the group stays.",
  "invite_code": "Eight letters or digits that name the group to who wants to join; opens nothing by itself.",
  "key_epoch": "Number of the key now in use; a new one when a member leaves.",
  "created_at": "When it was made.",
  "updated_at": "When the row last changed."
}');
create index groups_created_by on circles.groups (created_by);

create table circles.members (
  group_id uuid not null references circles.groups (id) on delete cascade,
  user_id uuid not null references core.users (id) on delete cascade,
  encrypted_group_key text not null,
  key_epoch integer not null default 1 check (key_epoch > 0),
  role text not null default 'member' check (role in ('leader', 'member')),
  joined_at timestamptz not null default now(),
  primary key (group_id, user_id)
);
call core.describe('circles.members', 'Who is in which group, with the group key wrapped for them.', '{
  "group_id": "Which group.",
  "user_id": "Who.",
  "encrypted_group_key": "The group key, sealed to their public key.",
  "key_epoch": "Number of that key.",
  "role": "leader: may add and remove members; a group always has one.",
  "joined_at": "When they joined."
}');
create index members_user on circles.members (user_id);

create table circles.key_epochs (
  group_id uuid not null references circles.groups (id) on delete cascade,
  epoch integer not null check (epoch > 1),
  encrypted_previous_key text not null,
  created_at timestamptz not null default now(),
  primary key (group_id, epoch)
);
call core.describe('circles.key_epochs', 'How members come from the key of now to the keys of before.', '{
  "group_id": "Which group.",
  "epoch": "Number of the newer key.",
  "encrypted_previous_key": "The key before it, sealed with it.",
  "created_at": "When the key was changed."
}');

create table circles.membership_events (
  group_id uuid not null references circles.groups (id) on delete cascade,
  seq integer not null check (seq > 0),
  action text not null check (action in ('create', 'add', 'remove', 'leave', 'promote', 'rotate')),
  actor_id uuid references core.users (id) on delete set null,
  actor_name text not null,
  subject_id uuid references core.users (id) on delete set null,
  subject_name text,
  body jsonb not null,
  prev_hash text check (prev_hash ~ '^[0-9a-f]{64}$'),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  signature text not null,
  created_at timestamptz not null default now(),
  primary key (group_id, seq)
);
call core.describe('circles.membership_events', 'The signed chain of who was let in and out; only ever added to.', '{
  "group_id": "Which group.",
  "seq": "Place in the chain.",
  "action": "create, add, remove, leave, promote or rotate.",
  "actor_id": "Who did it.",
  "actor_name": "Their name then.",
  "subject_id": "To whom.",
  "subject_name": "Their name then.",
  "body": "What was signed.",
  "prev_hash": "Hash of the link before.",
  "hash": "Hash of this link.",
  "signature": "Signature of the actor over the hash.",
  "created_at": "When."
}');

create table circles.threads (
  id uuid primary key default core.new_id(),
  group_id uuid not null references circles.groups (id) on delete cascade,
  author_id uuid references core.users (id) on delete set null,
  author_name text,
  encrypted_title text not null,
  encrypted_body text not null,
  key_epoch integer not null default 1 check (key_epoch > 0),
  signature text,
  created_at timestamptz not null default now()
);
call core.describe('circles.threads', 'Discussions.', '{
  "id": "Key.",
  "group_id": "In which group.",
  "author_id": "Who began it; null when they are gone.",
  "author_name": "Their name, which stays.",
  "encrypted_title": "Title, sealed with the group key.",
  "encrypted_body": "Text, sealed with the group key.",
  "key_epoch": "Number of that key.",
  "signature": "Signature of the author over the ciphertext.",
  "created_at": "When."
}');
create index threads_group on circles.threads (group_id, created_at desc, id desc);
create index threads_author on circles.threads (author_id);

create table circles.replies (
  id uuid primary key default core.new_id(),
  thread_id uuid not null references circles.threads (id) on delete cascade,
  author_id uuid references core.users (id) on delete set null,
  author_name text,
  encrypted_body text not null,
  key_epoch integer not null default 1 check (key_epoch > 0),
  signature text,
  created_at timestamptz not null default now()
);
call core.describe('circles.replies', 'Answers in a thread.', '{
  "id": "Key.",
  "thread_id": "In which thread.",
  "author_id": "Who; null when they are gone.",
  "author_name": "Their name, which stays.",
  "encrypted_body": "Text, sealed with the group key.",
  "key_epoch": "Number of that key.",
  "signature": "Signature of the author over the ciphertext.",
  "created_at": "When."
}');
create index replies_thread on circles.replies (thread_id, created_at, id);
create index replies_author on circles.replies (author_id);

create table circles.attachments (
  id uuid primary key default core.new_id(),
  thread_id uuid not null references circles.threads (id) on delete cascade,
  author_id uuid references core.users (id) on delete set null,
  author_name text,
  encrypted_metadata text not null,
  storage_url text not null,
  encryption_iv text not null check (length(encryption_iv) between 1 and 32),
  key_epoch integer not null default 1 check (key_epoch > 0),
  size_bytes bigint not null check (size_bytes >= 0),
  uploaded_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '7 days'
);
call core.describe('circles.attachments', 'Sealed pictures and files on their way to members; gone after a week.', '{
  "id": "Key.",
  "thread_id": "In which thread.",
  "author_id": "Who sent it; null when they are gone.",
  "author_name": "Their name, which stays.",
  "encrypted_metadata": "Name, size and kind, sealed with the group key.",
  "storage_url": "Where the sealed bytes are.",
  "encryption_iv": "Nonce of the sealing, base64.",
  "key_epoch": "Number of the group key.",
  "size_bytes": "Bytes of the sealed file.",
  "uploaded_at": "When it came.",
  "expires_at": "When it is thrown away."
}');
create index attachments_thread on circles.attachments (thread_id);
create index attachments_author on circles.attachments (author_id);
create index attachments_expiring on circles.attachments (expires_at);

create table circles.attachment_downloads (
  attachment_id uuid not null references circles.attachments (id) on delete cascade,
  user_id uuid not null references core.users (id) on delete cascade,
  downloaded_at timestamptz not null default now(),
  primary key (attachment_id, user_id)
);
call core.describe('circles.attachment_downloads', 'Who has fetched which file.', '{
  "attachment_id": "Which file.",
  "user_id": "Who.",
  "downloaded_at": "When."
}');
create index attachment_downloads_user on circles.attachment_downloads (user_id);

create table circles.group_quotas (
  group_id uuid primary key references circles.groups (id) on delete cascade,
  total_bytes bigint not null default 0,
  media_count integer not null default 0,
  max_bytes bigint not null default 10737418240 check (max_bytes > 0),
  max_media_count integer not null default 100 check (max_media_count > 0),
  updated_at timestamptz not null default now(),
  constraint group_quotas_bytes check (total_bytes between 0 and max_bytes),
  constraint group_quotas_count check (media_count between 0 and max_media_count)
);
call core.describe('circles.group_quotas', 'How much a group keeps and may keep; a file too many is refused.', '{
  "group_id": "Which group.",
  "total_bytes": "Bytes of its files, kept by a trigger.",
  "media_count": "Number of its files, kept by a trigger.",
  "max_bytes": "Most bytes.",
  "max_media_count": "Most files.",
  "updated_at": "When the row last changed."
}');

create trigger groups_touch before update on circles.groups for each row execute function core.touch_updated_at();
create trigger group_quotas_touch before update on circles.group_quotas for each row execute function core.touch_updated_at();

create function circles.start_quota() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  insert into circles.group_quotas (group_id) values (new.id);
  return null;
end $$;
comment on function circles.start_quota() is 'Gives a new group its quota.';
create trigger start_quota after insert on circles.groups for each row execute function circles.start_quota();

create function circles.count_attachment() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  update circles.group_quotas q set
      total_bytes = q.total_bytes + case tg_op when 'INSERT' then new.size_bytes else -old.size_bytes end,
      media_count = q.media_count + case tg_op when 'INSERT' then 1 else -1 end
    from circles.threads t
    where t.id = case tg_op when 'INSERT' then new.thread_id else old.thread_id end and q.group_id = t.group_id;
  return null;
end $$;
comment on function circles.count_attachment() is 'Counts files against the quota of their group.';
create trigger count_insert after insert on circles.attachments for each row execute function circles.count_attachment();
create trigger count_delete after delete on circles.attachments for each row execute function circles.count_attachment();

-- A thread takes its files along when it goes; by the time each is deleted the thread can no longer tell the group.
create function circles.uncount_thread() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  delete from circles.attachments a where a.thread_id = old.id;
  return old;
end $$;
comment on function circles.uncount_thread() is 'Takes the files of a thread away while they can still be counted.';
create trigger uncount before delete on circles.threads for each row execute function circles.uncount_thread();

-- The name stays when the person goes.
create function circles.sign_name() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  select coalesce(u.display_name, u.username) into new.author_name from core.users u where u.id = new.author_id;
  return new;
end $$;
comment on function circles.sign_name() is 'Writes the author''s name beside what they wrote.';
create trigger sign_name before insert on circles.threads for each row
  when (new.author_id is not null and new.author_name is null) execute function circles.sign_name();
create trigger sign_name before insert on circles.replies for each row
  when (new.author_id is not null and new.author_name is null) execute function circles.sign_name();
create trigger sign_name before insert on circles.attachments for each row
  when (new.author_id is not null and new.author_name is null) execute function circles.sign_name();

-- When a leader goes, the one who has been there longest leads: a group without a leader could let nobody in or out.
create function circles.hand_over() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  update circles.members m set role = 'leader'
    where old.role = 'leader' and m.group_id = old.group_id
      and not exists (select 1 from circles.members l where l.group_id = old.group_id and l.role = 'leader')
      and m.user_id = (select n.user_id from circles.members n where n.group_id = old.group_id order by n.joined_at, n.user_id limit 1);
  return null;
end $$;
comment on function circles.hand_over() is 'A group whose last leader goes is led by its oldest member.';
create trigger hand_over after delete or update of role on circles.members for each row execute function circles.hand_over();

-- Policies ask these, never the tables: a policy on members that reads members would never end.
create function circles.my_groups() returns uuid[] language sql stable security definer set search_path = pg_catalog as
  $$ select coalesce(array_agg(m.group_id), '{}') from circles.members m where m.user_id = core.current_user_id() $$;
comment on function circles.my_groups() is 'Groups the person of this transaction is in.';
create function circles.led_groups() returns uuid[] language sql stable security definer set search_path = pg_catalog as
  $$ select coalesce(array_agg(m.group_id), '{}') from circles.members m
     where m.user_id = core.current_user_id() and m.role = 'leader' $$;
comment on function circles.led_groups() is 'Groups the person of this transaction leads.';
create function circles.is_founder(wanted uuid) returns boolean language sql stable security definer set search_path = pg_catalog as
  $$ select exists (select 1 from circles.groups g where g.id = wanted and g.created_by = core.current_user_id())
       and not exists (select 1 from circles.members m where m.group_id = wanted) $$;
comment on function circles.is_founder(uuid) is 'The person of this transaction made this group, and nobody is in it yet.';
create function circles.group_of(thread uuid) returns uuid language sql stable security definer set search_path = pg_catalog as
  $$ select t.group_id from circles.threads t where t.id = thread and t.group_id = any (circles.my_groups()) $$;
comment on function circles.group_of(uuid) is 'The group of a thread, for its members only.';

do $$
declare
  name text;
begin
  foreach name in array array['groups', 'members', 'key_epochs', 'membership_events', 'threads', 'replies', 'attachments',
                              'attachment_downloads', 'group_quotas'] loop
    execute format('alter table circles.%I enable row level security', name);
    execute format('alter table circles.%I force row level security', name);
    execute format('create policy service on circles.%I to app_service using (true) with check (true)', name);
    execute format('create policy upkeep on circles.%I to current_user using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on circles.%I to app_service', name);
    execute format('grant select on circles.%I to app_user', name);
  end loop;
end $$;

create policy seen on circles.groups for select to app_user
  using (id = any ((select circles.my_groups())::uuid[]) or created_by = (select core.current_user_id()));
create policy made on circles.groups for insert to app_user with check (created_by = (select core.current_user_id()));
create policy led on circles.groups for update to app_user using (id = any ((select circles.led_groups())::uuid[]));
create policy ended on circles.groups for delete to app_user using (id = any ((select circles.led_groups())::uuid[]));
create policy seen on circles.members for select to app_user using (group_id = any ((select circles.my_groups())::uuid[]));
create policy let_in on circles.members for insert to app_user
  with check (group_id = any ((select circles.led_groups())::uuid[])
    or user_id = (select core.current_user_id()) and role = 'leader' and circles.is_founder(group_id));
create policy led on circles.members for update to app_user using (group_id = any ((select circles.led_groups())::uuid[]));
create policy let_out on circles.members for delete to app_user
  using (user_id = (select core.current_user_id()) or group_id = any ((select circles.led_groups())::uuid[]));
create policy seen on circles.key_epochs for select to app_user using (group_id = any ((select circles.my_groups())::uuid[]));
create policy led on circles.key_epochs for insert to app_user
  with check (group_id = any ((select circles.led_groups())::uuid[]));
create policy seen on circles.membership_events for select to app_user
  using (group_id = any ((select circles.my_groups())::uuid[]));
create policy added on circles.membership_events for insert to app_user
  with check (group_id = any ((select circles.my_groups())::uuid[]) and actor_id = (select core.current_user_id()));
create policy seen on circles.threads for select to app_user using (group_id = any ((select circles.my_groups())::uuid[]));
create policy written on circles.threads for insert to app_user
  with check (group_id = any ((select circles.my_groups())::uuid[]) and author_id = (select core.current_user_id()));
create policy taken_back on circles.threads for delete to app_user
  using (group_id = any ((select circles.my_groups())::uuid[])
    and (author_id = (select core.current_user_id()) or group_id = any ((select circles.led_groups())::uuid[])));
create policy seen on circles.replies for select to app_user using (circles.group_of(thread_id) is not null);
create policy written on circles.replies for insert to app_user
  with check (circles.group_of(thread_id) is not null and author_id = (select core.current_user_id()));
create policy taken_back on circles.replies for delete to app_user
  using (circles.group_of(thread_id) is not null and (author_id = (select core.current_user_id())
    or circles.group_of(thread_id) = any ((select circles.led_groups())::uuid[])));
create policy seen on circles.attachments for select to app_user using (circles.group_of(thread_id) is not null);
create policy written on circles.attachments for insert to app_user
  with check (circles.group_of(thread_id) is not null and author_id = (select core.current_user_id()));
create policy taken_back on circles.attachments for delete to app_user
  using (circles.group_of(thread_id) is not null and (author_id = (select core.current_user_id())
    or circles.group_of(thread_id) = any ((select circles.led_groups())::uuid[])));
create policy seen on circles.attachment_downloads for select to app_user
  using (exists (select 1 from circles.attachments a where a.id = attachment_id));
create policy fetched on circles.attachment_downloads for insert to app_user
  with check (user_id = (select core.current_user_id()) and exists (select 1 from circles.attachments a where a.id = attachment_id));
create policy seen on circles.group_quotas for select to app_user using (group_id = any ((select circles.my_groups())::uuid[]));

grant insert on circles.groups, circles.members, circles.key_epochs, circles.membership_events, circles.threads,
  circles.replies, circles.attachments, circles.attachment_downloads to app_user;
grant update (encrypted_name, invite_code, key_epoch) on circles.groups to app_user;
grant update (encrypted_group_key, key_epoch, role) on circles.members to app_user;
grant delete on circles.groups, circles.members, circles.threads, circles.replies, circles.attachments to app_user;

-- migrate:down
drop table circles.group_quotas, circles.attachment_downloads, circles.attachments, circles.replies, circles.threads,
  circles.membership_events, circles.key_epochs, circles.members, circles.groups;
drop function circles.start_quota(), circles.count_attachment(), circles.uncount_thread(), circles.sign_name(),
  circles.hand_over(), circles.my_groups(), circles.led_groups(), circles.is_founder(uuid), circles.group_of(uuid);
drop schema circles;
