/** The first entry of every single-file backup, for anyone who opens it without Coffer. */
export const archiveReadme = `This is a whole vault of Coffer (https://github.com/coffer-vault/coffer): photos, videos and the database that
describes them. You have decrypted it with age and are unpacking it with tar:

       age -d FILE.tar.age | tar -x                  (asks for the passphrase)
       age -d -i key.txt FILE.tar.age | tar -x       (with an age key)

  users/          the originals, by person, year and month. files.jsonl says what each was called.
  database.sql    everything that was known about them, for PostgreSQL 15 or newer:
       createdb coffer
       psql -d coffer -v ON_ERROR_STOP=1 -f database.sql
  end.json        comes last; without it the archive is incomplete. It names originals that could not be read.

To restore it with Coffer: coffer backup restore FILE.tar.age --to FOLDER, or "Restore from a backup" in the app.
`
