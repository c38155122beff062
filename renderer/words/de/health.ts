import type { health as english } from '../en/health.ts'
import type { Translation } from '../translation.ts'

export const health: Translation<typeof english> = {
  'trouble.no-backup':
    '{count, plural, one {# Original fehlt oder ist beschädigt. Keine Sicherung hat es.} other {# Originale fehlen oder sind beschädigt. Keine Sicherung hat sie.}}',
  'trouble.needs-key':
    '{count, plural, one {# Original fehlt oder ist beschädigt.} other {# Originale fehlen oder sind beschädigt.}} Eine Sicherung hat {count, plural, one {es} other {sie}} vielleicht, braucht aber ihre Passphrase: Öffne die Sicherung, dann „Nachsehen und reparieren“.',
  'trouble.unreachable':
    '{count, plural, one {# Original fehlt oder ist beschädigt.} other {# Originale fehlen oder sind beschädigt.}} Eine Sicherung hat {count, plural, one {es} other {sie}} vielleicht, ist aber nicht erreichbar. Schließ ihr Laufwerk an, dann „Nachsehen und reparieren“.',
  'trouble.elsewhere':
    '{count, plural, one {# Original außerhalb des Tresors fehlt oder ist verändert. Schließ das Laufwerk an, auf dem es liegt.} other {# Originale außerhalb des Tresors fehlen oder sind verändert. Schließ das Laufwerk an, auf dem sie liegen.}}',
  'trouble.untried':
    '{count, plural, one {# Original fehlt oder ist beschädigt.} other {# Originale fehlen oder sind beschädigt.}} „Nachsehen und reparieren“ holt zurück, was eine Sicherung hat.',
  'trouble.no-folder':
    'Der Ordner mit deinen Originalen ist nicht da ({path}). Bring ihn zurück, oder stelle den Tresor aus einer Sicherung wieder her.',
  'trouble.audit-changed': 'Zeile {line, number} der Aktivität ist nicht so, wie sie geschrieben wurde.',
  'trouble.job-parked':
    'Coffer ist zweimal über derselben Arbeit ausgefallen und hat sie zurückgestellt. „Nachsehen und reparieren“ beginnt sie neu.',

  'health.damaged': '{path}: Die Bytes sind nicht die, die aufgehoben wurden.',
  'health.missing': '{path}: Die Datei ist nicht da oder nicht lesbar.',
  'health.repaired':
    '{count, plural, one {Eine Sache wurde in Ordnung gebracht.} other {# Sachen wurden in Ordnung gebracht.}}',
  'health.well': 'Es sind keine Probleme bekannt.',
  'health.notRead':
    'Coffer liest im Lauf der Wochen jedes Original zurück und vergleicht es mit dem, was hereinkam. Es hat noch nicht begonnen.',
  'health.read':
    '{checked, number} von {media, number} Originalen wurden zurückgelesen und verglichen, das letzte {day}.',
  'health.look': 'Nachsehen und reparieren',
  'health.looking': 'Sieht nach …',
  'health.readAll': 'Jedes Original lesen',
  'health.stop': 'Anhalten',
  'health.reading': 'Liest jedes Original. Bei vielen Fotos dauert das eine Weile; alles andere geht weiter.',
  'health.stopped': 'Angehalten. Nichts wurde geändert.',
  'health.nothingFound': 'Alles ist in Ordnung.',
  'health.allWhole':
    '{count, plural, =0 {Es gibt noch kein Original zu lesen.} one {Ein Original wurde gelesen. Es ist unversehrt.} other {# Originale wurden gelesen. Alle sind unversehrt.}}',
  'health.orphan': '{path}: Zu dieser Datei gehört kein Foto.',
  'health.more': '{count, plural, one {und eines mehr} other {und # weitere}}',
}
