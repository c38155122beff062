import type { exports as english } from '../en/exports.ts'
import type { Translation } from '../translation.ts'

export const exports: Translation<typeof english> = {
  'oneFile.title': 'Alles in einer Datei',
  'oneFile.lead':
    'Eine verschlüsselte Datei zum Weitergeben oder Aufbewahren. Sie lässt sich mit ihrer Passphrase in Coffer öffnen oder mit den freien Programmen age und tar.',
  'oneFile.open': 'In eine Datei speichern …',
  'oneFile.name': 'Dateiname',
  'oneFile.lose': 'Ohne diese Passphrase kann niemand die Datei öffnen, auch wir nicht. Coffer speichert sie nicht.',
  'oneFile.start': 'Speichern',
  'oneFile.stopped': 'Das Speichern wurde abgebrochen. Die unfertige Datei wurde entfernt.',
  'oneFile.done':
    '{count, plural, one {# Datei} other {# Dateien}} und alles, was Coffer darüber weiß, liegen in {path} ({size}).',
  'oneFile.problems':
    '{count, plural, one {Ein Original fehlt im Tresor oder ist beschädigt und konnte nicht gespeichert werden. Alles andere ist da.} other {# Originale fehlen im Tresor oder sind beschädigt und konnten nicht gespeichert werden. Alles andere ist da.}}',

  'export.lead': 'Alles, was Ihnen gehört, in einem Ordner, den Sie auch ohne Coffer nutzen können.',
  'export.originals': 'Jedes Foto und Video unter seinem Namen, nach Jahr und Monat, unverändert',
  'export.sidecars': 'Bildtexte, Bewertungen, Schlagwörter und Alben daneben, lesbar für andere Fotoprogramme',
  'export.data': 'Alles, was Coffer weiß, als Text, den jedes Programm lesen kann',
  'export.page': 'Eine Seite, um alles im Browser anzusehen, ohne Internet',
  'export.to': 'Exportieren nach',
  'export.toHint':
    'Ein neuer oder leerer Ordner oder ein früherer Export, der aktualisiert werden soll. Darin wird nie etwas überschrieben.',
  'export.since': 'Nur was seitdem neu oder geändert ist (optional)',
  'export.start': 'Exportieren',
  'export.running': 'Export läuft',
  'export.now.data': 'Angaben und Alben werden geschrieben …',
  'export.now.check': 'Schon Vorhandenes wird geprüft: {files, number} von {totalFiles, number}',
  'export.now.originals': '{files, number} von {totalFiles, number} exportiert',
  'export.now.pages': 'Die Seite zum Ansehen wird erstellt …',
  'export.now.finish': 'Warten auf das Laufwerk …',
  'export.stopped': 'Der Export wurde abgebrochen. Exportieren Sie erneut nach {path}, um ihn fortzusetzen.',
  'export.done':
    '{count, plural, =0 {Es gab nichts Neues zu exportieren; das Übrige liegt in {path}.} one {# Datei ({size}) liegt in {path}.} other {# Dateien ({size}) liegen in {path}.}}',
  'export.failed':
    '{count, plural, one {Bitte prüfen Sie eine Datei. Alles andere wurde exportiert.} other {Bitte prüfen Sie # Dateien. Alles andere wurde exportiert.}}',

  'erase.lead': 'Löscht endgültig alles, was Sie in diesem Tresor haben.',
  'erase.open': 'Alles löschen …',
  'erase.title': 'Alles endgültig löschen?',
  'erase.takes':
    '{count, plural, =0 {Kein Foto} one {# Foto} other {# Fotos}} ({size}), {albums, plural, =0 {kein Album} one {# Album} other {# Alben}} und alle Angaben dazu werden gelöscht, ebenso Papierkorb, Aktivität und Schlüssel. Das lässt sich nicht rückgängig machen.',
  'erase.stays':
    'Sicherungen und Exporte auf anderen Laufwerken bleiben unverändert, ebenso die Dateien, aus denen Sie importiert haben. Eine Zeile in der Aktivität hält fest, wann und wie viel gelöscht wurde, sonst nichts.',
  'erase.type': 'Geben Sie zum Fortfahren den Namen {name} ein',
  'erase.confirm':
    '{count, plural, =0 {Alles löschen} one {# Foto endgültig löschen} other {# Fotos endgültig löschen}}',
  'erase.running': 'Wird gelöscht …',
}
