-- Why a file became what it did, why an import stopped and what is wrong with a watched folder are codes with what their
-- sentences need, so that whoever shows them says it in the person's language. Sentences of before become their codes.

-- migrate:up
create function meta.reason_of(sentence text) returns jsonb language plpgsql immutable as
$$
declare
  code text := case sentence
    when 'The file is empty (0 bytes).' then 'empty'
    when 'It is not there any more.' then 'gone'
    when 'Coffer is not allowed to read it.' then 'not-allowed'
    when 'Another program has it open.' then 'in-use'
    when 'Its link leads nowhere.' then 'broken-link'
    when 'The disk could not read it.' then 'disk-error'
    when 'Its path is too long for this system.' then 'path-too-long'
    when 'It is neither a file nor a folder.' then 'not-a-file'
    when 'It is still being written. Import it again later.' then 'still-written'
    when 'Coffer does not know this kind of file.' then 'unknown-kind'
    when 'The same file is in this import twice.' then 'twice-in-import'
    when 'It is in the trash.' then 'in-trash'
    when 'It was in the trash and is back.' then 'back-from-trash'
    when 'You deleted this photo for good.' then 'deleted-for-good'
    when 'It is read together with its photo.' then 'sidecar-of-photo'
    when 'The disk with the vault is full. Nothing was lost; the import goes on by itself when there is room.' then 'disk-full'
  end;
begin
  if sentence is null then return null; end if;
  if code is not null then return jsonb_build_object('code', code, 'details', '{}'::jsonb); end if;
  if sentence like 'This folder is not there, or empty.%' then code := 'folder-missing'; end if;
  if sentence like 'Coffer could not look through this folder%' then code := 'folder-unreadable'; end if;
  if sentence like 'It was read together with %' then
    return jsonb_build_object('code', 'sidecar-read',
      'details', jsonb_build_object('name', regexp_replace(sentence, '^It was read together with (.*)\.$', '\1')));
  end if;
  if code is not null then return jsonb_build_object('code', code, 'details', '{}'::jsonb); end if;
  return jsonb_build_object('code', 'noted', 'details', jsonb_build_object('text', sentence));
end $$;

alter table meta.import_items alter column reason type jsonb using meta.reason_of(reason);
alter table meta.import_items add constraint import_items_reason check (jsonb_typeof(reason -> 'code') = 'string');
comment on column meta.import_items.reason is 'Why it did not become a new item: a code, and details for its sentence.';
alter table meta.imports alter column problem type jsonb using meta.reason_of(problem);
alter table meta.imports add constraint imports_problem check (jsonb_typeof(problem -> 'code') = 'string');
comment on column meta.imports.problem is 'Why it waits or failed: a code, and details for its sentence.';
alter table meta.watched_folders alter column problem type jsonb using meta.reason_of(problem);
alter table meta.watched_folders add constraint watched_folders_problem check (jsonb_typeof(problem -> 'code') = 'string');
comment on column meta.watched_folders.problem is 'What is wrong: a code, and details for its sentence.';
comment on column vault.media.processing_error is
  'What is wrong with it, or why it has no picture: the code of a reason; of before, a sentence.';
drop function meta.reason_of(text);

-- migrate:down
comment on column vault.media.processing_error is 'What is wrong with it, or why it has no picture, in a sentence.';
alter table meta.watched_folders drop constraint watched_folders_problem;
alter table meta.watched_folders alter column problem type text using coalesce(problem -> 'details' ->> 'text', problem ->> 'code');
comment on column meta.watched_folders.problem is 'What is wrong, in a sentence.';
alter table meta.imports drop constraint imports_problem;
alter table meta.imports alter column problem type text using coalesce(problem -> 'details' ->> 'text', problem ->> 'code');
comment on column meta.imports.problem is 'Why it waits or failed.';
alter table meta.import_items drop constraint import_items_reason;
alter table meta.import_items alter column reason type text using coalesce(reason -> 'details' ->> 'text', reason ->> 'code');
comment on column meta.import_items.reason is 'Why it did not become a new item.';
