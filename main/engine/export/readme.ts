/** Stands in every export, for anyone who finds it without Coffer. */
export const readme = `This folder holds photos, videos and everything that was known about them, exported by Coffer
(https://github.com/coffer-vault/coffer). Nothing in it needs Coffer.

  index.html     shows everything in a browser, without a network: open it with a double click.
  originals/     the files themselves, by year and month of the wall clock, byte for byte as they came.
                 Beside a photo may lie
                   photo.jpg.xmp                         captions, ratings, tags, albums, corrected dates and places,
                                                         as digiKam, Lightroom, darktable and Immich read them;
                   photo.jpg.supplemental-metadata.json  the same facts as Google Takeout writes them.
  sidecars/      files that other programs kept beside the photos (XMP, AAE, THM), byte for byte as they came, in
                 folders like those of originals/: copied over it, each lies beside its photo again.
  data/          what Coffer knew, one JSON object a line: media, albums, tags, links, sidecars, history, and notes,
                 contacts, tasks, events, bookmarks and all else a file each. schema.json says what each field is.
  tables/        the tables of the database as CSV and as JSON lines.
  posts/         the social archive to read, if there is one.
  exports/       what exports of services held besides pictures, as it came.

What was in the trash is in originals/ as well; data/media.jsonl says so ("deletedAt").

To bring everything back into Coffer: create a vault and import this folder. Dates, captions, ratings, favourites, albums,
tags and the trash come back with the photos, and so do notes, contacts and all other things with the links between them.
`
