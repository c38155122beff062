-- One record of what is hurt, written by every look at originals; and why no backup has brought one back.

-- migrate:up
alter table meta.scrubs add column unhealed text check (unhealed in ('no-backup', 'needs-key', 'unreachable', 'elsewhere'));
comment on column meta.scrubs.unhealed is 'Why it was not brought back: no backup has it; one needs its key; one cannot be reached; it lies outside the vault. Null: nobody tried.';
create index scrubs_hurt on meta.scrubs (user_id) where problem is not null;

-- migrate:down
drop index meta.scrubs_hurt;
alter table meta.scrubs drop column unhealed;
