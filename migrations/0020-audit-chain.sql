-- The audit log becomes a chain: each line carries a hash of itself and of the line before it, so a line that was changed,
-- taken out or put in is noticed. Every person has a chain of their own, numbered without gaps, so that nobody's numbers
-- tell how much somebody else did, and a closed account leaves the other chains whole.

-- migrate:up
alter table core.audit_log
  add column chain uuid,
  add column number bigint,
  add column outcome text not null default 'done' check (outcome in ('done', 'refused', 'failed'));
comment on column core.audit_log.chain is 'Whose log it is in; stays when the account is gone, so it refers to nothing.';
comment on column core.audit_log.number is 'Place in that log, without gaps.';
comment on column core.audit_log.outcome is 'How it ended.';

create table core.audit_heads (
  chain uuid primary key,
  entries bigint not null,
  hash text not null
);
comment on table core.audit_heads is 'The end of each chain of the audit log, so that lines cut off at the end are noticed.';
comment on column core.audit_heads.chain is 'Of whose log.';
comment on column core.audit_heads.entries is 'Lines it has.';
comment on column core.audit_heads.hash is 'Hash of the last one.';
alter table core.audit_heads enable row level security;
alter table core.audit_heads force row level security;
create policy owner on core.audit_heads to app_user using (chain = (select core.current_user_id()));
create policy service on core.audit_heads to app_service using (true);
create policy chaining on core.audit_heads to current_user using (true) with check (true);
create policy chaining on core.audit_log to current_user using (true) with check (true);
grant select on core.audit_heads to app_user, app_service;

create function core.audit_hash(previous text, line core.audit_log) returns text
  language sql stable set search_path = pg_catalog as
$$
  select encode(sha256(convert_to(jsonb_build_array(previous, line.chain, line.number, line.action, line.resource_type,
    line.resource_id, host(line.ip_address), line.user_agent, line.details, line.outcome,
    to_char(line.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text, 'UTF8')), 'hex')
$$;
comment on function core.audit_hash(text, core.audit_log) is 'SHA-256 over the hash of the line before and what a line says.';

-- Locks the end of the chain, so that two lines written at once stand one after the other.
create function core.chain_audit() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
declare
  head core.audit_heads;
begin
  new.chain := coalesce(new.user_id, '00000000-0000-0000-0000-000000000000');
  insert into core.audit_heads (chain, entries, hash) values (new.chain, 0, '') on conflict (chain) do nothing;
  select * into head from core.audit_heads where chain = new.chain for update;
  new.number := head.entries + 1;
  new.prev_hash := nullif(head.hash, '');
  new.hash := core.audit_hash(new.prev_hash, new);
  update core.audit_heads set entries = new.number, hash = new.hash where chain = new.chain;
  return new;
end $$;
comment on function core.chain_audit() is 'Puts a new line of the audit log at the end of its chain.';

do $$
declare
  line core.audit_log;
  head core.audit_heads;
begin
  for line in select * from core.audit_log order by id loop
    line.chain := coalesce(line.user_id, '00000000-0000-0000-0000-000000000000');
    insert into core.audit_heads (chain, entries, hash) values (line.chain, 0, '') on conflict (chain) do nothing;
    select * into head from core.audit_heads where chain = line.chain;
    line.number := head.entries + 1;
    line.hash := core.audit_hash(nullif(head.hash, ''), line);
    update core.audit_log set chain = line.chain, number = line.number, prev_hash = nullif(head.hash, ''), hash = line.hash
      where id = line.id;
    update core.audit_heads set entries = line.number, hash = line.hash where chain = line.chain;
  end loop;
end $$;

alter table core.audit_log
  alter column chain set not null,
  alter column number set not null,
  alter column hash set not null;
create unique index audit_log_chain on core.audit_log (chain, number desc);
create trigger audit_chain before insert on core.audit_log for each row execute function core.chain_audit();
grant execute on function core.audit_hash(text, core.audit_log) to app_user, app_service;

-- The number over all people would tell each how much the others do.
revoke select, insert on core.audit_log from app_user;
grant select (user_id, action, resource_type, resource_id, ip_address, user_agent, details, prev_hash, hash, created_at,
  chain, number, outcome) on core.audit_log to app_user;
grant insert (user_id, action, resource_type, resource_id, ip_address, user_agent, details, outcome) on core.audit_log
  to app_user;
-- In the shape of the seed it is the place in the person's own log.
create or replace view hypernet.audit_log with (security_invoker = true) as
  select number as id, user_id, action, resource_type, resource_id, ip_address, user_agent, details, created_at
  from core.audit_log;

-- migrate:down
create or replace view hypernet.audit_log with (security_invoker = true) as
  select id, user_id, action, resource_type, resource_id, ip_address, user_agent, details, created_at from core.audit_log;
revoke select (user_id, action, resource_type, resource_id, ip_address, user_agent, details, prev_hash, hash, created_at,
  chain, number, outcome), insert (user_id, action, resource_type, resource_id, ip_address, user_agent, details, outcome)
  on core.audit_log from app_user;
grant select, insert on core.audit_log to app_user;
drop trigger audit_chain on core.audit_log;
drop index core.audit_log_chain;
alter table core.audit_log alter column hash drop not null;
drop function core.chain_audit();
drop function core.audit_hash(text, core.audit_log);
drop policy chaining on core.audit_log;
drop table core.audit_heads;
alter table core.audit_log drop column chain, drop column number, drop column outcome;
update core.audit_log set prev_hash = null, hash = null;
