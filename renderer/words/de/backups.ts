import type { backups as english } from '../en/backups.ts'
import type { Translation } from '../translation.ts'

export const backups: Translation<typeof english> = {
  'backups.failedTitle': 'Die Sicherung nach {name} braucht einen Blick',
  'backups.firstTitle': 'Die erste Sicherung nach {name} ist fertig',
  'backups.notYours': 'Um Sicherungen kümmert sich, wer diesen Tresor betreut.',
  'backups.notYoursLead': 'Sie enthalten die Fotos aller, auch Ihre.',
  'backups.lead': 'Verschlüsselte Kopien von allem in diesem Tresor, an einem anderen Ort.',
  'backups.empty': 'Noch keine Sicherung.',
  'backups.emptyLead':
    'Eine Sicherung ist eine zweite Kopie von allem, auf einem anderen Laufwerk, die nur Sie öffnen können. Coffer hält sie von selbst aktuell und beweist jede Woche, dass sie sich wiederherstellen lässt.',
  'backups.setUp': 'Sicherung einrichten …',
  'backups.setUpAnother': 'Weiterer Ort …',
  'backups.setUpTitle': 'Sicherung einrichten',
  'backups.folderHint':
    'Ein leerer Ordner auf einem anderen Laufwerk, oder eine Sicherung, die Coffer früher angelegt hat.',
  'backups.withRecoveryKey': 'Auch einen Wiederherstellungsschlüssel zum Ausdrucken anlegen',
  'backups.loseBoth':
    'Er öffnet die Sicherung, wenn die Passphrase vergessen ist. Ohne beides kann es niemand, auch wir nicht.',
  'backups.begin': 'Mit dem Sichern beginnen',
  'backups.preparing': 'Der Ordner wird vorbereitet …',
  'backups.begun': 'Die erste Sicherung nach {name} hat begonnen.',
  'backups.lastSaved': 'Zuletzt gesichert',
  'backups.lastProven': 'Zuletzt nachweislich wiederherstellbar',
  'backups.contents': 'In der letzten Sicherung',
  'backups.takes': 'Belegt',
  'backups.when': 'Läuft',
  'backups.notYet': 'noch nicht',
  'backups.nothingYet': 'noch nichts',
  'backups.every': '{hours, plural, =1 {jede Stunde} =24 {jeden Tag} =168 {jede Woche} other {alle # Stunden}}',
  'backups.byHand': 'nur auf Ihren Wunsch',
  'backups.keepLine': 'behält {daily} tägliche, {weekly} wöchentliche, {monthly} monatliche',
  'backups.connect': 'Der Ordner ist nicht erreichbar. Schließen Sie das Laufwerk an; was darauf liegt, ist sicher.',
  'backups.locked': 'Coffer braucht die Passphrase, um von selbst weiterzumachen.',
  'backups.giveKey': 'Passphrase eingeben …',
  'backups.now': 'Jetzt sichern',
  'backups.check': 'Prüfen',
  'backups.checkAll': 'Jedes Byte prüfen',
  'backups.prove': 'Wiederherstellung beweisen',
  'backups.prune': 'Alte Stände wegräumen',
  'backups.stop': 'Abbrechen',
  'backups.pause': 'Pause',
  'backups.resume': 'Weiter',
  'backups.pausedAt': 'Pause bei {files, number} von {totalFiles, number}',
  'backups.pausedEarly': 'Pause, bevor etwas gesichert war',
  'backups.paused':
    'Die Pause bleibt, auch wenn Coffer geschlossen wird, bis Sie weitermachen lassen. Was gesichert ist, bleibt gesichert.',
  'backups.withThumbnails': 'Auch die kleinen Vorschaubilder sichern',
  'backups.thumbnailsHint':
    'Ein wiederhergestellter Tresor zeigt sie dann sofort; sonst werden sie aus den Originalen neu gemacht.',
  'backups.schedule': 'Wann, und wie viel behalten …',
  'backups.scheduleTitle': 'Wann nach {name} gesichert wird',
  'backups.automatic': 'Von selbst sichern, solange Coffer offen ist',
  'backups.automaticHint':
    'Es wartet auf das Ende von Importen, auf das Laufwerk und, wo Coffer das erkennt, auf Netzstrom.',
  'backups.field.hours': 'Alle so viele Stunden',
  'backups.field.daily': 'Täglich',
  'backups.field.weekly': 'Wöchentlich',
  'backups.field.monthly': 'Monatlich',
  'backups.keepTitle': 'Stände, die bleiben',
  'backups.keepHint':
    'Ein Stand ist der ganze Tresor, wie er zu einem Zeitpunkt war. Fotos werden einmal gespeichert, gleich wie viele Stände es gibt.',
  'backups.changePassphrase': 'Passphrase ändern …',
  'backups.passphraseTitle': 'Eine andere Passphrase für {name}',
  'backups.passphraseLead':
    'Die alte Passphrase gilt dann nicht mehr. Ein Wiederherstellungsschlüssel bleibt, wie er ist.',
  'backups.passphraseConfirm': 'Passphrase ändern',
  'backups.passphraseChanged': 'Die neue Passphrase öffnet diese Sicherung.',
  'backups.remove': 'Nicht mehr verwenden …',
  'backups.removeTitle': 'Nicht mehr nach {name} sichern?',
  'backups.removeLead':
    'Was in {path} liegt, bleibt und lässt sich mit Passphrase oder Wiederherstellungsschlüssel zurückholen. Neue Fotos kommen dort nicht mehr hin.',
  'backups.removeConfirm': 'Nicht mehr verwenden',
  'backups.removed': 'Coffer sichert nicht mehr nach {name}. Was dort liegt, bleibt.',
  'backups.keyTitle': 'Die Sicherung {name} öffnen',
  'backups.keyLead': 'Coffer merkt sie sich, bis es geschlossen wird, und schreibt sie nirgends auf.',
  'backups.key': 'Passphrase oder Wiederherstellungsschlüssel',
  'backups.open': 'Öffnen',
  'backups.opening': 'Wird geöffnet …',
  'backups.history': 'Was geschehen ist',
  'backups.noRuns': 'Noch ist nichts geschehen.',
  'backups.snapshotsTitle': 'Stände',
  'backups.snapshots': '{count, plural, one {# Stand} other {# Stände}}',
  'backups.noSnapshots': 'Es gibt noch keinen Stand.',
  'backups.snapshotsLocked': 'Um hineinzusehen, wird die Passphrase gebraucht.',
  'backups.damagedSnapshots':
    '{count, plural, one {Ein Stand ist nicht lesbar. Die anderen sind nicht betroffen.} other {# Stände sind nicht lesbar. Die anderen sind nicht betroffen.}}',
  'backups.missing': '{count, plural, one {# Datei fehlte} other {# Dateien fehlten}}',

  'backupReason.damaged':
    'Die Prüfung fand {files, plural, one {# beschädigte Datei} other {# beschädigte Dateien}} und {lost, plural, one {# Foto, das nicht wiederhergestellt werden könnte} other {# Fotos, die nicht wiederhergestellt werden könnten}}.',
  'backupReason.not-saved':
    '{count, plural, one {# Original fehlt oder ist beschädigt und konnte} other {# Originale fehlen oder sind beschädigt und konnten}} nicht gesichert werden. Alles andere ist sicher.',
  'backupReason.set-back':
    'Die neueste Sicherung dieses Tresors an diesem Ort ({date}) ist weg. Jemand hat sie entfernt, oder hier liegt eine ältere Kopie der Sicherung.',
  'backupReason.failed': 'Die Sicherung ist fehlgeschlagen. Was schon geschrieben war, bleibt.',
  'backupReason.noted': '{text}',
}
