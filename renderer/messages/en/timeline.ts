/** The timeline, what is selected in it, and the search. */
export const timeline = {
  'timeline.grid': 'Photos by day',
  'timeline.emptyTitle': 'Nothing here yet.',
  'timeline.emptyLead': 'Drop photos or folders anywhere in this window. They are copied, never changed.',
  'timeline.emptyBrowserLead': 'Tell Coffer which folder on this computer to import. Photos are copied, never changed.',
  'timeline.importFolder': 'Import a folder…',
  'timeline.importFiles': 'Import files…',
  'timeline.undated': 'No date',
  'timeline.undatedDay': 'Photos without a date',
  'timeline.tile': '{filename}, {date}',
  'timeline.zoom': 'Photo size',

  'scrubber.label': 'Position in the timeline',

  'jump.title': 'Go to date',
  'jump.date': 'Date',
  'jump.go': 'Go',
  'jump.undated': 'Photos without a date',

  'memories.title': 'On this day',
  'memories.years': '{years, plural, one {# year ago} other {# years ago}}',

  'select.bar': 'Actions for the selection',
  'select.one': 'Select {filename}',
  'select.day': 'Select all of {day}',
  'select.count': '{count, plural, one {# selected} other {# selected}}',
  'select.clear': 'Clear selection',

  'search.title': 'Search',
  'search.field': 'Caption, place, tag, folder, camera, or a date such as June 2024',
  'search.filters': 'Show only',
  'search.photos': 'Photos',
  'search.videos': 'Videos',
  'search.favourites': 'Favourites',
  'search.lead':
    'Type words from captions, names, folders and tags; where a photo was taken (Berlin, Germany); when (2024, June 2024, 15 June 2024); or what it is (video, 5 stars).',
  'search.tags': 'Your tags',
  'search.found': 'Photos found',
  'search.more': 'More than {count, number} photos',
  'search.nothing': 'Nothing found',
  'search.instead': 'Did you mean “{words}”?',
  'search.nothingLead': 'No photo matches all of these words. Try fewer or shorter words.',
} as const
