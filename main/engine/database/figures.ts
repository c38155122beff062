import type { Connection } from './connection/connection.ts'
import type { DatabaseFigures } from './types.ts'

const ours = `nspname in ('core', 'vault', 'ingest', 'circles', 'read', 'meta')`

/** Asks the server's own statistics; nothing of ours is read, so it costs the same at any size. */
export async function databaseFigures(connection: Connection): Promise<Omit<DatabaseFigures, 'uses'>> {
  const { rows: tables } = await connection.query(
    `select c.oid::regclass::text as name, pg_total_relation_size(c.oid) as bytes, greatest(c.reltuples, 0)::bigint as rows,
            coalesce(s.n_dead_tup, 0) as "deadRows"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_stat_all_tables s on s.relid = c.oid
     where c.relkind = 'r' and ${ours} order by 2 desc, 1`,
  )
  const { rows: unusedIndexes } = await connection.query(
    `select s.indexrelid::regclass::text as name, pg_relation_size(s.indexrelid) as bytes
     from pg_stat_user_indexes s join pg_index i using (indexrelid) join pg_namespace n on n.nspname = s.schemaname
     where s.idx_scan = 0 and not i.indisunique and ${ours} order by 2 desc, 1 limit 20`,
  )
  const { rows: servers } = await connection.query(
    `select (select count(*) from pg_stat_activity where datname = current_database()) as connections,
            (select round(sum(blks_hit)::numeric / nullif(sum(blks_hit) + sum(blks_read), 0), 4) from pg_stat_database
             where datname = current_database()) as "cacheHitRatio"`,
  )
  const server = servers[0] as Pick<DatabaseFigures, 'connections' | 'cacheHitRatio'>
  return {
    tables: tables as DatabaseFigures['tables'][number][],
    unusedIndexes: unusedIndexes as DatabaseFigures['unusedIndexes'][number][],
    ...server,
  }
}
