import type { health as english } from '../en/health.ts'
import type { Translation } from '../translation.ts'

export const health: Translation<typeof english> = {
  'trouble.no-backup':
    '{count, plural, one {# Original fehlt oder ist beschädigt und ist in keiner Sicherung enthalten.} other {# Originale fehlen oder sind beschädigt und sind in keiner Sicherung enthalten.}}',
  'trouble.needs-key':
    '{count, plural, one {# Original fehlt oder ist beschädigt.} other {# Originale fehlen oder sind beschädigt.}} Eine Sicherung hat {count, plural, one {es} other {sie}} vielleicht, aber ihre Passphrase wird benötigt: Öffnen Sie die Sicherung und wählen Sie dann „Prüfen und reparieren“.',
  'trouble.unreachable':
    '{count, plural, one {# Original fehlt oder ist beschädigt.} other {# Originale fehlen oder sind beschädigt.}} Eine Sicherung hat {count, plural, one {es} other {sie}} vielleicht, ist aber nicht erreichbar. Schließen Sie ihr Laufwerk an und wählen Sie dann „Prüfen und reparieren“.',
  'trouble.elsewhere':
    '{count, plural, one {# Original außerhalb des Tresors fehlt oder wurde verändert. Schließen Sie das Laufwerk an, auf dem es liegt.} other {# Originale außerhalb des Tresors fehlen oder wurden verändert. Schließen Sie das Laufwerk an, auf dem sie liegen.}}',
  'trouble.untried':
    '{count, plural, one {# Original fehlt oder ist beschädigt.} other {# Originale fehlen oder sind beschädigt.}} „Prüfen und reparieren“ stellt wieder her, was eine Sicherung enthält.',
  'trouble.no-folder':
    'Der Ordner mit Ihren Originalen fehlt ({path}). Stellen Sie ihn an seinen Platz zurück oder stellen Sie den Tresor aus einer Sicherung wieder her.',
  'trouble.audit-changed': 'Zeile {line, number} der Aktivität wurde nachträglich verändert.',
  'trouble.job-parked':
    'Coffer wurde zweimal bei derselben Aufgabe beendet und hat sie zurückgestellt. „Prüfen und reparieren“ startet sie neu.',

  'health.damaged': '{path}: Der Inhalt ist nicht mehr der gespeicherte.',
  'health.missing': '{path}: Die Datei fehlt oder ist nicht lesbar.',
  'health.repaired': '{count, plural, one {Ein Problem wurde behoben.} other {# Probleme wurden behoben.}}',
  'health.well': 'Keine bekannten Probleme.',
  'health.notRead':
    'Coffer liest im Lauf der Wochen jedes Original und vergleicht es mit dem, was importiert wurde. Bisher hat es noch nicht begonnen.',
  'health.read': '{checked, number} von {media, number} Originalen wurden gelesen und verglichen. Zuletzt: {day}.',
  'health.look': 'Prüfen und reparieren',
  'health.looking': 'Wird geprüft …',
  'health.readAll': 'Alle Originale prüfen',
  'health.stop': 'Anhalten',
  'health.reading':
    'Alle Originale werden geprüft. Bei vielen Fotos dauert das eine Weile; Sie können währenddessen weiterarbeiten.',
  'health.stopped': 'Angehalten. Es wurde nichts geändert.',
  'health.nothingFound': 'Alles ist in Ordnung.',
  'health.allWhole':
    '{count, plural, =0 {Es gibt noch keine Originale zu prüfen.} one {Ein Original wurde geprüft. Es ist unversehrt.} other {# Originale wurden geprüft. Alle sind unversehrt.}}',
  'health.orphan': '{path}: Diese Datei gehört zu keinem Foto.',
  'health.more': '{count, plural, one {und ein weiteres} other {und # weitere}}',
}
