import type { editing as english } from '../en/editing.ts'
import type { Translation } from '../translation.ts'

export const editing: Translation<typeof english> = {
  'tags.edit': 'Schlagwörter',
  'tags.title': '{count, plural, one {Schlagwörter des Fotos} other {Schlagwörter von # Fotos}}',
  'tags.find': 'Schlagwort suchen oder ein neues tippen',
  'tags.found': 'Schlagwörter',
  'tags.new': 'Neues Schlagwort „{name}“',
  'tags.onAll': 'auf allen',
  'tags.onSome': '{count} von {total}',
  'tags.done': 'Fertig',
  'tags.added':
    '{count, plural, =0 {Alle haben das Schlagwort „{name}“ schon.} one {# Foto hat jetzt das Schlagwort „{name}“.} other {# Fotos haben jetzt das Schlagwort „{name}“.}}',
  'tags.removed':
    '{count, plural, one {# Foto hat das Schlagwort „{name}“ nicht mehr.} other {# Fotos haben das Schlagwort „{name}“ nicht mehr.}}',

  'copies.save': 'Kopien sichern …',
  'copies.title': '{count, plural, one {Eine Kopie des Fotos sichern} other {Kopien von # Fotos sichern}}',
  'copies.to': 'Ordner',
  'copies.start': 'Kopien sichern',
  'copies.lead':
    'Die Originale werden kopiert, wie sie sind, unter ihren Namen und neben dem, was dort liegt. Schlagwörter, Beschreibungen und Bewertungen gehen als XMP-Dateien mit.',

  'dates.edit': 'Datum und Zeit',
  'dates.title': '{count, plural, one {Datum des Fotos} other {Daten von # Fotos}}',
  'dates.between': 'Von {from} bis {to}',
  'dates.how': 'Wie',
  'dates.shift': 'Alle um die gleiche Zeit verschieben',
  'dates.shiftHint': 'Für eine Kamera, deren Uhr falsch ging: Stellen Sie das erste Foto richtig, die anderen folgen.',
  'dates.same': 'Allen das gleiche Datum geben',
  'dates.sameHint': 'Für Scans und Bilder, deren Datum nichts sagt.',
  'dates.first': 'Richtiges Datum und richtige Zeit des ersten Fotos',
  'dates.later': 'Alle rücken {time} nach hinten.',
  'dates.earlier': 'Alle rücken {time} nach vorn.',
  'dates.imported': 'Wie beim Import',
  'dates.none': 'Kein Datum',
  'dates.change': 'Ändern',
  'dates.changed':
    '{count, plural, =0 {Kein Datum musste geändert werden.} one {Das Datum von # Foto wurde geändert.} other {Die Daten von # Fotos wurden geändert.}}',

  'places.edit': 'Ort',
  'places.add': 'Ort hinzufügen …',
  'places.title': '{count, plural, one {Ort des Fotos} other {Ort von # Fotos}}',
  'places.find': 'Stadt, oder Breite und Länge',
  'places.found': 'Orte',
  'places.hint':
    'Eine Stadt, „Paris, Texas“, oder 48.8584, 2.2945, wie Karten es zeigen. Nichts wird im Internet nachgeschlagen.',
  'places.nothing':
    'Eine Stadt dieses Namens ist nicht in der Liste, die Coffer mitbringt. Koordinaten gehen für jeden Ort.',
  'places.set': 'Ort setzen',
  'places.other': 'Anderer Ort',
  'places.imported': 'Wie beim Import',
  'places.none': 'Kein Ort',
  'places.changed':
    '{count, plural, =0 {Kein Ort musste geändert werden.} one {Der Ort von # Foto wurde geändert.} other {Die Orte von # Fotos wurden geändert.}}',
  'places.at': '{town}',
  'places.near': 'Bei {town}',

  'favourites.marked': '{count, plural, one {# Foto ist jetzt ein Favorit.} other {# Fotos sind jetzt Favoriten.}}',
  'favourites.unmarked':
    '{count, plural, one {# Foto ist kein Favorit mehr.} other {# Fotos sind keine Favoriten mehr.}}',
}
