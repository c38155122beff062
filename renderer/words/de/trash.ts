import type { trash as english } from '../en/trash.ts'
import type { Translation } from '../translation.ts'

export const trash: Translation<typeof english> = {
  'trash.move': 'In den Papierkorb',
  'trash.moved': '{count, plural, one {# Foto liegt im Papierkorb.} other {# Fotos liegen im Papierkorb.}}',
  'trash.restored': '{count, plural, one {# Foto ist wieder da.} other {# Fotos sind wieder da.}}',
  'trash.restoredSome':
    '{count, plural, one {# Foto ist wieder da.} other {# Fotos sind wieder da.}} {stayed, plural, one {# bleibt im Papierkorb, denn dasselbe Bild liegt schon im Tresor.} other {# bleiben im Papierkorb, denn dieselben Bilder liegen schon im Tresor.}}',
  'trash.lead':
    '{count, plural, one {# Foto} other {# Fotos}} · {size}. Jedes wird endgültig gelöscht, wenn seine Zeit um ist.',
  'trash.daysLeft': '{days, plural, =0 {heute} one {# Tag} other {# Tage}}',
  'trash.restore': 'Zurückholen',
  'trash.deleteForEver': 'Endgültig löschen …',
  'trash.empty': 'Papierkorb leeren …',
  'trash.nothing': 'Der Papierkorb ist leer.',
  'trash.nothingLead': 'Was Sie wegwerfen, wartet hier 30 Tage, bevor es gelöscht wird.',
  'trash.sure': 'Endgültig löschen?',
  'trash.sureLead':
    'Coffers Kopien werden gelöscht und sind nicht zurückzuholen. Dateien anderswo auf diesem Computer bleiben unberührt.',
  'trash.purge': '{count, plural, one {# Foto endgültig löschen} other {# Fotos endgültig löschen}}',
  'trash.purged': '{count, plural, one {# Foto wurde gelöscht.} other {# Fotos wurden gelöscht.}}',
  'trash.itemsLead':
    '{count, plural, one {# Eintrag.} other {# Einträge.}} Jeder wird endgültig gelöscht, wenn seine Zeit um ist.',
  'trash.items': 'Andere Einträge im Papierkorb',
  'trash.views': 'Was gezeigt wird',
  'trash.view.photos': '{count, plural, one {# Foto} other {# Fotos}}',
  'trash.view.objects': '{count, plural, one {# anderer Eintrag} other {# andere Einträge}}',
  'trash.restoreNamed': '{name} zurückholen',
  'trash.itemsRestored': '{count, plural, one {# Eintrag ist wieder da.} other {# Einträge sind wieder da.}}',
  'trash.itemsRestoredSome':
    '{count, plural, one {# Eintrag ist wieder da.} other {# Einträge sind wieder da.}} {stayed, plural, one {# bleibt im Papierkorb: So einen gibt es schon.} other {# bleiben im Papierkorb: Solche gibt es schon.}}',
  'trash.itemsMoved': '{count, plural, one {# Eintrag liegt im Papierkorb.} other {# Einträge liegen im Papierkorb.}}',
  'trash.sureItems': 'Sie werden aus diesem Tresor gelöscht und sind nicht zurückzuholen. Fotos bleiben unberührt.',
  'trash.purgeItems': '{count, plural, one {# Eintrag endgültig löschen} other {# Einträge endgültig löschen}}',
  'trash.purgeAll': 'Alles endgültig löschen',
  'trash.sureAll':
    '{count, plural, one {# Foto} other {# Fotos}} und {others, plural, one {# anderer Eintrag} other {# andere Einträge}} liegen im Papierkorb.',
  'trash.itemsPurged': '{count, plural, one {# Eintrag wurde gelöscht.} other {# Einträge wurden gelöscht.}}',
  'trash.allPurged': 'Der Papierkorb wurde geleert: {count, plural, one {# Eintrag} other {# Einträge}}.',
}
