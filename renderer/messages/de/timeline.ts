import type { timeline as english } from '../en/timeline.ts'
import type { Translation } from '../translation.ts'

export const timeline: Translation<typeof english> = {
  'timeline.grid': 'Fotos nach Tagen',
  'timeline.emptyTitle': 'Hier ist noch nichts.',
  'timeline.emptyLead':
    'Ziehen Sie Fotos oder Ordner irgendwo in dieses Fenster. Sie werden kopiert und nie verändert.',
  'timeline.emptyBrowserLead':
    'Geben Sie an, welchen Ordner dieses Computers Coffer importieren soll. Fotos werden kopiert und nie verändert.',
  'timeline.importFolder': 'Ordner importieren …',
  'timeline.importFiles': 'Dateien importieren …',
  'timeline.undated': 'Ohne Datum',
  'timeline.undatedDay': 'Fotos ohne Datum',
  'timeline.tile': '{filename}, {date}',
  'timeline.zoom': 'Größe der Fotos',

  'scrubber.label': 'Position in der Zeitleiste',

  'jump.title': 'Zu Datum springen',
  'jump.date': 'Datum',
  'jump.go': 'Springen',
  'jump.undated': 'Fotos ohne Datum',

  'memories.title': 'An diesem Tag',
  'memories.years': '{years, plural, one {vor # Jahr} other {vor # Jahren}}',

  'select.bar': 'Aktionen für die Auswahl',
  'select.one': '{filename} auswählen',
  'select.day': 'Alles auswählen: {day}',
  'select.count': '{count, plural, one {# ausgewählt} other {# ausgewählt}}',
  'select.clear': 'Auswahl aufheben',

  'search.title': 'Suche',
  'search.field': 'Bildtext, Ort, Schlagwort, Ordner, Kamera oder ein Datum wie Juni 2024',
  'search.filters': 'Nur anzeigen',
  'search.photos': 'Fotos',
  'search.videos': 'Videos',
  'search.favourites': 'Favoriten',
  'search.lead':
    'Geben Sie Wörter aus Bildtexten, Namen, Ordnern und Schlagwörtern ein; wo ein Foto entstand (Berlin, Deutschland); wann (2024, Juni 2024, 15. Juni 2024) oder was es ist (Video, 5 Sterne).',
  'search.tags': 'Ihre Schlagwörter',
  'search.found': 'Gefundene Fotos',
  'search.more': 'Mehr als {count, number} Fotos',
  'search.nothing': 'Nichts gefunden',
  'search.instead': 'Meinten Sie „{words}“?',
  'search.nothingLead': 'Auf kein Foto passen alle diese Wörter. Versuchen Sie es mit weniger oder kürzeren Wörtern.',
}
