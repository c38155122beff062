-- What could not be read in the time or memory it gets is kept, and read again when there is nothing else to do.

-- migrate:up
alter table meta.imports add column later integer not null default 0;
comment on column meta.imports.later is 'Kept, not read yet.';
alter table meta.import_items drop constraint import_items_outcome_check;
alter table meta.import_items add constraint import_items_outcome_check
  check (outcome in ('waiting', 'added', 'duplicate', 'stacked', 'unsupported', 'damaged', 'later', 'failed'));
create index media_unread on vault.media (user_id, id) where processing_status = 'pending' and deleted_at is null;
create index import_items_later on meta.import_items (media_id) where outcome = 'later';
comment on column vault.media.processing_status is
  'pending: not read yet, tried again when idle; failed: kept, but pixels are missing.';
comment on column vault.media.processing_error is 'What is wrong with it, or why it has no picture, in a sentence.';

-- migrate:down
comment on column vault.media.processing_error is 'Why not, in a sentence.';
comment on column vault.media.processing_status is 'failed: kept, but no good picture could be made.';
drop index meta.import_items_later;
drop index vault.media_unread;
update meta.import_items set outcome = 'damaged' where outcome = 'later';
update meta.imports set damaged = damaged + later;
alter table meta.import_items drop constraint import_items_outcome_check;
alter table meta.import_items add constraint import_items_outcome_check
  check (outcome in ('waiting', 'added', 'duplicate', 'stacked', 'unsupported', 'damaged', 'failed'));
alter table meta.imports drop column later;
