-- The key of a vault seals what must not lie open in its database: tokens of connections, keys of backups. Until now that
-- was the key of the operating system's key store, so a machine without one could keep nothing. Now it is wrapped in as
-- many ways as there are: by the key store of a computer, and by a passphrase.

-- migrate:up
create table meta.vault_key (
  opened_by text primary key check (opened_by ~ '^(passphrase|store-[0-9a-f]{16})$'),
  sealed bytea not null,
  created_at timestamptz not null default now()
);
comment on table meta.vault_key is 'The key of this vault, sealed once for each thing that opens it.';
comment on column meta.vault_key.opened_by is 'passphrase: what the person types; store-…: the key store of one computer, by a hash of its key.';
comment on column meta.vault_key.sealed is 'The key, 32 bytes as hex: AES-256-GCM under the key of the key store, or an age file to the passphrase.';
comment on column meta.vault_key.created_at is 'When it was sealed so.';
grant select, insert, update, delete on meta.vault_key to app_service;

-- migrate:down
drop table meta.vault_key;
