import type { timeline as english } from '../en/timeline.ts'
import type { Translation } from '../translation.ts'

export const timeline: Translation<typeof english> = {
  'timeline.grid': 'Fotos nach Tagen',
  'timeline.emptyTitle': 'Hier ist noch nichts.',
  'timeline.emptyLead':
    'Ziehen Sie Fotos oder Ordner irgendwo in dieses Fenster. Sie werden kopiert und nie verändert.',
  'timeline.emptyBrowserLead':
    'Sagen Sie Coffer, welchen Ordner dieses Computers es hereinholen soll. Fotos werden kopiert und nie verändert.',
  'timeline.importFolder': 'Ordner importieren …',
  'timeline.importFiles': 'Dateien importieren …',
  'timeline.undated': 'Ohne Datum',
  'timeline.undatedDay': 'Fotos, deren Datum unbekannt ist',
  'timeline.tile': '{filename}, {date}',
  'timeline.zoom': 'Größe der Fotos',

  'scrubber.label': 'Ort in der Zeitleiste',

  'jump.title': 'Zu einem Datum',
  'jump.date': 'Datum',
  'jump.go': 'Los',
  'jump.undated': 'Fotos ohne Datum',

  'memories.title': 'An diesem Tag',
  'memories.years': '{years, plural, one {vor # Jahr} other {vor # Jahren}}',

  'select.bar': 'Was mit der Auswahl geschehen soll',
  'select.one': '{filename} auswählen',
  'select.day': 'Alles auswählen: {day}',
  'select.count': '{count, plural, one {# ausgewählt} other {# ausgewählt}}',
  'select.clear': 'Auswahl aufheben',

  'search.title': 'Suche',
  'search.field': 'Beschreibung, Ort, Schlagwort, Ordner, Kamera oder Datum wie Juni 2024',
  'search.filters': 'Nur',
  'search.photos': 'Fotos',
  'search.videos': 'Videos',
  'search.favourites': 'Favoriten',
  'search.lead':
    'Tippen Sie Wörter aus Beschreibungen, Namen, Ordnern und Schlagwörtern, wo es war (Berlin, Deutschland), wann (2024, Juni 2024, 15. Juni 2024) und was es ist (Video, 5 Sterne).',
  'search.tags': 'Ihre Schlagwörter',
  'search.found': 'Gefundene Fotos',
  'search.more': 'Mehr als {count, number} Fotos',
  'search.nothing': 'Nichts gefunden',
  'search.instead': 'Meinten Sie „{words}“?',
  'search.nothingLead': 'Kein Foto hat alle diese Wörter. Weniger oder kürzere Wörter finden mehr.',
}
