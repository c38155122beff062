-- Row-level security hides rows, but the server's own figures (row estimates, sizes of tables, activity, transaction and
-- log positions) still tell how much others keep and do. A person's own SQL has no use for them. What waits or holds locks
-- beyond a transaction would let one person stand in the way of the rest.

-- migrate:up
do $$
declare
  hidden record;
  seen text;
begin
  for hidden in
    select oid::regprocedure as name from pg_catalog.pg_proc
    where pronamespace = 'pg_catalog'::regnamespace and prokind = 'f'
      and (proname ~ '^pg_stat_get_' or proname ~ '^pg_(database|tablespace|table|relation|total_relation|indexes)_size$'
        or proname ~ '^(pg_current_(snapshot|xact|wal)|pg_last_(committed|wal|xact)|pg_control_|txid_current|txid_status)'
        or proname ~ '^pg_(try_)?advisory_(lock|unlock)' or proname ~ '^pg_sleep'
        or proname in ('pg_xact_status', 'pg_xact_commit_timestamp', 'pg_xact_commit_timestamp_origin', 'pg_export_snapshot',
          'pg_get_multixact_members', 'pg_sequence_last_value', 'pg_lock_status', 'pg_blocking_pids',
          'pg_safe_snapshot_blocking_pids', 'pg_relation_filenode', 'pg_relation_filepath', 'pg_prepared_xact', 'pg_notify'))
  loop
    execute format('revoke execute on function %s from public', hidden.name);
  end loop;
  select string_agg(quote_ident(attname), ', ') into seen from pg_catalog.pg_attribute
  where attrelid = 'pg_catalog.pg_class'::regclass and attnum > 0 and not attisdropped
    and attname not in ('reltuples', 'relpages', 'relallvisible', 'relallfrozen', 'relfilenode', 'relfrozenxid', 'relminmxid');
  revoke select on pg_catalog.pg_stats, pg_catalog.pg_stats_ext, pg_catalog.pg_stats_ext_exprs from public;
  revoke select on pg_catalog.pg_class from public;
  execute format('grant select (%s) on pg_catalog.pg_class to public', seen);
end $$;

-- migrate:down
do $$
declare
  hidden record;
  seen text;
begin
  for hidden in
    select oid::regprocedure as name from pg_catalog.pg_proc
    where pronamespace = 'pg_catalog'::regnamespace and prokind = 'f'
      and (proname ~ '^pg_stat_get_' or proname ~ '^pg_(database|tablespace|table|relation|total_relation|indexes)_size$'
        or proname ~ '^(pg_current_(snapshot|xact|wal)|pg_last_(committed|wal|xact)|pg_control_|txid_current|txid_status)'
        or proname ~ '^pg_(try_)?advisory_(lock|unlock)' or proname ~ '^pg_sleep'
        or proname in ('pg_xact_status', 'pg_xact_commit_timestamp', 'pg_xact_commit_timestamp_origin', 'pg_export_snapshot',
          'pg_get_multixact_members', 'pg_sequence_last_value', 'pg_lock_status', 'pg_blocking_pids',
          'pg_safe_snapshot_blocking_pids', 'pg_relation_filenode', 'pg_relation_filepath', 'pg_prepared_xact', 'pg_notify'))
  loop
    execute format('grant execute on function %s to public', hidden.name);
  end loop;
  select string_agg(quote_ident(attname), ', ') into seen from pg_catalog.pg_attribute
  where attrelid = 'pg_catalog.pg_class'::regclass and attnum > 0 and not attisdropped
    and attname not in ('reltuples', 'relpages', 'relallvisible', 'relallfrozen', 'relfilenode', 'relfrozenxid', 'relminmxid');
  execute format('revoke select (%s) on pg_catalog.pg_class from public', seen);
  grant select on pg_catalog.pg_stats, pg_catalog.pg_stats_ext, pg_catalog.pg_stats_ext_exprs to public;
  grant select on pg_catalog.pg_class to public;
end $$;
