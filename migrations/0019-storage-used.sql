-- What a person keeps, counted in the transaction that writes: originals in the vault, those in the trash too, since their
-- bytes are on the disk until they are deleted for good. Files that are only indexed where they lie count nothing.

-- migrate:up
comment on column core.users.storage_used is 'Bytes of originals kept for this person, those in the trash included.';

create policy counting on core.users to current_user using (true) with check (true);

create function core.count_storage() returns trigger language plpgsql security definer set search_path = pg_catalog as
$$
begin
  if tg_op = 'INSERT' then
    update core.users u set storage_used = u.storage_used + d.bytes
      from (select user_id, sum(size) as bytes from fresh where storage = 'vault' group by 1) d where u.id = d.user_id;
  elsif tg_op = 'DELETE' then
    update core.users u set storage_used = greatest(u.storage_used - d.bytes, 0)
      from (select user_id, sum(size) as bytes from gone where storage = 'vault' group by 1) d where u.id = d.user_id;
  else
    update core.users u set storage_used = greatest(u.storage_used + d.bytes, 0)
      from (select user_id, sum(bytes) as bytes from (
              select user_id, size as bytes from fresh where storage = 'vault'
              union all select user_id, -size from gone where storage = 'vault') e
            group by 1 having sum(bytes) <> 0) d
      where u.id = d.user_id;
  end if;
  return null;
end $$;
comment on function core.count_storage() is 'Keeps storage_used beside the media.';
create trigger storage_insert after insert on vault.media referencing new table as fresh
  for each statement execute function core.count_storage();
create trigger storage_update after update on vault.media referencing new table as fresh old table as gone
  for each statement execute function core.count_storage();
create trigger storage_delete after delete on vault.media referencing old table as gone
  for each statement execute function core.count_storage();

update core.users u set storage_used =
  (select coalesce(sum(size), 0) from vault.media m where m.user_id = u.id and m.storage = 'vault');

-- migrate:down
drop trigger storage_insert on vault.media;
drop trigger storage_update on vault.media;
drop trigger storage_delete on vault.media;
drop function core.count_storage();
drop policy counting on core.users;
comment on column core.users.storage_used is 'Bytes of originals kept for this person.';
