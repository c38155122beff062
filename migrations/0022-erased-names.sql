-- The log of one person may name another: who was added, who gave a password. When that other is erased, their name
-- has to go, and the lines after it are chained anew. Only the owner of the database may do that: no role of the app.

-- migrate:up
create function core.forget_in_audit(name text) returns void
  language plpgsql set search_path = pg_catalog as
$$
declare
  touched uuid[];
  line core.audit_log;
  each_chain uuid;
  previous text;
begin
  with changed as (
    update core.audit_log set details = details - 'name' - 'by'
      where name in (details ->> 'name', details ->> 'by') returning chain
  )
  select array_agg(distinct chain) into touched from changed;
  foreach each_chain in array coalesce(touched, '{}') loop
    previous := null;
    for line in select * from core.audit_log where chain = each_chain order by number loop
      line.hash := core.audit_hash(previous, line);
      update core.audit_log set prev_hash = previous, hash = line.hash where id = line.id;
      previous := line.hash;
    end loop;
    update core.audit_heads set hash = previous where chain = each_chain;
  end loop;
end $$;
comment on function core.forget_in_audit(text) is 'Takes a name out of the logs of others and chains their lines anew.';
revoke execute on function core.forget_in_audit(text) from public;

-- migrate:down
drop function core.forget_in_audit(text);
