/** Stands in every repository, for anyone who finds it without Coffer. */
export const readme = `This folder is an encrypted backup made by Coffer (https://github.com/coffer-vault/coffer).
It holds photos, videos and the database that describes them. Do not change or rename anything in it.

To restore it with Coffer: install Coffer, choose "Restore from a backup", pick this folder.

To restore it without Coffer you need three free programs: age, tar and psql (PostgreSQL 15 or newer
with its extension pg_trgm, part of postgresql-contrib).

  1. Get the key. It asks for the passphrase of the backup:
       age -d -o key.txt keys/passphrase.age
     With a printed recovery key instead, put it in recovery.txt and run:
       age -d -i recovery.txt -o key.txt keys/recovery.age
     Any other file in keys opens in the same way with the age key of the person it is named after.

  2. Make an empty folder, go into it, and unpack all originals (BACKUP is this folder):
       for f in BACKUP/data/*/*.age; do age -d -i key.txt "$f" | tar -x; done

  3. Unpack one snapshot. Each file in snapshots/ is the state of one day:
       age -d -i key.txt BACKUP/snapshots/NAME.age | tar -xz
     snapshot.json says which day it is from. files.jsonl lists every photo with its name.

  4. Put the originals in their places:
       sh place.sh

  5. Restore the database, if you want more than the files:
       createdb coffer
       psql -d coffer -v ON_ERROR_STOP=1 -f database.sql

Every file in data, index and snapshots is named after the SHA-256 of its contents. To find damage without any key:
       sha256sum data/*/*.age        (each sum must be the name of its file)
`
