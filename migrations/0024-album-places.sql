-- A page of an album is sorted by when its items were taken. With the date beside the key in an index, an album of ten
-- thousand items in a library of a million reads that index and not ten thousand rows here and there.

-- migrate:up
create index media_places on vault.media (id) include (user_id, taken_local) where deleted_at is null;

-- migrate:down
drop index vault.media_places;
