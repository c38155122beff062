import type { reasons as english } from '../en/reasons.ts'
import type { Translation } from '../translation.ts'

export const reasons: Translation<typeof english> = {
  'reason.empty': 'Die Datei ist leer (0 Byte).',
  'reason.gone': 'Sie ist nicht mehr da.',
  'reason.not-allowed': 'Coffer darf sie nicht lesen.',
  'reason.in-use': 'Ein anderes Programm hat sie geöffnet.',
  'reason.broken-link': 'Ihre Verknüpfung führt ins Leere.',
  'reason.disk-error': 'Der Datenträger konnte sie nicht lesen.',
  'reason.path-too-long': 'Ihr Pfad ist zu lang für dieses System.',
  'reason.not-a-file': 'Das ist weder eine Datei noch ein Ordner.',
  'reason.unreadable': 'Sie konnte nicht gelesen werden ({code}).',
  'reason.still-written': 'Sie wird noch geschrieben. Importieren Sie sie später noch einmal.',
  'reason.unknown-kind': 'Diese Art von Datei kennt Coffer nicht.',
  'reason.picture-cut-off': 'Die Datei ist abgeschnitten oder beschädigt: Ein Teil des Bildes fehlt.',
  'reason.picture-unreadable': 'Das Bild in dieser Datei war nicht lesbar. Die Datei bleibt erhalten, wie sie ist.',
  'reason.film-cut-off': 'Die Datei ist abgeschnitten oder beschädigt: Ein Teil ihrer Beschreibung fehlt.',
  'reason.content-unreadable': 'Die Datei war nicht lesbar. Sie bleibt erhalten, wie sie ist.',
  'reason.decoder-crashed': 'Beim Lesen des Bildes stürzte der Decoder ab. Die Datei bleibt erhalten, wie sie ist.',
  'reason.not-opened-yet': 'Sie ließ sich nicht öffnen. Coffer versucht es später noch einmal.',
  'reason.slow-to-read':
    'Sie zu lesen dauert lange. Coffer versucht es noch einmal, wenn der Computer nichts anderes zu tun hat.',
  'reason.large-to-read':
    'Sie zu lesen braucht viel Arbeitsspeicher. Coffer versucht es noch einmal, wenn der Computer nichts anderes zu tun hat.',
  'reason.too-busy-to-read':
    'Der Computer oder das Laufwerk war zu beschäftigt, um sie zu lesen. Coffer versucht es später noch einmal.',
  'reason.too-many-pixels': 'Das Bild hat mehr Pixel, als Coffer anzeigt. Es bleibt erhalten, wie es ist.',
  'reason.picture-too-slow': 'Ein Bild davon zu erzeugen dauert zu lange. Die Datei bleibt erhalten, wie sie ist.',
  'reason.picture-too-large':
    'Ein Bild davon braucht mehr Arbeitsspeicher, als Coffer dafür nimmt. Die Datei bleibt erhalten, wie sie ist.',
  'reason.reading-too-slow': 'Sie war in der vorgesehenen Zeit nicht zu lesen. Die Datei bleibt erhalten, wie sie ist.',
  'reason.twice-in-import': 'Dieselbe Datei kommt in diesem Import zweimal vor.',
  'reason.in-trash': 'Sie liegt im Papierkorb.',
  'reason.back-from-trash': 'Sie lag im Papierkorb und ist wieder da.',
  'reason.deleted-for-good': 'Dieses Foto haben Sie endgültig gelöscht.',
  'reason.no-room':
    'Dafür ist kein Platz: Sie belegen {used} von {quota}. Löschen Sie etwas endgültig oder bitten Sie den Administrator um mehr.',
  'reason.not-stored':
    'Etwas an dieser Datei ließ sich nicht speichern. Näheres steht im Protokoll; die Datei wurde nicht verändert.',
  'reason.sidecar-read': 'Sie ist aufbewahrt und wurde zusammen mit {name} gelesen.',
  'reason.sidecar-kept': 'Sie ist bei {name} aufbewahrt. Nichts daraus wurde verwendet.',
  'reason.sidecar-waits': 'Sie ist aufbewahrt, bis das Foto importiert wird, zu dem sie gehört.',
  'reason.sidecar-of-photo': 'Sie wird zusammen mit ihrem Foto aufbewahrt.',
  'reason.disk-full':
    'Der Datenträger mit dem Tresor ist voll. Verloren ist nichts; der Import geht von selbst weiter, sobald Platz ist.',
  'reason.database-stopped': 'Die Datenbank wird gerade neu gestartet. Der Import geht von selbst weiter.',
  'reason.vault-unreachable':
    'In den Tresor konnte nicht geschrieben werden. Ist sein Laufwerk angeschlossen? Dann geht der Import von selbst weiter.',
  'reason.import-failed':
    'Der Import brach wegen eines Fehlers in Coffer ab. Näheres steht im Protokoll. Setzen Sie ihn fort, um es noch einmal zu versuchen.',
  'reason.import-parked':
    'Coffer wurde zweimal beendet, während dieser Import lief, ohne dass er vorankam. Was importiert ist, bleibt; setzen Sie ihn fort, um es noch einmal zu versuchen.',
  'reason.export-newer':
    'Dieser Export stammt von einem neueren Coffer. Aktualisieren Sie Coffer, um ihn zu importieren.',
  'reason.export-lines-unreadable':
    '{count, plural, one {# Zeile der Beschreibung des Exports} other {# Zeilen der Beschreibung des Exports}} war nicht lesbar. Die Fotos sind importiert; manches, was über sie bekannt war, fehlt vielleicht.',
  'reason.folder-missing':
    'Dieser Ordner fehlt oder ist leer. Ist sein Laufwerk angeschlossen? Entfernt wurde nichts; Coffer macht weiter, sobald er wieder da ist.',
  'reason.folder-on-network':
    'Dieser Ordner liegt auf einem Netzlaufwerk, das keine Änderungen meldet. Coffer sieht stattdessen alle {seconds, number} Sekunden nach.',
  'reason.folder-too-large':
    'Dieses System meldet Änderungen nur in begrenzt vielen Ordnern (unter Linux: fs.inotify.max_user_watches). Coffer sieht stattdessen alle {seconds, number} Sekunden nach.',
  'reason.folder-silent':
    'Dieses System meldet keine Änderungen in diesem Ordner. Coffer sieht stattdessen alle {seconds, number} Sekunden nach.',
  'reason.folder-unreadable': 'Coffer konnte diesen Ordner nicht durchsehen und versucht es von selbst noch einmal.',
  'reason.noted': '{text}',
}
