/** What is changed for many photos at once: tags, dates, places, favourites; and copies of them. */
export const editing = {
  'tags.edit': 'Tags',
  'tags.title': '{count, plural, one {Tags of the photo} other {Tags of # photos}}',
  'tags.find': 'Find a tag, or type a new one',
  'tags.found': 'Tags',
  'tags.new': 'New tag “{name}”',
  'tags.onAll': 'on all',
  'tags.onSome': '{count} of {total}',
  'tags.done': 'Done',
  'tags.added':
    '{count, plural, =0 {All of them already have the tag “{name}”.} one {# photo now has the tag “{name}”.} other {# photos now have the tag “{name}”.}}',
  'tags.removed':
    '{count, plural, one {# photo no longer has the tag “{name}”.} other {# photos no longer have the tag “{name}”.}}',

  'copies.save': 'Save copies…',
  'copies.title': '{count, plural, one {Save a copy of the photo} other {Save copies of # photos}}',
  'copies.to': 'Folder',
  'copies.start': 'Save copies',
  'copies.lead':
    'The originals are copied unchanged, under their own names, next to whatever is already in the folder. Tags, captions and ratings are saved with them as XMP files.',

  'dates.edit': 'Date and time',
  'dates.title': '{count, plural, one {Date of the photo} other {Dates of # photos}}',
  'dates.between': 'From {from} to {to}',
  'dates.how': 'How to change them',
  'dates.shift': 'Shift all by the same amount',
  'dates.shiftHint': 'For a camera whose clock was wrong: correct the first photo, and the others follow.',
  'dates.same': 'Give all the same date',
  'dates.sameHint': 'For scans and pictures without a meaningful date.',
  'dates.first': 'Correct date and time of the first photo',
  'dates.later': 'All move {time} later.',
  'dates.earlier': 'All move {time} earlier.',
  'dates.imported': 'As imported',
  'dates.none': 'No date',
  'dates.change': 'Change',
  'dates.changed':
    '{count, plural, =0 {No date had to be changed.} one {The date of # photo was changed.} other {The dates of # photos were changed.}}',

  'places.edit': 'Place',
  'places.add': 'Add a place…',
  'places.title': '{count, plural, one {Place of the photo} other {Place of # photos}}',
  'places.find': 'Town, or latitude and longitude',
  'places.found': 'Places',
  'places.hint':
    'A town, “Paris, Texas”, or coordinates such as 48.8584, 2.2945. Nothing is looked up on the internet.',
  'places.nothing':
    'There is no town with that name in the list that comes with Coffer. Coordinates work for any place.',
  'places.set': 'Set place',
  'places.other': 'Another place',
  'places.imported': 'As imported',
  'places.none': 'No place',
  'places.changed':
    '{count, plural, =0 {No place had to be changed.} one {The place of # photo was changed.} other {The places of # photos were changed.}}',
  'places.at': '{town}',
  'places.near': 'Near {town}',

  'favourites.marked': '{count, plural, one {# photo is now a favourite.} other {# photos are now favourites.}}',
  'favourites.unmarked':
    '{count, plural, one {# photo is no longer a favourite.} other {# photos are no longer favourites.}}',
} as const
