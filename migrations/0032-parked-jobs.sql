-- Work that the engine died over again and again is set aside until a person starts it again.

-- migrate:up
alter table meta.jobs add column suspicion integer not null default 0;
comment on column meta.jobs.suspicion is 'How much points at it as what ended the engine; 0 again as soon as it gets something done.';
alter table meta.jobs drop constraint jobs_status_check;
alter table meta.jobs add constraint jobs_status_check
  check (status in ('queued', 'running', 'done', 'failed', 'cancelled', 'parked'));
comment on column meta.jobs.status is 'queued, running, done, failed, cancelled, or parked: the engine died over it.';

-- migrate:down
update meta.jobs set status = 'queued' where status = 'parked';
alter table meta.jobs drop constraint jobs_status_check;
alter table meta.jobs add constraint jobs_status_check
  check (status in ('queued', 'running', 'done', 'failed', 'cancelled'));
comment on column meta.jobs.status is 'queued, running, done, failed or cancelled.';
alter table meta.jobs drop column suspicion;
