import type { albums as english } from '../en/albums.ts'
import type { Translation } from '../translation.ts'

export const albums: Translation<typeof english> = {
  'albums.new': 'Neues Album',
  'albums.newNamed': 'Neues Album „{name}“',
  'albums.newMore': 'Neues Album …',
  'albums.name': 'Name',
  'albums.namePlaceholder': 'Sommer am See',
  'albums.description': 'Beschreibung (optional)',
  'albums.create': 'Album anlegen',
  'albums.edit': 'Name und Beschreibung …',
  'albums.editTitle': 'Name und Beschreibung',
  'albums.save': 'Speichern',
  'albums.search': 'Alben durchsuchen',
  'albums.sort': 'Alben sortieren',
  'albums.sort.name': 'Nach Name',
  'albums.sort.changed': 'Zuletzt geänderte zuerst',
  'albums.sort.made': 'Neueste zuerst',
  'albums.empty': 'Noch keine Alben.',
  'albums.emptyLead':
    'Ein Album sammelt Fotos, ohne sie zu verschieben; ein Foto kann in mehreren Alben sein. Legen Sie hier eines an, oder wählen Sie Fotos in der Zeitleiste aus und fügen Sie sie hinzu.',
  'albums.noMatch': 'Kein Album passt zu „{text}“.',
  'albums.none': 'Dieses Album gibt es nicht mehr.',
  'albums.all': 'Alle Alben',
  'albums.actions': 'Weitere Aktionen für dieses Album',
  'albums.order': 'Fotos sortieren',
  'albums.order.date_asc': 'Älteste zuerst',
  'albums.order.date_desc': 'Neueste zuerst',
  'albums.order.manual': 'Manuell',
  'albums.photosOf': 'Fotos in {name}',
  'albums.fromFolder': 'Aus dem Ordner {path} angelegt',
  'albums.nothingIn': 'Dieses Album ist leer.',
  'albums.nothingInLead':
    'Wählen Sie Fotos in der Zeitleiste aus und fügen Sie sie hinzu, oder ziehen Sie sie links auf das Album.',
  'albums.toTimeline': 'Zur Zeitleiste',
  'albums.handHint': 'Verschieben Sie Fotos durch Ziehen oder mit Alt und den Pfeiltasten.',
  'albums.useAsCover': 'Als Titelbild verwenden',
  'albums.coverChosen': 'Das Album hat ein neues Titelbild.',
  'albums.takeOut': 'Aus Album entfernen',
  'albums.takenOut':
    '{count, plural, one {# Foto wurde aus {name} entfernt. In der Zeitleiste bleibt es.} other {# Fotos wurden aus {name} entfernt. In der Zeitleiste bleiben sie.}}',
  'albums.add': 'Zu Album hinzufügen',
  'albums.addTitle':
    '{count, plural, one {# Foto zu einem Album hinzufügen} other {# Fotos zu einem Album hinzufügen}}',
  'albums.find': 'Album suchen oder neu benennen',
  'albums.found': 'Alben',
  'albums.added': '{count, plural, one {# Foto ist jetzt in {name}.} other {# Fotos sind jetzt in {name}.}}',
  'albums.addedSome':
    '{count, plural, =0 {Zu {name} wurde nichts hinzugefügt.} one {# Foto ist jetzt in {name}.} other {# Fotos sind jetzt in {name}.}} {already, plural, one {# war schon darin.} other {# waren schon darin.}}',
  'albums.made': '„{name}“ wurde angelegt.',
  'albums.madeWith':
    '{count, plural, one {„{name}“ wurde mit # Foto angelegt.} other {„{name}“ wurde mit # Fotos angelegt.}}',
  'albums.delete': 'Album löschen',
  'albums.deleted': '„{name}“ wurde gelöscht. Die Fotos bleiben erhalten.',
  'albums.restored': '„{name}“ ist wieder da.',
  'albums.trashed': '{count, plural, one {# gelöschtes Album} other {# gelöschte Alben}}',
  'albums.trashedTitle': 'Gelöschte Alben',
  'albums.trashedLead':
    'Mit einem Album werden nie Fotos gelöscht. Ein wiederhergestelltes Album enthält seine Fotos wieder.',
  'albums.deletedAt': 'Gelöscht am {when}',
  'albums.restore': '{name} wiederherstellen',
}
