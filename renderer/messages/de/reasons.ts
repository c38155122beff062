import type { reasons as english } from '../en/reasons.ts'
import type { Translation } from '../translation.ts'

export const reasons: Translation<typeof english> = {
  'reason.empty': 'Die Datei ist leer (0 Byte).',
  'reason.gone': 'Sie ist nicht mehr vorhanden.',
  'reason.not-allowed': 'Coffer darf sie nicht lesen.',
  'reason.in-use': 'Ein anderes Programm hat sie geöffnet.',
  'reason.broken-link': 'Die Verknüpfung führt ins Leere.',
  'reason.disk-error': 'Der Datenträger konnte sie nicht lesen.',
  'reason.path-too-long': 'Der Pfad ist zu lang für dieses System.',
  'reason.not-a-file': 'Das ist weder eine Datei noch ein Ordner.',
  'reason.unreadable': 'Sie konnte nicht gelesen werden ({code}).',
  'reason.still-written': 'Sie wird noch geschrieben. Importieren Sie sie später erneut.',
  'reason.unknown-kind': 'Diesen Dateityp erkennt Coffer nicht.',
  'reason.picture-cut-off': 'Die Datei ist unvollständig oder beschädigt: Ein Teil des Bildes fehlt.',
  'reason.picture-unreadable':
    'Das Bild in dieser Datei konnte nicht gelesen werden. Die Datei bleibt erhalten, wie sie ist.',
  'reason.film-cut-off': 'Die Datei ist unvollständig oder beschädigt: Ein Teil der Daten, die sie beschreiben, fehlt.',
  'reason.content-unreadable': 'Die Datei konnte nicht gelesen werden. Sie bleibt erhalten, wie sie ist.',
  'reason.decoder-crashed': 'Beim Lesen des Bildes ist der Decoder abgestürzt. Die Datei bleibt erhalten, wie sie ist.',
  'reason.not-opened-yet': 'Sie konnte nicht geöffnet werden. Coffer versucht es später erneut.',
  'reason.slow-to-read': 'Das Lesen dauert lange. Coffer versucht es erneut, wenn der Computer nicht beschäftigt ist.',
  'reason.large-to-read':
    'Das Lesen braucht viel Arbeitsspeicher. Coffer versucht es erneut, wenn der Computer nicht beschäftigt ist.',
  'reason.too-busy-to-read':
    'Der Computer oder das Laufwerk war zu beschäftigt, um sie zu lesen. Coffer versucht es später erneut.',
  'reason.too-many-pixels': 'Das Bild hat mehr Pixel, als Coffer anzeigen kann. Es bleibt erhalten, wie es ist.',
  'reason.picture-too-slow':
    'Eine Vorschau davon zu erstellen dauert zu lange. Die Datei bleibt erhalten, wie sie ist.',
  'reason.picture-too-large':
    'Eine Vorschau davon zu erstellen braucht zu viel Arbeitsspeicher. Die Datei bleibt erhalten, wie sie ist.',
  'reason.reading-too-slow':
    'Sie konnte in der vorgesehenen Zeit nicht gelesen werden. Die Datei bleibt erhalten, wie sie ist.',
  'reason.twice-in-import': 'Dieselbe Datei kommt in diesem Import zweimal vor.',
  'reason.in-trash': 'Sie liegt im Papierkorb.',
  'reason.back-from-trash': 'Sie lag im Papierkorb und wurde wiederhergestellt.',
  'reason.deleted-for-good': 'Dieses Foto haben Sie endgültig gelöscht.',
  'reason.no-room':
    'Dafür ist kein Platz: Sie belegen {used} von {quota}. Löschen Sie etwas endgültig oder bitten Sie den Administrator um mehr.',
  'reason.not-stored':
    'Etwas an dieser Datei ließ sich nicht speichern. Näheres steht im Protokoll; die Datei wurde nicht verändert.',
  'reason.sidecar-read': 'Sie wird aufbewahrt und wurde zusammen mit {name} gelesen.',
  'reason.sidecar-kept': 'Sie wird bei {name} aufbewahrt. Nichts daraus wurde verwendet.',
  'reason.sidecar-waits': 'Sie wird aufbewahrt, bis das zugehörige Foto importiert wird.',
  'reason.sidecar-of-photo': 'Sie wird zusammen mit ihrem Foto aufbewahrt.',
  'reason.disk-full':
    'Der Datenträger mit dem Tresor ist voll. Es ist nichts verloren; der Import wird automatisch fortgesetzt, sobald Platz ist.',
  'reason.database-stopped': 'Die Datenbank wird neu gestartet. Der Import wird automatisch fortgesetzt.',
  'reason.vault-unreachable':
    'In den Tresor konnte nicht geschrieben werden. Ist sein Laufwerk angeschlossen? Dann wird der Import automatisch fortgesetzt.',
  'reason.import-failed':
    'Der Import wurde wegen eines Fehlers in Coffer gestoppt. Näheres steht im Protokoll. Setzen Sie ihn fort, um es erneut zu versuchen.',
  'reason.import-parked':
    'Coffer wurde während dieses Imports zweimal beendet, ohne dass er vorankam. Was importiert ist, bleibt erhalten; setzen Sie ihn fort, um es erneut zu versuchen.',
  'reason.archive-record-unreadable':
    'Dieser Eintrag des Exports ist nicht lesbar. Der Export bleibt erhalten, es geht nichts verloren.',
  'reason.archive-file-missing': 'Ein Beitrag nennt diese Datei, sie fehlt aber im Export.',
  'reason.archive-unknown': 'Diesen Export kennt Coffer nicht.',
  'reason.archive-html':
    'Dieser Export besteht aus Webseiten. Fordern Sie ihn beim Dienst noch einmal an und wählen Sie JSON als Format.',
  'reason.archive-damaged': 'Dieser Export ist beschädigt. Laden Sie ihn noch einmal herunter.',
  'reason.archive-encrypted':
    'Dieses Archiv ist mit einem Passwort geschützt. Entpacken Sie es und importieren Sie den Ordner.',
  'reason.export-newer':
    'Dieser Export stammt von einer neueren Version von Coffer. Aktualisieren Sie Coffer, um ihn zu importieren.',
  'reason.export-lines-unreadable':
    '{count, plural, one {# Zeile der Exportdaten konnte} other {# Zeilen der Exportdaten konnten}} nicht gelesen werden. Die Fotos wurden importiert; einige Angaben dazu fehlen möglicherweise.',
  'reason.folder-missing':
    'Dieser Ordner fehlt oder ist leer. Ist sein Laufwerk angeschlossen? Es wurde nichts entfernt; Coffer macht weiter, sobald er wieder da ist.',
  'reason.folder-on-network':
    'Dieser Ordner liegt auf einem Netzlaufwerk, das keine Änderungen meldet. Coffer prüft ihn stattdessen alle {seconds, number} Sekunden.',
  'reason.folder-too-large':
    'Dieses System meldet Änderungen nur in einer begrenzten Zahl von Ordnern (unter Linux: fs.inotify.max_user_watches). Coffer prüft ihn stattdessen alle {seconds, number} Sekunden.',
  'reason.folder-silent':
    'Dieses System meldet keine Änderungen in diesem Ordner. Coffer prüft ihn stattdessen alle {seconds, number} Sekunden.',
  'reason.folder-unreadable': 'Coffer konnte diesen Ordner nicht durchsuchen und versucht es erneut.',
  'reason.noted': '{text}',
}
