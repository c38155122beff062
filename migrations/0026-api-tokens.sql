-- Tokens for other programs: a script or a home server asks the engine as the person who made the token, as far as its
-- scope goes, until it is revoked or expires. Like a refresh token only its hash is kept.

-- migrate:up
create table core.api_tokens (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  name text not null check (length(name) between 1 and 100),
  scope text not null check (scope in ('read', 'write', 'admin')),
  token_hash text not null unique,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);
comment on table core.api_tokens is 'Tokens with which other programs act as a person.';
comment on column core.api_tokens.id is 'Key.';
comment on column core.api_tokens.user_id is 'As whom.';
comment on column core.api_tokens.name is 'What the person calls it.';
comment on column core.api_tokens.scope is 'read: sees what the person sees; write: changes it too; admin: what administrators may as well.';
comment on column core.api_tokens.token_hash is 'SHA-256 of the token; the token itself is shown once and kept nowhere.';
comment on column core.api_tokens.created_at is 'When it was made.';
comment on column core.api_tokens.last_used_at is 'When it was last used, to the minute; null is never.';
comment on column core.api_tokens.expires_at is 'When it ends by itself; null is never.';
comment on column core.api_tokens.revoked_at is 'When it was revoked; null is not.';
create index api_tokens_user on core.api_tokens (user_id, created_at desc);
call core.protect('core.api_tokens');
grant select on core.api_tokens to app_user;
grant select, insert, update, delete on core.api_tokens to app_service;

-- migrate:down
drop table core.api_tokens;
