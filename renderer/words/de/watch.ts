import type { watch as english } from '../en/watch.ts'
import type { Translation } from '../translation.ts'

export const watch: Translation<typeof english> = {
  'watch.title': 'Beobachtete Ordner',
  'watch.lead': 'Neue Fotos in diesen Ordnern kommen von selbst herein.',
  'watch.add': 'Ordner beobachten …',
  'watch.addTitle': 'Ordner beobachten',
  'watch.start': 'Beobachten',
  'watch.albums': 'Aus jedem Ordner ein Album machen',
  'watch.ignore': 'Übergehen (freiwillig)',
  'watch.ignoreHint': 'Je Zeile ein Name oder Muster, etwa *.tmp oder Privat.',
  'watch.edit': 'Was übergangen wird …',
  'watch.editTitle': 'Was in {name} übergangen wird',
  'watch.status.active': 'Beobachtet',
  'watch.status.paused': 'Angehalten',
  'watch.status.missing': 'Nicht da',
  'watch.files': '{count, plural, =0 {noch keine Dateien} one {# Datei} other {# Dateien}}',
  'watch.looked': 'zuletzt angesehen: {ago}',
  'watch.looking': 'wird gerade angesehen',
  'watch.ignores': '{count, plural, one {# Name wird übergangen} other {# Namen werden übergangen}}',
  'watch.makesAlbums': 'ein Album für jeden Ordner',
  'watch.actions': 'Mehr zu {name}',
  'watch.pause': 'Beobachten von {name} anhalten',
  'watch.resume': '{name} weiter beobachten',
  'watch.stop': 'Nicht mehr beobachten …',
  'watch.stopTitle': '{name} nicht mehr beobachten?',
  'watch.stopLead':
    '{count, plural, =0 {Was er gebracht hat, bleibt.} one {Die Datei, die er gebracht hat, bleibt im Tresor.} other {Die # Dateien, die er gebracht hat, bleiben im Tresor.}} Der Ordner selbst bleibt unberührt. Was später hineingelegt wird, kommt nicht mehr herein.',
  'watch.stopConfirm': 'Nicht mehr beobachten',
  'watch.started': 'Coffer beobachtet {name}.',
  'watch.stopped': 'Coffer beobachtet {name} nicht mehr.',
  'watch.folderGone': 'Dieser Ordner ist gerade nicht da.',
}
