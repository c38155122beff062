import type { Connection } from '../connection/connection.ts'

/**
 * Functions of PostgreSQL that a person's own statement may call, by name. All of them compute from their arguments, from the clock
 * or from the catalogue, which is the same for everybody; none tells what others do, waits, writes, or runs a text as SQL.
 * Operators and casts are allowed as such, where their types are.
 */
const names = `
  abs acos acosd acosh asin asind asinh atan atan2 atan2d atand atanh cbrt ceil ceiling cos cosd cosh cot cotd degrees div
  erf erfc exp factorial floor gamma gcd lcm lgamma ln log log10 min_scale mod pi power radians random round scale sign sin
  sind sinh sqrt tan tand tanh trim_scale trunc width_bucket

  ascii bit_count bit_length btrim casefold char_length character_length chr concat concat_ws convert_from convert_to crc32
  crc32c decode encode format get_bit get_byte initcap left length lower lpad ltrim md5 normalize octet_length overlay
  parse_ident position quote_ident quote_literal quote_nullable regexp_count regexp_instr regexp_like regexp_match
  regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr repeat replace reverse right rpad
  rtrim set_bit set_byte sha224 sha256 sha384 sha512 similar_to_escape split_part starts_with string_to_array
  string_to_table strpos substr substring to_ascii to_bin to_hex to_oct translate unicode_assigned unistr upper

  age clock_timestamp date date_add date_bin date_part date_subtract date_trunc extract interval isfinite justify_days
  justify_hours justify_interval make_date make_interval make_time make_timestamp make_timestamptz now overlaps
  statement_timestamp time timeofday timestamp timestamptz timetz timezone to_char to_date to_number to_timestamp
  transaction_timestamp

  bool bpchar float4 float8 int2 int4 int8 name numeric oid text uuid varchar
  gen_random_uuid uuid_extract_timestamp uuid_extract_version uuidv4 uuidv7

  array_agg array_append array_cat array_dims array_fill array_length array_lower array_ndims array_position array_positions
  array_prepend array_remove array_replace array_reverse array_sample array_shuffle array_sort array_to_string array_upper
  cardinality generate_series generate_subscripts trim_array unnest

  array_to_json json_agg json_agg_strict json_array_elements json_array_elements_text json_array_length json_build_array
  json_build_object json_each json_each_text json_extract_path json_extract_path_text json_object json_object_agg
  json_object_agg_strict json_object_agg_unique json_object_agg_unique_strict json_object_keys json_populate_record
  json_populate_recordset json_strip_nulls json_to_record json_to_recordset json_typeof jsonb_agg jsonb_agg_strict
  jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_concat
  jsonb_contains jsonb_delete jsonb_delete_path jsonb_each jsonb_each_text jsonb_exists jsonb_exists_all jsonb_exists_any
  jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object jsonb_object_agg jsonb_object_agg_strict
  jsonb_object_agg_unique jsonb_object_agg_unique_strict jsonb_object_keys jsonb_path_exists jsonb_path_exists_tz
  jsonb_path_match jsonb_path_match_tz jsonb_path_query jsonb_path_query_array jsonb_path_query_array_tz
  jsonb_path_query_first jsonb_path_query_first_tz jsonb_path_query_tz jsonb_populate_record jsonb_populate_recordset
  jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_typeof row_to_json to_json
  to_jsonb

  any_value avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop covar_samp every max min mode percentile_cont
  percentile_disc range_agg range_intersect_agg regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx
  regr_sxy regr_syy stddev stddev_pop stddev_samp string_agg sum var_pop var_samp variance
  cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number
  num_nonnulls num_nulls

  array_to_tsvector get_current_ts_config numnode phraseto_tsquery plainto_tsquery querytree setweight strip to_tsquery
  to_tsvector ts_delete ts_filter ts_headline ts_rank ts_rank_cd tsquery_phrase tsvector_to_array websearch_to_tsquery

  box circle center diagonal diameter height isclosed isopen line lseg npoints path point polygon radius slope width area
  isempty lower_inc lower_inf multirange range_merge upper_inc upper_inf
  daterange datemultirange int4range int8range numrange tsrange tstzrange
  abbrev broadcast family host hostmask inet_merge inet_same_family masklen netmask network set_masklen

  col_description current_database current_schema current_schemas format_type has_any_column_privilege has_column_privilege
  has_schema_privilege has_table_privilege obj_description pg_column_size pg_get_constraintdef pg_get_expr pg_get_indexdef
  pg_get_viewdef pg_size_bytes pg_size_pretty pg_table_is_visible pg_type_is_visible pg_typeof to_regclass to_regtype version
`

/** Our own, and what policies written for Supabase ask. */
const ours = ['core.current_user_id()', 'auth.uid()']

/**
 * Types that stand for the server's own doings: numbers of transactions, places of rows and of the log, rights, texts of XML
 * that are read by another program. No function or operator that takes or gives one is allowed.
 */
const closedTypes = [
  'aclitem',
  'aclitem[]',
  'cid',
  'cstring',
  'internal',
  'pg_lsn',
  'pg_snapshot',
  'refcursor',
  'tid',
  'txid_snapshot',
  'xid',
  'xid8',
  'xml',
]

/** Numbers by which this server knows the functions that are allowed. */
export async function allowedFunctions(connection: Connection): Promise<ReadonlySet<number>> {
  const { rows } = await connection.query(
    `with closed as (select to_regtype(name)::oid as type from unnest($2::text[]) name)
     select p.oid::bigint as id from pg_catalog.pg_proc p
     where p.prokind in ('f', 'a', 'w')
       and not exists (select from closed where type = any (p.proargtypes::oid[]) or type = p.prorettype
                                             or type = any (p.proallargtypes))
       and (p.pronamespace = 'pg_catalog'::regnamespace
              and (p.proname = any ($1::text[])
                   or p.provolatile <> 'v' and (exists (select from pg_catalog.pg_operator where oprcode = p.oid)
                                                or exists (select from pg_catalog.pg_cast where castfunc = p.oid)))
            or p.provolatile <> 'v' and exists (
                 select from pg_catalog.pg_depend d join pg_catalog.pg_extension e on e.oid = d.refobjid
                 where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
                   and d.refclassid = 'pg_catalog.pg_extension'::regclass and e.extname = 'pg_trgm')
            or p.oid = any (select to_regprocedure(name)::oid from unnest($3::text[]) name))`,
    [names.trim().split(/\s+/), closedTypes, ours],
  )
  return new Set((rows as { id: number }[]).map((row) => row.id))
}

/** Names functions for a sentence, as `age(xid)`. */
export async function nameFunctions(connection: Connection, ids: readonly number[]): Promise<string[]> {
  const { rows } = await connection.query(
    `select p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')' as name
     from pg_catalog.pg_proc p where p.oid = any ($1::oid[]) order by 1`,
    [ids],
  )
  return (rows as { name: string }[]).map((row) => row.name)
}
