-- Sessions: one row for each sign-in, with the refresh tokens it has had. A token is good once; one that comes a second
-- time was stolen, and ends its whole session. Failed sign-ins are counted beside the person, so that guessing is as slow
-- after a restart as before it.

-- migrate:up
alter table core.users
  add column failed_sign_ins integer not null default 0 check (failed_sign_ins >= 0),
  add column sign_in_after timestamptz;
comment on column core.users.failed_sign_ins is 'Sign-ins that failed since the last that went well.';
comment on column core.users.sign_in_after is 'Before this moment no password is looked at; null is now.';

create table core.sessions (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  client text not null check (client in ('window', 'browser', 'command-line', 'api')),
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text check (end_reason in ('signed-out', 'everywhere', 'password', 'disabled', 'reused'))
);
comment on table core.sessions is 'Sign-ins of people, and how each ended.';
comment on column core.sessions.id is 'Key; stands in the access token.';
comment on column core.sessions.user_id is 'Whose.';
comment on column core.sessions.client is 'Signed in from: the window, a browser, the command line, or another program.';
comment on column core.sessions.created_at is 'When they signed in.';
comment on column core.sessions.last_used_at is 'When it was last renewed.';
comment on column core.sessions.expires_at is 'When it ends by itself unless it is renewed before.';
comment on column core.sessions.ended_at is 'When it was ended; null is not.';
comment on column core.sessions.end_reason is 'Why it was ended.';
create index sessions_user on core.sessions (user_id, created_at desc);
call core.protect('core.sessions');
grant select on core.sessions to app_user;
grant select, insert, update, delete on core.sessions to app_service;

-- Nobody could sign in before this, so no token of these was ever given out.
delete from core.refresh_tokens;
alter table core.refresh_tokens
  add column session_id uuid not null references core.sessions (id) on delete cascade,
  add column used_at timestamptz;
comment on column core.refresh_tokens.session_id is 'Of which session.';
comment on column core.refresh_tokens.used_at is 'When it was exchanged for the next one; null is never.';
create index refresh_tokens_session on core.refresh_tokens (session_id);

-- migrate:down
drop index core.refresh_tokens_session;
delete from core.refresh_tokens;
alter table core.refresh_tokens drop column session_id, drop column used_at;
drop table core.sessions;
alter table core.users drop column failed_sign_ins, drop column sign_in_after;
