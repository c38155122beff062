import type { backupKeys as english } from '../en/backup-keys.ts'
import type { Translation } from '../translation.ts'

export const backupKeys: Translation<typeof english> = {
  'backupKeys.title': 'Schlüssel',
  'backupKeys.lead': 'Jeder davon öffnet für sich allein alles in dieser Sicherung.',
  'backupKeys.nothing':
    'Nur dieser Computer kann diese Sicherung öffnen. Fügen Sie jetzt eine Passphrase oder einen Wiederherstellungsschlüssel hinzu.',
  'backupKeys.away': 'Sie liegen bei der Sicherung. Schließen Sie das Laufwerk an, um sie anzuzeigen und zu ändern.',
  'backupKeys.busy': 'Sie können geändert werden, wenn hier nichts läuft. Eine Sicherung lässt sich dafür anhalten.',
  'backupKeys.name.passphrase': 'Passphrase',
  'backupKeys.name.recovery': 'Wiederherstellungsschlüssel',
  'backupKeys.what.passphrase': 'Wörter, die Sie eingeben',
  'backupKeys.what.recovery': 'auf Papier oder wo immer Sie ihn aufbewahren',
  'backupKeys.what.person': 'eine Vertrauensperson mit eigenem Schlüssel',
  'backupKeys.none': 'nicht vorhanden',
  'backupKeys.act.add': 'Hinzufügen …',
  'backupKeys.actNamed.add': '{name} hinzufügen …',
  'backupKeys.act.change': 'Ändern …',
  'backupKeys.actNamed.change': '{name} ändern …',
  'backupKeys.act.replace': 'Ersetzen …',
  'backupKeys.actNamed.replace': '{name} ersetzen …',
  'backupKeys.act.remove': 'Entfernen …',
  'backupKeys.actNamed.remove': '{name} entfernen …',
  'backupKeys.letIn': 'Vertrauensperson hinzufügen …',
  'backupKeys.passphraseTitle': 'Passphrase für {name}',
  'backupKeys.passphraseLead': 'Sie öffnet die Sicherung zusätzlich zu den vorhandenen Schlüsseln.',
  'backupKeys.passphraseConfirm': 'Passphrase festlegen',
  'backupKeys.makeTitle': 'Wiederherstellungsschlüssel für {name}',
  'backupKeys.makeLead':
    'Er öffnet die Sicherung, wenn Sie die Passphrase vergessen. Er wird nur einmal angezeigt, zum Drucken oder Kopieren, und Coffer speichert ihn nicht.',
  'backupKeys.makeConfirm': 'Schlüssel erstellen',
  'backupKeys.replaceTitle': 'Neuer Wiederherstellungsschlüssel für {name}',
  'backupKeys.replaceLead':
    'Ein neuer Schlüssel wird erstellt und einmal angezeigt. Der bisherige öffnet diese Sicherung nicht mehr.',
  'backupKeys.replaceConfirm': 'Schlüssel ersetzen',
  'backupKeys.still':
    'Die Verschlüsselung der Sicherung ändert sich dadurch nicht: Wer sie schon mit diesem Schlüssel geöffnet oder ihre Dateien zusammen mit ihm kopiert hat, kommt weiterhin hinein. Um das auszuschließen, richten Sie eine neue Sicherung ein und löschen Sie diese.',
  'backupKeys.letInTitle': 'Vertrauensperson zu {name} hinzufügen',
  'backupKeys.letInLead':
    'Diese Person kann dann selbst alles in dieser Sicherung öffnen, mit einem Schlüssel, den sie mit dem freien Programm age erstellt hat. Lassen Sie sich den öffentlichen Teil geben, der mit age1 beginnt.',
  'backupKeys.theirName': 'Name',
  'backupKeys.nameHint':
    'Eine Datei im Ordner der Sicherung erhält diesen Namen, und wer das Laufwerk hat, kann ihn lesen.',
  'backupKeys.theirKey': 'Öffentlicher Schlüssel',
  'backupKeys.secret':
    'Das ist ein geheimer Schlüssel, den sonst niemand haben sollte. Lassen Sie sich den öffentlichen geben.',
  'backupKeys.letInConfirm': 'Person hinzufügen',
  'backupKeys.letInDone': '{name} kann diese Sicherung jetzt öffnen.',
  'backupKeys.removeTitle.passphrase': 'Die Passphrase von {backup} entfernen?',
  'backupKeys.removeTitle.recovery': 'Den Wiederherstellungsschlüssel von {backup} entfernen?',
  'backupKeys.removeTitle.person': '{name} aus {backup} entfernen?',
  'backupKeys.removeLead.passphrase': 'Sie öffnet diese Sicherung dann nicht mehr. Weiterhin gültig: {left}.',
  'backupKeys.removeLead.recovery':
    'Gedruckte oder gespeicherte Kopien davon öffnen diese Sicherung dann nicht mehr. Weiterhin gültig: {left}.',
  'backupKeys.removeLead.person':
    'Der Schlüssel dieser Person öffnet diese Sicherung dann nicht mehr. Weiterhin gültig: {left}.',
  'backupKeys.left.passphrase': 'die Passphrase',
  'backupKeys.left.recovery': 'der Wiederherstellungsschlüssel',
  'backupKeys.removeConfirm.passphrase': 'Passphrase entfernen',
  'backupKeys.removeConfirm.recovery': 'Schlüssel entfernen',
  'backupKeys.removeConfirm.person': '{name} entfernen',
  'backupKeys.removed.passphrase': 'Die Passphrase öffnet diese Sicherung nicht mehr.',
  'backupKeys.removed.recovery': 'Der Wiederherstellungsschlüssel öffnet diese Sicherung nicht mehr.',
  'backupKeys.removed.person': '{name} kann diese Sicherung nicht mehr öffnen.',

  'passphrase.first': 'Passphrase',
  'passphrase.second': 'Passphrase wiederholen',
  'passphrase.hint':
    'Vier oder fünf Wörter, die nichts miteinander zu tun haben, sind leicht zu merken und schwer zu erraten.',
  'passphrase.short': 'Mindestens zehn Zeichen.',
  'passphrase.strength.0': 'Sehr leicht zu erraten.',
  'passphrase.strength.1': 'Leicht zu erraten.',
  'passphrase.strength.2': 'Noch nicht stark genug. Fügen Sie ein paar Wörter hinzu.',
  'passphrase.strength.3': 'Gut.',
  'passphrase.strength.4': 'Sehr gut.',
  'passphrase.differs': 'Die Eingaben stimmen nicht überein.',

  'recovery.title': 'Bewahren Sie diesen Schlüssel auf',
  'recovery.lead':
    'Er öffnet die Sicherung ohne Passphrase und wird nur jetzt angezeigt. Drucken Sie ihn aus oder kopieren Sie ihn in einen Passwortmanager. Wer ihn hat, kann die Sicherung öffnen.',
  'recovery.code': 'Der Wiederherstellungsschlüssel als QR-Code',
  'recovery.copy': 'Kopieren',
  'recovery.print': 'Drucken …',
  'recovery.kept': 'Ich habe ihn sicher aufbewahrt',
  'recovery.done': 'Fertig',
  'recovery.sheetTitle': 'Wiederherstellungsschlüssel einer Coffer-Sicherung',
  'recovery.sheetLead':
    'Dieser Schlüssel öffnet die Sicherung ohne ihre Passphrase. Bewahren Sie dieses Blatt so auf, dass nur Sie es finden.',
  'recovery.sheetFor': 'Sicherung in {path}. Schlüssel erstellt am {when}.',
  'recovery.sheetHow':
    'Zum Wiederherstellen: Coffer öffnen, „Aus einer Sicherung wiederherstellen“ wählen und den Schlüssel eingeben. Ohne Coffer: Die README-Datei im Ordner der Sicherung erklärt, wie es mit den freien Programmen age und tar geht.',
}
