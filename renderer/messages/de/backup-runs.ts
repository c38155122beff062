import type { backupRuns as english } from '../en/backup-runs.ts'
import type { Translation } from '../translation.ts'

export const backupRuns: Translation<typeof english> = {
  'backups.waits.battery': 'Eine Sicherung ist fällig. Sie wartet auf Netzstrom.',
  'backups.waits.busy': 'Eine Sicherung ist fällig. Sie wartet, bis nichts anderes mehr läuft.',
  'backups.waits.soon': 'Eine Sicherung ist fällig und beginnt innerhalb einer Minute.',
  'backups.waits.away': 'Eine Sicherung ist fällig. Sie wartet auf das Laufwerk.',
  'backups.waits.key': 'Eine Sicherung ist fällig. Sie wartet auf die Passphrase.',

  'backups.now.database': 'Änderungen werden gesucht …',
  'backups.now.save': '{files, number} von {totalFiles, number} werden gesichert',
  'backups.now.snapshot': 'Der Stand wird festgehalten …',
  'backups.now.sample': 'Einiges wird zur Probe gelesen …',
  'backups.now.check': 'Wird geprüft …',
  'backups.now.read': '{files, number} von {totalFiles, number} geprüft',
  'backups.now.prove': 'Wird probeweise wiederhergestellt …',
  'backups.now.proveFiles': '{files, number} von {totalFiles, number} probeweise wiederhergestellt',
  'backups.now.prune': 'Alte Stände werden entfernt …',

  'backups.run.create': 'Sicherung',
  'backups.run.check': 'Prüfung',
  'backups.run.prove': 'Wiederherstellungstest',
  'backups.run.prune': 'Aufräumen',
  'backups.run.running': 'läuft',
  'backups.run.cancelled': 'abgebrochen',
  'backups.run.paused': 'angehalten',
  'backups.run.added': '{size} hinzugefügt',
  'backups.run.forgotten':
    '{count, plural, =0 {keine alten Stände} one {# alter Stand entfernt} other {# alte Stände entfernt}}',
  'backups.run.mended':
    '{count, plural, one {# beschädigte Datei neu geschrieben} other {# beschädigte Dateien neu geschrieben}}',
  'backups.run.readBack': '{size} zur Probe gelesen',
  'backups.run.read': '{count, plural, one {# Teil gelesen} other {# Teile gelesen}}',
  'backups.run.whole': 'alles ist unversehrt',
  'backups.run.proven':
    '{count, plural, one {# Datei wiederhergestellt und verglichen} other {# Dateien wiederhergestellt und verglichen}}',
  'backups.run.freed': '{size} freigegeben',

  'backups.standing.proven': 'Zuletzt nachweislich wiederherstellbar: {day}',
  'backups.standing.unproven': 'Gesichert, noch nicht nachweislich wiederherstellbar',
  'backups.standing.running': 'Eine Sicherung läuft',
  'backups.standing.paused': 'Eine Sicherung ist angehalten',
  'backups.standing.failing': 'Bitte eine Sicherung prüfen',
  'backups.standing.stale': 'Zuletzt gesichert: {day}',
  'backups.standing.never': 'Noch ist nichts gesichert',
  'backups.standing.empty': 'Noch ist nichts gesichert',

  'backups.nag': 'Letzte Sicherung: {when}.',
  'backups.nagNever': 'Es wurde noch nichts gesichert.',
  'backups.nagOpen': 'Zu den Sicherungen',
  'backups.nagLater': 'Heute nicht',

  'backups.state.proven': 'Nachweislich wiederherstellbar',
  'backups.state.saved': 'Gesichert',
  'backups.state.empty': 'Noch nichts gesichert',
  'backups.state.running': 'Läuft',
  'backups.state.paused': 'Angehalten',
  'backups.state.stale': 'Nicht aktuell',
  'backups.state.failing': 'Bitte prüfen',
  'backups.state.away': 'Nicht angeschlossen',
}
