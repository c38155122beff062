-- A server that vacuums by itself moves the oldest transaction number of each database on: it tells how much everybody writes.

-- migrate:up
do $$
declare
  seen text;
begin
  select string_agg(quote_ident(attname), ', ') into seen from pg_catalog.pg_attribute
  where attrelid = 'pg_catalog.pg_database'::regclass and attnum > 0 and not attisdropped
    and attname not in ('datfrozenxid', 'datminmxid');
  revoke select on pg_catalog.pg_database from public;
  execute format('grant select (%s) on pg_catalog.pg_database to public', seen);
end $$;

-- migrate:down
do $$
declare
  seen text;
begin
  select string_agg(quote_ident(attname), ', ') into seen from pg_catalog.pg_attribute
  where attrelid = 'pg_catalog.pg_database'::regclass and attnum > 0 and not attisdropped
    and attname not in ('datfrozenxid', 'datminmxid');
  execute format('revoke select (%s) on pg_catalog.pg_database from public', seen);
  grant select on pg_catalog.pg_database to public;
end $$;
