-- A date of which only the day, the month or the year is known says so, and is never filled up with another date.

-- migrate:up
alter table vault.media add column taken_precision text
  constraint media_taken_precision_check check (taken_precision in ('year', 'month', 'day'));
comment on column vault.media.taken_precision is
  'How far the date is known when its clock time is not; taken_local is then that day, or the middle of the month or year.';
drop trigger keep_version on vault.media;
call core.versioned('vault.media',
  '{taken_local,taken_precision,taken_at,utc_offset_minutes,taken_source,taken_confidence,latitude,longitude,altitude_m,description,rating,is_favorite,metadata}');

-- migrate:down
drop trigger keep_version on vault.media;
alter table vault.media drop column taken_precision;
call core.versioned('vault.media',
  '{taken_local,taken_at,utc_offset_minutes,taken_source,taken_confidence,latitude,longitude,altitude_m,description,rating,is_favorite,metadata}');
