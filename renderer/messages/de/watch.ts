import type { watch as english } from '../en/watch.ts'
import type { Translation } from '../translation.ts'

export const watch: Translation<typeof english> = {
  'watch.title': 'Überwachte Ordner',
  'watch.lead': 'Neue Fotos in diesen Ordnern werden automatisch importiert.',
  'watch.add': 'Ordner überwachen …',
  'watch.addTitle': 'Ordner überwachen',
  'watch.start': 'Überwachen',
  'watch.albums': 'Für jeden Ordner ein Album anlegen',
  'watch.ignore': 'Ignorieren (optional)',
  'watch.ignoreHint': 'Ein Name oder Muster pro Zeile, zum Beispiel *.tmp oder Privat.',
  'watch.edit': 'Ignorierte Namen …',
  'watch.editTitle': 'Ignorierte Namen in {name}',
  'watch.status.active': 'Wird überwacht',
  'watch.status.paused': 'Angehalten',
  'watch.status.missing': 'Nicht gefunden',
  'watch.files': '{count, plural, =0 {noch keine Dateien} one {# Datei} other {# Dateien}}',
  'watch.looked': 'zuletzt geprüft: {ago}',
  'watch.looking': 'wird gerade geprüft',
  'watch.ignores': '{count, plural, one {# Name ignoriert} other {# Namen ignoriert}}',
  'watch.makesAlbums': 'ein Album für jeden Ordner',
  'watch.actions': 'Weitere Aktionen für {name}',
  'watch.pause': 'Überwachung von {name} anhalten',
  'watch.resume': 'Überwachung von {name} fortsetzen',
  'watch.stop': 'Nicht mehr überwachen …',
  'watch.stopTitle': '{name} nicht mehr überwachen?',
  'watch.stopLead':
    '{count, plural, =0 {Was daraus importiert wurde, bleibt erhalten.} one {Die daraus importierte Datei bleibt in Ihrer Bibliothek.} other {Die # daraus importierten Dateien bleiben in Ihrer Bibliothek.}} Der Ordner selbst bleibt unberührt. Neue Dateien darin werden nicht mehr importiert.',
  'watch.stopConfirm': 'Nicht mehr überwachen',
  'watch.started': 'Coffer überwacht {name}.',
  'watch.stopped': 'Coffer überwacht {name} nicht mehr.',
  'watch.folderGone': 'Dieser Ordner ist gerade nicht auffindbar.',
}
