-- The number a line of the log has over all people is nobody's to read; in the shape of the seed it is the place in the
-- person's own log.

-- migrate:up
create or replace view hypernet.audit_log with (security_invoker = true) as
  select number as id, user_id, action, resource_type, resource_id, ip_address, user_agent, details, created_at
  from core.audit_log;

-- migrate:down
create or replace view hypernet.audit_log with (security_invoker = true) as
  select id, user_id, action, resource_type, resource_id, ip_address, user_agent, details, created_at from core.audit_log;
