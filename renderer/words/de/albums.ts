import type { albums as english } from '../en/albums.ts'
import type { Translation } from '../translation.ts'

export const albums: Translation<typeof english> = {
  'albums.new': 'Neues Album',
  'albums.newNamed': 'Neues Album „{name}“',
  'albums.newMore': 'Neues Album …',
  'albums.name': 'Name',
  'albums.namePlaceholder': 'Sommer am See',
  'albums.description': 'Beschreibung (freiwillig)',
  'albums.create': 'Album anlegen',
  'albums.edit': 'Name und Beschreibung …',
  'albums.editTitle': 'Name und Beschreibung',
  'albums.save': 'Sichern',
  'albums.search': 'Alben durchsuchen',
  'albums.sort': 'Reihenfolge der Alben',
  'albums.sort.name': 'Nach Namen',
  'albums.sort.changed': 'Zuletzt geänderte zuerst',
  'albums.sort.made': 'Neueste zuerst',
  'albums.empty': 'Noch keine Alben.',
  'albums.emptyLead':
    'Ein Album versammelt Fotos, ohne sie zu verschieben; ein Foto kann in vielen sein. Legen Sie hier eines an, oder wählen Sie Fotos in der Zeitleiste aus und fügen Sie sie hinzu.',
  'albums.noMatch': 'Kein Album heißt „{text}“.',
  'albums.none': 'Dieses Album gibt es nicht mehr.',
  'albums.all': 'Alle Alben',
  'albums.actions': 'Mehr zu diesem Album',
  'albums.order': 'Reihenfolge der Fotos',
  'albums.order.date_asc': 'Älteste zuerst',
  'albums.order.date_desc': 'Neueste zuerst',
  'albums.order.manual': 'Von Hand',
  'albums.photosOf': 'Fotos in {name}',
  'albums.fromFolder': 'Aus dem Ordner {path}',
  'albums.nothingIn': 'Dieses Album ist leer.',
  'albums.nothingInLead':
    'Wählen Sie Fotos in der Zeitleiste aus und fügen Sie sie hinzu, oder ziehen Sie sie links auf das Album.',
  'albums.toTimeline': 'Zur Zeitleiste',
  'albums.handHint': 'Ordnen Sie Fotos durch Ziehen oder mit Alt und den Pfeiltasten.',
  'albums.useAsCover': 'Als Titelbild verwenden',
  'albums.coverChosen': 'Das Album hat ein neues Titelbild.',
  'albums.takeOut': 'Aus Album nehmen',
  'albums.takenOut':
    '{count, plural, one {# Foto wurde aus {name} genommen. In der Zeitleiste bleibt es.} other {# Fotos wurden aus {name} genommen. In der Zeitleiste bleiben sie.}}',
  'albums.add': 'Zu Album hinzufügen',
  'albums.addTitle':
    '{count, plural, one {# Foto zu einem Album hinzufügen} other {# Fotos zu einem Album hinzufügen}}',
  'albums.find': 'Album suchen oder ein neues benennen',
  'albums.found': 'Alben',
  'albums.added': '{count, plural, one {# Foto ist jetzt in {name}.} other {# Fotos sind jetzt in {name}.}}',
  'albums.addedSome':
    '{count, plural, =0 {Zu {name} kam nichts hinzu.} one {# Foto ist jetzt in {name}.} other {# Fotos sind jetzt in {name}.}} {already, plural, one {# war schon darin.} other {# waren schon darin.}}',
  'albums.made': '„{name}“ wurde angelegt.',
  'albums.madeWith':
    '{count, plural, one {„{name}“ wurde mit # Foto angelegt.} other {„{name}“ wurde mit # Fotos angelegt.}}',
  'albums.delete': 'Album löschen',
  'albums.deleted': '„{name}“ wurde gelöscht. Die Fotos bleiben.',
  'albums.restored': '„{name}“ ist wieder da.',
  'albums.trashed': '{count, plural, one {# gelöschtes Album} other {# gelöschte Alben}}',
  'albums.trashedTitle': 'Gelöschte Alben',
  'albums.trashedLead':
    'Mit einem Album werden nie Fotos gelöscht. Kommt ein Album zurück, sind seine Fotos wieder darin.',
  'albums.deletedAt': 'Gelöscht am {when}',
  'albums.restore': '{name} zurückholen',
}
