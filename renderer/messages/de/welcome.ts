import type { welcome as english } from '../en/welcome.ts'
import type { Translation } from '../translation.ts'

export const welcome: Translation<typeof english> = {
  'welcome.title': 'Ein dauerhaftes Zuhause für Ihre Fotos',
  'welcome.lead':
    'Coffer bewahrt alles auf diesem Computer auf, in einem Ordner, der Ihnen gehört. Was Sie hinzufügen, wird kopiert und nie verändert.',
  'welcome.make': 'Tresor anlegen',
  'welcome.makeHint': 'In diesem Ordner werden Ihre Fotos aufbewahrt.',
  'welcome.openExisting': 'Vorhandenen Tresor öffnen',
  'welcome.openHint': 'Der Ordner eines Tresors, den Coffer früher angelegt hat.',
  'welcome.name': 'Name (optional)',
  'welcome.namePlaceholder': 'Unsere Fotos',
  'welcome.folder': 'Ordner',
  'welcome.change': 'Ändern …',
  'welcome.choose': 'Auswählen …',
  'welcome.create': 'Tresor anlegen',
  'welcome.creating': 'Der Tresor wird angelegt …',
  'welcome.open': 'Tresor öffnen',
  'welcome.opening': 'Ihr Tresor wird geöffnet …',
  'welcome.typePath': 'Pfad eines Ordners auf diesem Computer',

  'vault.trust': 'Diesem Tresor vertrauen',
  'vault.migrate': 'Tresor aktualisieren',

  'restore.way': 'Aus einer Sicherung wiederherstellen',
  'restore.from': 'Ordner oder Datei der Sicherung',
  'restore.look': 'Inhalt anzeigen',
  'restore.moment': 'Stand vom',
  'restore.nothing': 'Diese Sicherung enthält keinen Stand, der sich wiederherstellen lässt.',
  'restore.what': 'Was wiederhergestellt wird',
  'restore.everything': 'Der ganze Tresor',
  'restore.some': 'Nur einige Alben und Fotos',
  'restore.someFolder': '~/Wiederhergestellte Fotos',
  'restore.someHint':
    'Ein beliebiger Ordner. Ist ein Dateiname dort vergeben, erhält das Foto eine Nummer; ersetzt wird nichts.',
  'restore.someRunning': 'Ihre Fotos werden wiederhergestellt',
  'restore.someDone': 'Ihre Fotos sind wieder da.',
  'restore.albums': 'Alben',
  'restore.names': 'Fotos',
  'restore.namesHint': 'Ihre Dateinamen, einer pro Zeile, zum Beispiel IMG_1234.jpg.',
  'restore.more': 'Weitere wiederherstellen',
  'restore.to': 'Wiederherstellen in',
  'restore.toHint': 'Ein neuer oder leerer Ordner. Die Sicherung wird nicht verändert.',
  'restore.back': 'Zurück',
  'restore.start': 'Wiederherstellen',
  'restore.running': 'Ihr Tresor wird wiederhergestellt',
  'restore.database': 'Datumsangaben, Alben und alles Übrige werden wiederhergestellt …',
  'restore.files': '{files, number} von {totalFiles, number} Dateien',
  'restore.path': 'Nach {path}',
  'restore.cancelled':
    'Die Wiederherstellung wurde abgebrochen. Die Sicherung ist unverändert. Sie können erneut in denselben oder einen anderen Ordner wiederherstellen.',
  'restore.again': 'Von vorn beginnen',
  'restore.done': 'Ihr Tresor ist wieder da.',
  'restore.doneLead':
    '{count, plural, one {# Datei wurde nach {path} wiederhergestellt.} other {# Dateien wurden nach {path} wiederhergestellt.}}',
  'restore.lost':
    '{count, plural, one {Eine Datei konnte nicht wiederhergestellt werden. Alles andere ist da.} other {# Dateien konnten nicht wiederhergestellt werden. Alles andere ist da.}}',
}
