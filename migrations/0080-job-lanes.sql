-- Jobs of one kind that may run beside each other say so: one lane for each account that is synchronised, for example.

-- migrate:up
alter table meta.jobs add column lane text not null default '';
comment on column meta.jobs.lane is 'Jobs of one kind run one after another where this is the same.';

-- migrate:down
alter table meta.jobs drop column lane;
