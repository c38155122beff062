import type { exports as english } from '../en/exports.ts'
import type { Translation } from '../translation.ts'

export const exports: Translation<typeof english> = {
  'oneFile.title': 'Alles in einer Datei',
  'oneFile.lead':
    'Eine verschlüsselte Datei zum Weitergeben oder Weglegen. Sie öffnet sich mit ihrer Passphrase in Coffer oder mit den freien Programmen age und tar.',
  'oneFile.open': 'In einer Datei sichern …',
  'oneFile.name': 'Name der Datei',
  'oneFile.lose':
    'Ohne diese Passphrase kann niemand die Datei öffnen, auch wir nicht. Coffer bewahrt sie nirgends auf.',
  'oneFile.start': 'Sichern',
  'oneFile.stopped': 'Das Sichern wurde angehalten. Von der Datei ist nichts übrig.',
  'oneFile.done':
    '{count, plural, one {# Datei} other {# Dateien}} und alles Wissen darüber liegen in {path} ({size}).',
  'oneFile.problems':
    '{count, plural, one {Ein Original fehlt im Tresor oder ist beschädigt und ließ sich nicht sichern. Alles andere ist da.} other {# Originale fehlen im Tresor oder sind beschädigt und ließen sich nicht sichern. Alles andere ist da.}}',

  'export.lead': 'Alles, was Ihnen gehört, in einem Ordner, der Coffer nicht braucht.',
  'export.originals': 'Jedes Foto und Video unter seinem Namen, nach Jahr und Monat, unverändert',
  'export.sidecars': 'Beschreibungen, Sterne, Schlagwörter und Alben daneben, wie andere Fotoprogramme sie lesen',
  'export.data': 'Alles, was Coffer weiß, als Text, den jedes Programm lesen kann',
  'export.page': 'Eine Seite zum Durchsehen im Browser, ohne Internet',
  'export.to': 'Exportieren nach',
  'export.toHint':
    'Ein neuer oder leerer Ordner oder ein früherer Export, der ergänzt werden soll. Nichts darin wird je überschrieben.',
  'export.since': 'Nur, was seit diesem Tag neu oder geändert ist (freiwillig)',
  'export.start': 'Exportieren',
  'export.running': 'Export läuft',
  'export.now.data': 'Was bekannt ist, wird aufgeschrieben …',
  'export.now.check': 'Schon Vorhandenes wird angesehen: {files, number} von {totalFiles, number}',
  'export.now.originals': '{files, number} von {totalFiles, number} werden exportiert',
  'export.now.pages': 'Die Seite zum Durchsehen entsteht …',
  'export.now.finish': 'Warten auf das Laufwerk …',
  'export.stopped': 'Der Export wurde angehalten. Exportieren Sie noch einmal nach {path}, um dort weiterzumachen.',
  'export.done':
    '{count, plural, =0 {Nichts war zu exportieren; das Übrige liegt in {path}.} one {# Datei ({size}) liegt in {path}.} other {# Dateien ({size}) liegen in {path}.}}',
  'export.failed':
    '{count, plural, one {Eine Datei braucht einen Blick. Alles andere wurde exportiert.} other {# Dateien brauchen einen Blick. Alles andere wurde exportiert.}}',

  'erase.lead': 'Vernichtet alles, was Sie in diesem Tresor haben, endgültig.',
  'erase.open': 'Alles löschen …',
  'erase.title': 'Alles endgültig löschen?',
  'erase.takes':
    '{count, plural, =0 {Kein Foto} one {# Foto} other {# Fotos}} ({size}), {albums, plural, =0 {kein Album} one {# Album} other {# Alben}} und alles dazu Geschriebene werden vernichtet, samt Papierkorb, Verlauf und Schlüsseln. Das lässt sich nicht rückgängig machen.',
  'erase.stays':
    'Sicherungen und Exporte auf anderen Laufwerken bleiben, wie sie sind, ebenso die Dateien, aus denen Sie importiert haben. Eine Zeile im Verlauf sagt, wann es geschah und wie viel es war, sonst nichts.',
  'erase.type': 'Um fortzufahren, geben Sie den Namen {name} ein',
  'erase.confirm':
    '{count, plural, =0 {Alles löschen} one {# Foto endgültig löschen} other {# Fotos endgültig löschen}}',
  'erase.running': 'Wird gelöscht …',
}
