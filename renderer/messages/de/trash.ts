import type { trash as english } from '../en/trash.ts'
import type { Translation } from '../translation.ts'

export const trash: Translation<typeof english> = {
  'trash.move': 'In den Papierkorb',
  'trash.moved':
    '{count, plural, one {# Foto wurde in den Papierkorb gelegt.} other {# Fotos wurden in den Papierkorb gelegt.}}',
  'trash.restored': '{count, plural, one {# Foto ist wieder da.} other {# Fotos sind wieder da.}}',
  'trash.restoredSome':
    '{count, plural, one {# Foto ist wieder da.} other {# Fotos sind wieder da.}} {stayed, plural, one {# bleibt im Papierkorb, weil dasselbe Bild schon in der Bibliothek ist.} other {# bleiben im Papierkorb, weil dieselben Bilder schon in der Bibliothek sind.}}',
  'trash.lead':
    '{count, plural, one {# Foto} other {# Fotos}} · {size}. Jedes wird endgültig gelöscht, wenn seine Frist abläuft.',
  'trash.daysLeft': '{days, plural, =0 {heute} one {# Tag} other {# Tage}}',
  'trash.restore': 'Wiederherstellen',
  'trash.deleteForEver': 'Endgültig löschen …',
  'trash.empty': 'Papierkorb leeren …',
  'trash.nothing': 'Der Papierkorb ist leer.',
  'trash.nothingLead': 'Fotos, Alben und alles andere, was Sie löschen, bleiben 30 Tage hier.',
  'trash.sure': 'Endgültig löschen?',
  'trash.sureLead':
    'Coffers Kopien werden gelöscht und können nicht wiederhergestellt werden. Dateien an anderen Orten auf diesem Computer bleiben unberührt.',
  'trash.purge': '{count, plural, one {# Foto endgültig löschen} other {# Fotos endgültig löschen}}',
  'trash.purged': '{count, plural, one {# Foto wurde endgültig gelöscht.} other {# Fotos wurden endgültig gelöscht.}}',
  'trash.itemsLead':
    '{count, plural, one {# Eintrag.} other {# Einträge.}} Jeder wird endgültig gelöscht, wenn seine Frist abläuft.',
  'trash.items': 'Andere Einträge im Papierkorb',
  'trash.views': 'Anzeigen',
  'trash.view.photos': '{count, plural, one {# Foto} other {# Fotos}}',
  'trash.view.objects': '{count, plural, one {# anderer Eintrag} other {# andere Einträge}}',
  'trash.restoreNamed': '{name} wiederherstellen',
  'trash.itemsRestored': '{count, plural, one {# Eintrag ist wieder da.} other {# Einträge sind wieder da.}}',
  'trash.itemsRestoredSome':
    '{count, plural, one {# Eintrag ist wieder da.} other {# Einträge sind wieder da.}} {stayed, plural, one {# bleibt im Papierkorb, weil es einen gleichen schon gibt.} other {# bleiben im Papierkorb, weil es gleiche schon gibt.}}',
  'trash.itemsMoved':
    '{count, plural, one {# Eintrag wurde in den Papierkorb gelegt.} other {# Einträge wurden in den Papierkorb gelegt.}}',
  'trash.sureItems':
    'Sie werden aus diesem Tresor gelöscht und können nicht wiederhergestellt werden. Fotos bleiben unberührt.',
  'trash.purgeItems': '{count, plural, one {# Eintrag endgültig löschen} other {# Einträge endgültig löschen}}',
  'trash.purgeAll': 'Alles endgültig löschen',
  'trash.sureAll':
    '{count, plural, one {# Foto} other {# Fotos}} und {others, plural, one {# anderer Eintrag} other {# andere Einträge}} liegen im Papierkorb.',
  'trash.itemsPurged':
    '{count, plural, one {# Eintrag wurde endgültig gelöscht.} other {# Einträge wurden endgültig gelöscht.}}',
  'trash.allPurged': 'Der Papierkorb wurde geleert: {count, plural, one {# Eintrag} other {# Einträge}}.',
}
