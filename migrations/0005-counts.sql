-- Counts that screens need at once: media per day, totals per person, items per album. Counting a million rows takes a
-- second; these tables are kept by statement triggers in the transaction that writes, so they cannot drift.

-- migrate:up
create table read.media_day_counts (
  user_id uuid not null references core.users (id) on delete cascade,
  day date not null,
  media_count bigint not null,
  primary key (user_id, day)
);
comment on table read.media_day_counts is 'Live media per day of wall time.';
comment on column read.media_day_counts.user_id is 'Whose.';
comment on column read.media_day_counts.day is 'The day; infinity holds what has no date.';
comment on column read.media_day_counts.media_count is 'How many.';

create table read.user_totals (
  user_id uuid primary key references core.users (id) on delete cascade,
  media_count bigint not null default 0,
  bytes bigint not null default 0,
  trashed_count bigint not null default 0
);
comment on table read.user_totals is 'Sums over the media of a person.';
comment on column read.user_totals.user_id is 'Whose.';
comment on column read.user_totals.media_count is 'Live media.';
comment on column read.user_totals.bytes is 'Bytes of live originals.';
comment on column read.user_totals.trashed_count is 'Media in the trash.';

create function read.count_media() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
    if tg_op = 'INSERT' then
      insert into read.media_day_counts as c (user_id, day, media_count)
        select user_id, coalesce(taken_local::date, 'infinity'), count(*) from fresh where deleted_at is null group by 1, 2
        order by 1, 2
        on conflict (user_id, day) do update set media_count = c.media_count + excluded.media_count;
      insert into read.user_totals as t (user_id, media_count, bytes, trashed_count)
        select user_id, count(*) filter (where deleted_at is null), coalesce(sum(size) filter (where deleted_at is null), 0),
               count(*) filter (where deleted_at is not null) from fresh group by 1
        on conflict (user_id) do update set media_count = t.media_count + excluded.media_count,
          bytes = t.bytes + excluded.bytes, trashed_count = t.trashed_count + excluded.trashed_count;
    elsif tg_op = 'DELETE' then
      update read.media_day_counts c set media_count = c.media_count - d.n
        from (select user_id, coalesce(taken_local::date, 'infinity') as day, count(*) as n from gone
              where deleted_at is null group by 1, 2) d
        where c.user_id = d.user_id and c.day = d.day;
      update read.user_totals t set media_count = t.media_count - d.live, bytes = t.bytes - d.bytes,
          trashed_count = t.trashed_count - d.trashed
        from (select user_id, count(*) filter (where deleted_at is null) as live,
                     coalesce(sum(size) filter (where deleted_at is null), 0) as bytes,
                     count(*) filter (where deleted_at is not null) as trashed from gone group by 1) d
        where t.user_id = d.user_id;
    else
      insert into read.media_day_counts as c (user_id, day, media_count)
        select user_id, day, sum(n) from (
          select user_id, coalesce(taken_local::date, 'infinity') as day, 1 as n from fresh where deleted_at is null
          union all
          select user_id, coalesce(taken_local::date, 'infinity'), -1 from gone where deleted_at is null) d
        group by 1, 2 having sum(n) <> 0 order by 1, 2
        on conflict (user_id, day) do update set media_count = c.media_count + excluded.media_count;
      update read.user_totals t set media_count = t.media_count + d.live, bytes = t.bytes + d.bytes,
          trashed_count = t.trashed_count + d.trashed
        from (select user_id, sum(live) as live, sum(bytes) as bytes, sum(trashed) as trashed from (
                select user_id, (deleted_at is null)::int as live, case when deleted_at is null then size else 0 end as bytes,
                       (deleted_at is not null)::int as trashed from fresh
                union all
                select user_id, -(deleted_at is null)::int, case when deleted_at is null then -size else 0 end,
                       -(deleted_at is not null)::int from gone) e
              group by 1) d
        where t.user_id = d.user_id and (d.live <> 0 or d.bytes <> 0 or d.trashed <> 0);
      update vault.albums a set media_count = a.media_count + d.n
        from (select l.from_object_id as album, sum(m.n) as n from (
                select f.id, (f.deleted_at is null)::int - (g.deleted_at is null)::int as n
                from fresh f join gone g on g.id = f.id
                where (f.deleted_at is null) <> (g.deleted_at is null)) m
              join core.links l on l.to_object_id = m.id and l.link_type = 'contains' and l.deleted_at is null
              group by 1) d
        where a.id = d.album;
    end if;
  return null;
end $$;
comment on function read.count_media() is 'Keeps day counts, totals and album counts beside vault.media.';
create trigger count_insert after insert on vault.media referencing new table as fresh
  for each statement execute function read.count_media();
create trigger count_update after update on vault.media referencing new table as fresh old table as gone
  for each statement execute function read.count_media();
create trigger count_delete after delete on vault.media referencing old table as gone
  for each statement execute function read.count_media();

create function read.count_album_links() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  if tg_op <> 'DELETE' then
    update vault.albums a set media_count = a.media_count + d.n
      from (select l.from_object_id as album, count(*) as n from fresh l join vault.media m on m.id = l.to_object_id
            where l.link_type = 'contains' and l.deleted_at is null and m.deleted_at is null group by 1) d
      where a.id = d.album;
  end if;
  if tg_op <> 'INSERT' then
    update vault.albums a set media_count = a.media_count - d.n
      from (select l.from_object_id as album, count(*) as n from gone l join vault.media m on m.id = l.to_object_id
            where l.link_type = 'contains' and l.deleted_at is null and m.deleted_at is null group by 1) d
      where a.id = d.album;
  end if;
  return null;
end $$;
comment on function read.count_album_links() is 'Keeps album counts beside core.links.';
create trigger count_insert after insert on core.links referencing new table as fresh
  for each statement execute function read.count_album_links();
create trigger count_update after update on core.links referencing new table as fresh old table as gone
  for each statement execute function read.count_album_links();
create trigger count_delete after delete on core.links referencing old table as gone
  for each statement execute function read.count_album_links();

call core.protect('read.media_day_counts');
call core.protect('read.user_totals');
create policy counting on read.media_day_counts to current_user using (true) with check (true);
create policy counting on read.user_totals to current_user using (true) with check (true);
create policy counting on vault.albums to current_user using (true) with check (true);
create policy counting on vault.media to current_user using (true);
create policy counting on core.links to current_user using (true);
grant select on read.media_day_counts, read.user_totals to app_user, app_service;

-- migrate:down
drop policy counting on core.links;
drop policy counting on vault.media;
drop policy counting on vault.albums;
drop trigger count_insert on core.links;
drop trigger count_update on core.links;
drop trigger count_delete on core.links;
drop function read.count_album_links();
drop trigger count_insert on vault.media;
drop trigger count_update on vault.media;
drop trigger count_delete on vault.media;
drop function read.count_media();
drop table read.user_totals, read.media_day_counts;
