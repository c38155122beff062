import type { backupRuns as english } from '../en/backup-runs.ts'
import type { Translation } from '../translation.ts'

export const backupRuns: Translation<typeof english> = {
  'backups.waits.battery': 'Eine Sicherung ist fällig. Sie wartet auf Netzstrom.',
  'backups.waits.busy': 'Eine Sicherung ist fällig. Sie wartet, bis nichts anderes mehr läuft.',
  'backups.waits.soon': 'Eine Sicherung ist fällig und beginnt innerhalb einer Minute.',
  'backups.waits.away': 'Eine Sicherung ist fällig. Sie wartet auf das Laufwerk.',
  'backups.waits.key': 'Eine Sicherung ist fällig. Sie wartet auf die Passphrase.',

  'backups.now.database': 'Es wird nachgesehen, was neu ist …',
  'backups.now.save': '{files, number} von {totalFiles, number} werden gesichert',
  'backups.now.snapshot': 'Es wird festgehalten, was gesichert ist …',
  'backups.now.sample': 'Einiges wird zurückgelesen …',
  'backups.now.check': 'Es wird geprüft …',
  'backups.now.read': '{files, number} von {totalFiles, number} geprüft',
  'backups.now.prove': 'Es wird zur Probe wiederhergestellt …',
  'backups.now.proveFiles': '{files, number} von {totalFiles, number} zur Probe wiederhergestellt',
  'backups.now.prune': 'Alte Stände werden weggeräumt …',

  'backups.run.create': 'Sicherung',
  'backups.run.check': 'Prüfung',
  'backups.run.prove': 'Probe',
  'backups.run.prune': 'Aufräumen',
  'backups.run.running': 'läuft',
  'backups.run.cancelled': 'abgebrochen',
  'backups.run.paused': 'Pause',
  'backups.run.added': '{size} dazu',
  'backups.run.forgotten':
    '{count, plural, =0 {kein Stand war alt} one {# alter Stand weggeräumt} other {# alte Stände weggeräumt}}',
  'backups.run.mended':
    '{count, plural, one {# beschädigte Datei neu geschrieben} other {# beschädigte Dateien neu geschrieben}}',
  'backups.run.readBack': '{size} zur Probe gelesen',
  'backups.run.read': '{count, plural, one {# Teil gelesen} other {# Teile gelesen}}',
  'backups.run.whole': 'alles ist heil',
  'backups.run.proven':
    '{count, plural, one {# Datei wiederhergestellt und verglichen} other {# Dateien wiederhergestellt und verglichen}}',
  'backups.run.freed': '{size} frei geworden',

  'backups.standing.proven': 'Zuletzt nachweislich wiederherstellbar: {day}',
  'backups.standing.unproven': 'Gesichert, noch nicht nachweislich wiederherstellbar',
  'backups.standing.running': 'Eine Sicherung läuft',
  'backups.standing.paused': 'Eine Sicherung macht Pause',
  'backups.standing.failing': 'Eine Sicherung sollte angesehen werden',
  'backups.standing.stale': 'Zuletzt gesichert: {day}',
  'backups.standing.never': 'Noch ist nichts gesichert',
  'backups.standing.empty': 'Noch ist nichts gesichert',

  'backups.nag': 'Die letzte Sicherung liegt zurück: {when}.',
  'backups.nagNever': 'Noch ist nichts gesichert.',
  'backups.nagOpen': 'Zu den Sicherungen',
  'backups.nagLater': 'Heute nicht',

  'backups.state.proven': 'Nachweislich wiederherstellbar',
  'backups.state.saved': 'Gesichert',
  'backups.state.empty': 'Noch nichts gesichert',
  'backups.state.running': 'Läuft',
  'backups.state.paused': 'Pause',
  'backups.state.stale': 'Nicht aktuell',
  'backups.state.failing': 'Bitte ansehen',
  'backups.state.away': 'Nicht angeschlossen',
}
