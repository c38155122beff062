import type { editing as english } from '../en/editing.ts'
import type { Translation } from '../translation.ts'

export const editing: Translation<typeof english> = {
  'tags.edit': 'Schlagwörter',
  'tags.title': '{count, plural, one {Schlagwörter des Fotos} other {Schlagwörter von # Fotos}}',
  'tags.find': 'Schlagwort suchen oder neu eingeben',
  'tags.found': 'Schlagwörter',
  'tags.new': 'Neues Schlagwort „{name}“',
  'tags.onAll': 'bei allen',
  'tags.onSome': '{count} von {total}',
  'tags.done': 'Fertig',
  'tags.added':
    '{count, plural, =0 {Alle haben das Schlagwort „{name}“ bereits.} one {# Foto hat jetzt das Schlagwort „{name}“.} other {# Fotos haben jetzt das Schlagwort „{name}“.}}',
  'tags.removed':
    '{count, plural, one {# Foto hat das Schlagwort „{name}“ nicht mehr.} other {# Fotos haben das Schlagwort „{name}“ nicht mehr.}}',

  'copies.save': 'Kopien speichern …',
  'copies.title': '{count, plural, one {Eine Kopie des Fotos speichern} other {Kopien von # Fotos speichern}}',
  'copies.to': 'Ordner',
  'copies.start': 'Kopien speichern',
  'copies.lead':
    'Die Originale werden unverändert und unter ihrem Namen kopiert, neben das, was im Ordner schon liegt. Schlagwörter, Bildtexte und Bewertungen werden als XMP-Dateien mitgespeichert.',

  'dates.edit': 'Datum und Uhrzeit',
  'dates.title': '{count, plural, one {Datum des Fotos} other {Datum von # Fotos}}',
  'dates.between': 'Von {from} bis {to}',
  'dates.how': 'Wie geändert wird',
  'dates.shift': 'Alle um die gleiche Zeitspanne verschieben',
  'dates.shiftHint': 'Für eine Kamera, deren Uhr falsch ging: Korrigieren Sie das erste Foto, die anderen folgen.',
  'dates.same': 'Allen das gleiche Datum geben',
  'dates.sameHint': 'Für Scans und Bilder ohne aussagekräftiges Datum.',
  'dates.first': 'Richtiges Datum und richtige Uhrzeit des ersten Fotos',
  'dates.later': 'Alle Fotos rücken {time} nach hinten.',
  'dates.earlier': 'Alle Fotos rücken {time} nach vorn.',
  'dates.imported': 'Wie beim Import',
  'dates.none': 'Kein Datum',
  'dates.change': 'Ändern',
  'dates.changed':
    '{count, plural, =0 {Kein Datum musste geändert werden.} one {Das Datum von # Foto wurde geändert.} other {Das Datum von # Fotos wurde geändert.}}',

  'places.edit': 'Ort',
  'places.add': 'Ort hinzufügen …',
  'places.title': '{count, plural, one {Ort des Fotos} other {Ort von # Fotos}}',
  'places.find': 'Stadt oder Koordinaten',
  'places.found': 'Orte',
  'places.hint':
    'Eine Stadt, „Paris, Texas“ oder Koordinaten wie 48.8584, 2.2945. Es wird nichts im Internet nachgeschlagen.',
  'places.nothing':
    'In der Liste, die Coffer mitbringt, gibt es keine Stadt mit diesem Namen. Koordinaten funktionieren für jeden Ort.',
  'places.set': 'Ort festlegen',
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
