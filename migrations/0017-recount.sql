-- The derived tables are kept by triggers and cannot drift; a damaged disk or a hand in the database can make them wrong all
-- the same. This looks, and puts right what is not.

-- migrate:up
create function read.recount() returns text[] language plpgsql security definer set search_path = pg_catalog as
$$
declare
  wrong text[] := '{}';
begin
  lock table vault.media, core.links, vault.albums, vault.tags in share row exclusive mode;

  if exists (
    (select user_id, day, media_count from read.media_day_counts where media_count <> 0)
    except (select user_id, coalesce(taken_local::date, 'infinity'), count(*) from vault.media where deleted_at is null group by 1, 2))
    or exists (
    (select user_id, coalesce(taken_local::date, 'infinity'), count(*) from vault.media where deleted_at is null group by 1, 2)
    except (select user_id, day, media_count from read.media_day_counts)) then
    delete from read.media_day_counts;
    insert into read.media_day_counts (user_id, day, media_count)
      select user_id, coalesce(taken_local::date, 'infinity'), count(*) from vault.media where deleted_at is null group by 1, 2;
    wrong := wrong || 'days'::text;
  end if;

  if exists (
    select 1 from (select user_id, count(*) filter (where deleted_at is null) as live,
        coalesce(sum(size) filter (where deleted_at is null), 0) as bytes, count(*) filter (where deleted_at is not null) as trashed
      from vault.media group by 1) m full join read.user_totals t using (user_id)
    where coalesce(m.live, 0) <> coalesce(t.media_count, 0) or coalesce(m.bytes, 0) <> coalesce(t.bytes, 0)
      or coalesce(m.trashed, 0) <> coalesce(t.trashed_count, 0)) then
    delete from read.user_totals;
    insert into read.user_totals (user_id, media_count, bytes, trashed_count)
      select user_id, count(*) filter (where deleted_at is null), coalesce(sum(size) filter (where deleted_at is null), 0),
             count(*) filter (where deleted_at is not null) from vault.media group by 1;
    wrong := wrong || 'totals'::text;
  end if;

  update vault.albums a set media_count = n.n
    from (select b.id, count(m.id) as n from vault.albums b
          left join core.links l on l.from_object_id = b.id and l.link_type = 'contains' and l.deleted_at is null
          left join vault.media m on m.id = l.to_object_id and m.deleted_at is null group by 1) n
    where n.id = a.id and a.media_count <> n.n;
  if found then wrong := wrong || 'albums'::text; end if;

  if exists (
    select 1 from (select user_id, zoom, floor((longitude + 180) / 360 * (1 << zoom))::integer as x,
        floor((latitude + 90) / 360 * (1 << zoom))::integer as y, count(*) as n, sum(round(latitude * 1e6)) as lat,
        sum(round(longitude * 1e6)) as lon
      from vault.media, unnest('{2,5,8,11,14}'::smallint[]) zoom
      where deleted_at is null and latitude is not null and longitude is not null group by 1, 2, 3, 4) m
    full join read.geo_cells c using (user_id, zoom, x, y)
    where coalesce(m.n, 0) <> coalesce(c.media_count, 0) or coalesce(m.lat, 0) <> coalesce(c.latitude_sum, 0)
      or coalesce(m.lon, 0) <> coalesce(c.longitude_sum, 0)) then
    delete from read.geo_cells;
    insert into read.geo_cells (user_id, zoom, x, y, media_count, latitude_sum, longitude_sum)
      select user_id, zoom, floor((longitude + 180) / 360 * (1 << zoom)), floor((latitude + 90) / 360 * (1 << zoom)),
             count(*), sum(round(latitude * 1e6)), sum(round(longitude * 1e6))
      from vault.media, unnest('{2,5,8,11,14}'::smallint[]) zoom
      where deleted_at is null and latitude is not null and longitude is not null group by 1, 2, 3, 4;
    wrong := wrong || 'map'::text;
  end if;

  create temporary table words_before on commit drop as select user_id, word, media_id, tag_id, taken_local from read.media_tags;
  delete from read.media_tags;
  perform read.retag(array(select id from vault.media where metadata ? 'tags' and deleted_at is null
    union select from_object_id from core.links where link_type = 'tagged_with' and from_object_type = 'media'));
  if exists (select * from pg_temp.words_before except select user_id, word, media_id, tag_id, taken_local from read.media_tags)
     or exists (select user_id, word, media_id, tag_id, taken_local from read.media_tags except select * from pg_temp.words_before) then
    wrong := wrong || 'words'::text;
  end if;
  drop table pg_temp.words_before;
  return wrong;
end $$;
comment on function read.recount() is 'Holds the derived tables against a recount and puts right what differs; names what did.';
revoke execute on function read.recount() from public;
grant execute on function read.recount() to app_service;

-- migrate:down
drop function read.recount();
