import type { problems as english } from '../en/problems.ts'
import type { Translation } from '../translation.ts'

export const problems: Translation<typeof english> = {
  problem: 'Das ist Coffer nicht gelungen. Verloren ist nichts.',

  'problem.bad-request': 'So kann Coffer das nicht annehmen. Prüfen Sie, was Sie eingegeben haben.',
  'problem.method-not-allowed':
    'So lässt sich dieser Teil von Coffer nicht ansprechen. Aktualisieren Sie Coffer oder öffnen Sie es neu.',
  'problem.too-large': 'Das ist zu groß, um auf einmal angenommen zu werden.',
  'problem.unsupported-type': 'Diese Art von Daten kann Coffer nicht lesen.',
  'problem.not-found': 'Das gibt es in diesem Tresor nicht mehr.',
  'problem.conflict': 'Das passt nicht zu dem, was gerade da ist. Laden Sie die Ansicht neu und sehen Sie nach.',
  'problem.changed-meanwhile': 'Das wurde inzwischen geändert. Laden Sie es neu und wiederholen Sie Ihre Änderung.',
  'problem.unauthorized': 'Öffnen Sie Coffer neu oder die Adresse, die coffer serve ausgegeben hat.',
  'problem.sign-in-needed': 'Melden Sie sich zuerst an.',
  'problem.sign-in-failed': 'Das ist nicht das richtige Passwort.',
  'problem.session-ended': 'Diese Sitzung ist beendet. Melden Sie sich neu an.',
  'problem.too-many-attempts': 'Zu viele falsche Passwörter. Warten Sie etwas und versuchen Sie es noch einmal.',
  'problem.forbidden': 'Das kann nur, wer sich um diesen Tresor kümmert.',
  'problem.wrong-usage':
    'Coffer wurde um etwas gebeten, das es nicht kennt. Aktualisieren Sie es oder öffnen Sie es neu.',
  'problem.internal': 'In Coffer ist etwas schiefgegangen. Ihre Fotos sind sicher; versuchen Sie es noch einmal.',
  'problem.cancelled': 'Das wurde abgebrochen.',
  'problem.no-vault': 'Es ist kein Tresor geöffnet.',
  'problem.vault-exists': 'In diesem Ordner gibt es schon einen Tresor.',
  'problem.vault-not-empty': 'Dieser Ordner ist nicht leer. Ein Tresor braucht einen eigenen Ordner.',
  'problem.vault-not-found': 'In diesem Ordner gibt es keinen Tresor. Ist das Laufwerk angeschlossen?',
  'problem.vault-locked': 'Ein anderes Programm hat diesen Tresor geöffnet. Schließen Sie ihn dort zuerst.',
  'problem.vault-damaged':
    'Dieser Tresor ist beschädigt. Stellen Sie ihn aus einer Sicherung in einen neuen Ordner wieder her.',
  'problem.vault-newer':
    'Dieser Tresor wurde mit einem neueren Coffer geöffnet. Aktualisieren Sie Coffer, um ihn zu öffnen.',
  'problem.vault-unfinished':
    'Die Wiederherstellung dieses Tresors wurde unterbrochen. Starten Sie sie noch einmal, dann geht sie weiter.',
  'problem.vault-untrusted':
    'Dieser Tresor wurde nicht auf diesem Computer angelegt, und Coffer vertraut seiner Datenbank nicht.',
  'problem.database-damaged':
    'Die Datenbank dieses Tresors ist beschädigt. Stellen Sie sie aus einer Sicherung wieder her; Ihre Originale liegen in ihrem Ordner.',
  'problem.database-stopped': 'Die Datenbank wurde beendet und wird neu gestartet.',
  'problem.database-empty': 'In dieser Datenbank gibt es keinen Tresor.',
  'problem.database-not-empty': 'In dieser Datenbank ist schon etwas.',
  'problem.database-refused': 'Der Datenbankserver lässt Coffer nicht hinein.',
  'problem.database-held':
    'Ein anderes Coffer hat die Datenbank dieses Tresors geöffnet. Schließen Sie sie dort zuerst.',
  'problem.database-unreachable': 'Der Datenbankserver antwortet nicht.',
  'problem.migration-edited':
    'Dieses Coffer passt nicht zum Tresor. Installieren Sie es neu von dort, woher Sie es hatten.',
  'problem.migration-failed': 'Der Tresor konnte nicht auf den neuen Stand gebracht werden. Er ist, wie er war.',
  'problem.sql-refused': 'Diese Anweisung ist hier nicht erlaubt.',
  'problem.sql-failed': 'Diese Anweisung ließ sich nicht ausführen.',
  'problem.disk-full':
    'Der Datenträger mit dem Tresor ist voll. Schaffen Sie Platz; nichts Gespeichertes ist verloren.',
  'problem.disk-failing':
    'Ein Laufwerk gibt andere Daten zurück, als darauf geschrieben wurden. Kopieren Sie Wichtiges auf ein anderes.',
  'problem.drive-away': 'Das Laufwerk ist nicht angeschlossen.',
  'problem.not-permitted': 'Das System lässt Coffer das dort nicht tun. Sehen Sie die Rechte des Ordners nach.',
  'problem.read-only': 'Dort lässt sich nichts schreiben: Das Laufwerk ist schreibgeschützt.',
  'problem.busy': 'Ein anderes Programm benutzt das gerade. Versuchen Sie es noch einmal, wenn es fertig ist.',
  'problem.file-missing': 'Die Datei ist nicht, wo sie war. Ist das Laufwerk angeschlossen?',
  'problem.file-unreadable':
    'Die Datei oder der Ordner lässt sich nicht lesen. Prüfen Sie, ob es ihn gibt und ob Sie ihn öffnen dürfen.',
  'problem.file-changing': 'Die Datei hat sich beim Lesen geändert. Versuchen Sie es noch einmal, wenn sie fertig ist.',
  'problem.path-inside-vault': 'Dieser Ordner liegt im Tresor. Wählen Sie einen außerhalb.',
  'problem.path-around-vault': 'Der Tresor liegt in diesem Ordner. Wählen Sie einen daneben.',
  'problem.path-outside': 'Dieser Pfad führt aus seinem Ordner hinaus.',
  'problem.already-watched': 'Dieser Ordner wird schon überwacht.',
  'problem.import-running': 'Ein Import läuft. Warten Sie, bis er fertig ist.',
  'problem.import-finished': 'Dieser Import ist schon zu Ende.',
  'problem.backup-not-found': 'In diesem Ordner gibt es keine Coffer-Sicherung. Ist das Laufwerk angeschlossen?',
  'problem.backup-exists':
    'Eine Sicherung dieses Namens gibt es schon. Sie wird nie überschrieben; wählen Sie einen anderen Namen.',
  'problem.backup-locked':
    'Ein anderes Programm schreibt gerade in diese Sicherung. Versuchen Sie es noch einmal, wenn es fertig ist.',
  'problem.backup-damaged':
    'Diese Sicherung ist beschädigt oder unvollständig. Sichern Sie noch einmal und behalten Sie diese.',
  'problem.backup-wrong-key': 'Diese Passphrase oder dieser Schlüssel öffnet die Sicherung nicht.',
  'problem.backup-unreachable':
    'Der Ordner der Sicherung ist nicht erreichbar oder nicht brauchbar. Ist das Laufwerk angeschlossen?',
  'problem.backup-newer':
    'Diese Sicherung wurde mit einem neueren Coffer gemacht. Aktualisieren Sie Coffer, um sie zu benutzen.',
  'problem.backup-last-key':
    'Das ist der letzte Zugang zu dieser Sicherung. Legen Sie einen anderen an, bevor Sie ihn entfernen.',
  'problem.snapshot-not-found': 'Das gibt es in der Sicherung nicht.',
  'problem.export-not-empty': 'Dieser Ordner ist nicht leer. Ein Export braucht einen eigenen Ordner.',
  'problem.erase-unconfirmed': 'Nichts wurde gelöscht: Tippen Sie den Namen so, wie er dasteht.',
  'problem.user-exists': 'Jemanden mit diesem Namen gibt es schon.',
  'problem.user-unknown': 'Unter diesem Namen gibt es niemanden in diesem Tresor.',
  'problem.user-disabled': 'Dieses Konto ist abgeschaltet. Wer sich um den Tresor kümmert, kann es wieder einschalten.',
  'problem.weak-password':
    'Dieses Passwort ist leicht zu erraten. Nehmen Sie mehrere Wörter, die nicht zusammengehören.',
  'problem.vault-key-wrong': 'Diese Passphrase öffnet die gespeicherten Schlüssel nicht.',
  'problem.vault-key-locked':
    'Die gespeicherten Schlüssel sind verschlossen. Geben Sie ihre Passphrase in den Einstellungen ein.',
  'problem.engine-unreachable': 'Coffers Kern antwortet nicht.',

  unreachable: 'Coffers Kern antwortet noch nicht. Er wird gerade neu gestartet.',

  'away.now': 'Coffers Kern ist ausgefallen und wird neu gestartet. Ihre Fotos sind sicher.',
  'away.long':
    'Coffers Kern läuft noch nicht wieder. Ihre Fotos sind sicher; bleibt es dabei, beenden Sie Coffer und öffnen Sie es neu.',
}
