/** The timeline, what is selected in it, and the search. */
export const timeline = {
  'timeline.grid': 'Photos by day',
  'timeline.emptyTitle': 'Nothing here yet.',
  'timeline.emptyLead': 'Drop photos or folders anywhere in this window. They are copied, never changed.',
  'timeline.emptyBrowserLead':
    'Tell Coffer which folder on this computer to bring in. Photos are copied, never changed.',
  'timeline.importFolder': 'Import a folder…',
  'timeline.importFiles': 'Import files…',
  'timeline.undated': 'No date',
  'timeline.undatedDay': 'Photos whose date is unknown',
  'timeline.tile': '{filename}, {date}',
  'timeline.zoom': 'Size of the photos',

  'scrubber.label': 'Place in the timeline',

  'jump.title': 'Go to date',
  'jump.date': 'Date',
  'jump.go': 'Go',
  'jump.undated': 'Photos without a date',

  'memories.title': 'On this day',
  'memories.years': '{years, plural, one {# year ago} other {# years ago}}',

  'select.bar': 'What to do with the selection',
  'select.one': 'Select {filename}',
  'select.day': 'Select all of {day}',
  'select.count': '{count, plural, one {# selected} other {# selected}}',
  'select.clear': 'Clear the selection',

  'search.title': 'Search',
  'search.field': 'Caption, place, tag, folder, camera, or a date such as June 2024',
  'search.filters': 'Only',
  'search.photos': 'Photos',
  'search.videos': 'Videos',
  'search.favourites': 'Favourites',
  'search.lead':
    'Type words from captions, names, folders and tags, where it was (Berlin, Germany), when (2024, June 2024, 15 June 2024) and what it is (video, 5 stars).',
  'search.tags': 'Your tags',
  'search.found': 'Photos found',
  'search.more': 'More than {count, number} photos',
  'search.nothing': 'Nothing was found',
  'search.instead': 'Did you mean “{words}”?',
  'search.nothingLead': 'No photo has all of these words. Fewer or shorter words find more.',
} as const
