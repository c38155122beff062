-- What an import made besides photos, so that undoing it takes exactly that away.

-- migrate:up
create table meta.import_records (
  import_id uuid not null references meta.imports (id) on delete cascade,
  user_id uuid not null references core.users (id) on delete cascade,
  object_type text not null,
  object_id uuid not null,
  primary key (import_id, object_id)
);
comment on table meta.import_records is 'Objects that an import made and that are no photos: albums, tags, notes, links …';
comment on column meta.import_records.import_id is 'By which import.';
comment on column meta.import_records.user_id is 'For whom.';
comment on column meta.import_records.object_type is 'Type of the object.';
comment on column meta.import_records.object_id is 'The object; it may have been deleted since.';
create index import_records_user on meta.import_records (user_id);
call core.protect('meta.import_records');
grant select on meta.import_records to app_user;
grant select, insert, update, delete on meta.import_records to app_service;

-- migrate:down
drop table meta.import_records;
