import type { problems as english } from '../en/problems.ts'
import type { Translation } from '../translation.ts'

export const problems: Translation<typeof english> = {
  problem: 'Das konnte Coffer nicht ausführen. Es ist nichts verloren gegangen.',

  'problem.bad-request': 'So kann Coffer das nicht annehmen. Prüfen Sie Ihre Eingabe.',
  'problem.method-not-allowed':
    'Diese Anfrage unterstützt Coffer hier nicht. Aktualisieren Sie Coffer oder öffnen Sie es erneut.',
  'problem.too-large': 'Das ist zu groß, um auf einmal verarbeitet zu werden.',
  'problem.unsupported-type': 'Diese Art von Daten kann Coffer nicht lesen.',
  'problem.not-found': 'Das ist im Tresor nicht mehr vorhanden.',
  'problem.conflict': 'Das verträgt sich nicht mit dem aktuellen Stand. Laden Sie die Ansicht neu und prüfen Sie es.',
  'problem.changed-meanwhile': 'Das wurde inzwischen geändert. Laden Sie neu und wiederholen Sie Ihre Änderung.',
  'problem.unauthorized': 'Öffnen Sie Coffer erneut, oder die Adresse, die coffer serve ausgegeben hat.',
  'problem.sign-in-needed': 'Melden Sie sich zuerst an.',
  'problem.sign-in-failed': 'Das Passwort ist falsch.',
  'problem.session-ended': 'Ihre Sitzung ist abgelaufen. Melden Sie sich erneut an.',
  'problem.too-many-attempts': 'Zu viele falsche Passwörter. Warten Sie einen Moment und versuchen Sie es erneut.',
  'problem.forbidden': 'Das kann nur ein Administrator dieses Tresors.',
  'problem.wrong-usage':
    'Coffer hat eine unbekannte Anfrage erhalten. Aktualisieren Sie Coffer oder öffnen Sie es erneut.',
  'problem.internal': 'In Coffer ist ein Fehler aufgetreten. Ihre Fotos sind sicher. Versuchen Sie es erneut.',
  'problem.cancelled': 'Das wurde abgebrochen.',
  'problem.no-vault': 'Es ist kein Tresor geöffnet.',
  'problem.vault-exists': 'In diesem Ordner gibt es schon einen Tresor.',
  'problem.vault-not-empty': 'Dieser Ordner ist nicht leer. Ein Tresor braucht einen eigenen Ordner.',
  'problem.vault-not-found': 'In diesem Ordner gibt es keinen Tresor. Ist das Laufwerk angeschlossen?',
  'problem.vault-locked': 'Ein anderes Programm hat diesen Tresor geöffnet. Schließen Sie ihn dort zuerst.',
  'problem.vault-damaged':
    'Dieser Tresor ist beschädigt. Stellen Sie ihn aus einer Sicherung in einen neuen Ordner wieder her.',
  'problem.vault-newer':
    'Dieser Tresor wurde mit einer neueren Version von Coffer geöffnet. Aktualisieren Sie Coffer, um ihn zu öffnen.',
  'problem.vault-unfinished':
    'Die Wiederherstellung dieses Tresors wurde unterbrochen. Starten Sie sie erneut, dann wird sie fortgesetzt.',
  'problem.vault-untrusted':
    'Dieser Tresor wurde nicht auf diesem Computer angelegt, deshalb vertraut Coffer seiner Datenbank nicht.',
  'problem.database-damaged':
    'Die Datenbank dieses Tresors ist beschädigt. Stellen Sie sie aus einer Sicherung wieder her; Ihre Originale liegen in ihrem Ordner.',
  'problem.database-stopped': 'Die Datenbank hat angehalten und wird neu gestartet.',
  'problem.database-empty': 'Diese Datenbank enthält keinen Tresor.',
  'problem.database-not-empty': 'Diese Datenbank ist nicht leer.',
  'problem.database-refused': 'Der Datenbankserver verweigert Coffer den Zugriff.',
  'problem.database-held':
    'Die Datenbank dieses Tresors ist in einem anderen Coffer geöffnet. Schließen Sie sie dort zuerst.',
  'problem.database-unreachable': 'Der Datenbankserver antwortet nicht.',
  'problem.migration-edited':
    'Dieses Coffer passt nicht zum Tresor. Installieren Sie es aus der ursprünglichen Quelle neu.',
  'problem.migration-failed': 'Der Tresor konnte nicht aktualisiert werden. Er ist unverändert.',
  'problem.sql-refused': 'Diese Anweisung ist hier nicht erlaubt.',
  'problem.sql-failed': 'Diese Anweisung konnte nicht ausgeführt werden.',
  'problem.disk-full':
    'Der Datenträger mit dem Tresor ist voll. Schaffen Sie Platz; nichts Gespeichertes ist verloren.',
  'problem.disk-failing':
    'Ein Laufwerk liefert andere Daten, als darauf geschrieben wurden. Kopieren Sie Wichtiges auf ein anderes Laufwerk.',
  'problem.drive-away': 'Das Laufwerk ist nicht angeschlossen.',
  'problem.not-permitted': 'Das System erlaubt Coffer das dort nicht. Prüfen Sie die Rechte des Ordners.',
  'problem.read-only': 'Dort kann nichts geschrieben werden: Das Laufwerk ist schreibgeschützt.',
  'problem.busy': 'Ein anderes Programm verwendet das gerade. Versuchen Sie es erneut, wenn es fertig ist.',
  'problem.file-missing': 'Die Datei ist nicht mehr dort, wo sie war. Ist das Laufwerk angeschlossen?',
  'problem.file-unreadable':
    'Die Datei oder der Ordner kann nicht gelesen werden. Prüfen Sie, ob sie vorhanden sind und Sie darauf zugreifen dürfen.',
  'problem.file-changing':
    'Die Datei wurde während des Lesens geändert. Versuchen Sie es erneut, wenn sie vollständig ist.',
  'problem.path-inside-vault': 'Dieser Ordner liegt im Tresor. Wählen Sie einen außerhalb.',
  'problem.path-around-vault': 'Der Tresor liegt in diesem Ordner. Wählen Sie einen anderen.',
  'problem.path-outside': 'Dieser Pfad führt aus seinem Ordner hinaus.',
  'problem.already-watched': 'Dieser Ordner wird bereits überwacht.',
  'problem.import-running': 'Ein Import läuft. Warten Sie, bis er fertig ist.',
  'problem.import-finished': 'Dieser Import ist bereits beendet.',
  'problem.backup-not-found': 'In diesem Ordner gibt es keine Coffer-Sicherung. Ist das Laufwerk angeschlossen?',
  'problem.backup-exists':
    'Eine Sicherung mit diesem Namen gibt es bereits. Sicherungen werden nie überschrieben; wählen Sie einen anderen Namen.',
  'problem.backup-locked':
    'Ein anderes Programm schreibt gerade in diese Sicherung. Versuchen Sie es erneut, wenn es fertig ist.',
  'problem.archive-unknown': 'Diesen Export kennt Coffer nicht.',
  'problem.archive-damaged': 'Dieser Export ist beschädigt. Laden Sie ihn noch einmal herunter.',
  'problem.archive-encrypted':
    'Dieses Archiv ist mit einem Passwort geschützt. Entpacken Sie es und importieren Sie den Ordner.',
  'problem.archive-refused':
    'Dieser Export lässt sich in dieser Form nicht lesen. Fordern Sie ihn beim Dienst noch einmal an und wählen Sie JSON als Format.',
  'problem.connection-refused':
    'Der Dienst hat die Anmeldung nicht angenommen. Prüfen Sie Name und Passwort oder melden Sie sich neu an.',
  'problem.connection-expired': 'Die Anmeldung ist abgelaufen. Melden Sie sich neu an.',
  'problem.connection-offline': 'Der Dienst ist nicht erreichbar. Coffer versucht es von selbst wieder.',
  'problem.connection-busy': 'Diese Verbindung wird gerade abgeglichen. Warten Sie, bis das zu Ende ist.',
  'problem.connection-limited': 'Der Dienst bittet um eine Pause. Coffer macht von selbst weiter.',
  'problem.connection-unsupported': 'Dieser Dienst bietet für diese Art von Konto keinen Zugang.',
  'problem.backup-damaged':
    'Diese Sicherung ist beschädigt oder unvollständig. Sichern Sie erneut und bewahren Sie diese Sicherung auf.',
  'problem.backup-wrong-key': 'Diese Passphrase oder dieser Schlüssel öffnet die Sicherung nicht.',
  'problem.backup-unreachable':
    'Der Ordner der Sicherung ist nicht erreichbar oder nicht verwendbar. Ist das Laufwerk angeschlossen?',
  'problem.backup-newer':
    'Diese Sicherung stammt von einer neueren Version von Coffer. Aktualisieren Sie Coffer, um sie zu verwenden.',
  'problem.backup-last-key':
    'Sonst öffnet nichts diese Sicherung. Fügen Sie zuerst eine andere Passphrase, einen Wiederherstellungsschlüssel oder eine Vertrauensperson hinzu.',
  'problem.snapshot-not-found': 'Das ist in der Sicherung nicht enthalten.',
  'problem.export-not-empty': 'Dieser Ordner ist nicht leer. Ein Export braucht einen eigenen Ordner.',
  'problem.erase-unconfirmed': 'Es wurde nichts gelöscht. Geben Sie den Namen genau wie angezeigt ein.',
  'problem.user-exists': 'Eine Person mit diesem Namen gibt es bereits.',
  'problem.user-unknown': 'In diesem Tresor gibt es niemanden mit diesem Namen.',
  'problem.user-disabled': 'Dieses Konto ist deaktiviert. Ein Administrator kann es wieder aktivieren.',
  'problem.weak-password':
    'Dieses Passwort ist leicht zu erraten. Verwenden Sie mehrere Wörter, die nichts miteinander zu tun haben.',
  'problem.vault-key-wrong': 'Diese Passphrase öffnet die gespeicherten Schlüssel nicht.',
  'problem.vault-key-locked':
    'Die gespeicherten Schlüssel sind gesperrt. Geben Sie ihre Passphrase in den Einstellungen ein.',
  'problem.engine-unreachable': 'Coffers Hintergrunddienst antwortet nicht.',

  unreachable: 'Coffers Hintergrunddienst antwortet noch nicht. Er wird neu gestartet.',

  'away.now': 'Coffers Hintergrunddienst wurde unerwartet beendet und wird neu gestartet. Ihre Fotos sind sicher.',
  'away.long':
    'Coffers Hintergrunddienst läuft noch nicht wieder. Ihre Fotos sind sicher. Wenn es dabei bleibt, beenden Sie Coffer und öffnen Sie es erneut.',
}
