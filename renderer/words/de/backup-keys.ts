import type { backupKeys as english } from '../en/backup-keys.ts'
import type { Translation } from '../translation.ts'

export const backupKeys: Translation<typeof english> = {
  'ways.title': 'Schlüssel',
  'ways.lead': 'Jeder davon öffnet für sich allein alles in dieser Sicherung.',
  'ways.nothing':
    'Nur dieser Computer kann diese Sicherung öffnen. Fügen Sie jetzt eine Passphrase oder einen Wiederherstellungsschlüssel hinzu.',
  'ways.away': 'Sie liegen bei der Sicherung. Schließen Sie das Laufwerk an, um sie anzuzeigen und zu ändern.',
  'ways.busy': 'Sie können geändert werden, wenn hier nichts läuft. Eine Sicherung lässt sich dafür anhalten.',
  'ways.name.passphrase': 'Passphrase',
  'ways.name.recovery': 'Wiederherstellungsschlüssel',
  'ways.what.passphrase': 'Wörter, die Sie eingeben',
  'ways.what.recovery': 'auf Papier oder wo immer Sie ihn aufbewahren',
  'ways.what.person': 'eine Vertrauensperson mit eigenem Schlüssel',
  'ways.none': 'nicht vorhanden',
  'ways.act.add': 'Hinzufügen …',
  'ways.actNamed.add': '{name} hinzufügen …',
  'ways.act.change': 'Ändern …',
  'ways.actNamed.change': '{name} ändern …',
  'ways.act.replace': 'Ersetzen …',
  'ways.actNamed.replace': '{name} ersetzen …',
  'ways.act.remove': 'Entfernen …',
  'ways.actNamed.remove': '{name} entfernen …',
  'ways.letIn': 'Vertrauensperson hinzufügen …',
  'ways.passphraseTitle': 'Passphrase für {name}',
  'ways.passphraseLead': 'Sie öffnet die Sicherung zusätzlich zu den vorhandenen Schlüsseln.',
  'ways.passphraseConfirm': 'Passphrase festlegen',
  'ways.makeTitle': 'Wiederherstellungsschlüssel für {name}',
  'ways.makeLead':
    'Er öffnet die Sicherung, wenn Sie die Passphrase vergessen. Er wird nur einmal angezeigt, zum Drucken oder Kopieren, und Coffer speichert ihn nicht.',
  'ways.makeConfirm': 'Schlüssel erstellen',
  'ways.replaceTitle': 'Neuer Wiederherstellungsschlüssel für {name}',
  'ways.replaceLead':
    'Ein neuer Schlüssel wird erstellt und einmal angezeigt. Der bisherige öffnet diese Sicherung nicht mehr.',
  'ways.replaceConfirm': 'Schlüssel ersetzen',
  'ways.still':
    'Die Verschlüsselung der Sicherung ändert sich dadurch nicht: Wer sie schon mit diesem Schlüssel geöffnet oder ihre Dateien zusammen mit ihm kopiert hat, kommt weiterhin hinein. Um das auszuschließen, richten Sie eine neue Sicherung ein und löschen Sie diese.',
  'ways.letInTitle': 'Vertrauensperson zu {name} hinzufügen',
  'ways.letInLead':
    'Diese Person kann dann selbst alles in dieser Sicherung öffnen, mit einem Schlüssel, den sie mit dem freien Programm age erstellt hat. Lassen Sie sich den öffentlichen Teil geben, der mit age1 beginnt.',
  'ways.theirName': 'Name',
  'ways.nameHint': 'Eine Datei im Ordner der Sicherung erhält diesen Namen, und wer das Laufwerk hat, kann ihn lesen.',
  'ways.theirKey': 'Öffentlicher Schlüssel',
  'ways.secret':
    'Das ist ein geheimer Schlüssel, den sonst niemand haben sollte. Lassen Sie sich den öffentlichen geben.',
  'ways.letInConfirm': 'Person hinzufügen',
  'ways.letInDone': '{name} kann diese Sicherung jetzt öffnen.',
  'ways.removeTitle.passphrase': 'Die Passphrase von {backup} entfernen?',
  'ways.removeTitle.recovery': 'Den Wiederherstellungsschlüssel von {backup} entfernen?',
  'ways.removeTitle.person': '{name} aus {backup} entfernen?',
  'ways.removeLead.passphrase': 'Sie öffnet diese Sicherung dann nicht mehr. Weiterhin gültig: {left}.',
  'ways.removeLead.recovery':
    'Gedruckte oder gespeicherte Kopien davon öffnen diese Sicherung dann nicht mehr. Weiterhin gültig: {left}.',
  'ways.removeLead.person':
    'Der Schlüssel dieser Person öffnet diese Sicherung dann nicht mehr. Weiterhin gültig: {left}.',
  'ways.left.passphrase': 'die Passphrase',
  'ways.left.recovery': 'der Wiederherstellungsschlüssel',
  'ways.removeConfirm.passphrase': 'Passphrase entfernen',
  'ways.removeConfirm.recovery': 'Schlüssel entfernen',
  'ways.removeConfirm.person': '{name} entfernen',
  'ways.removed.passphrase': 'Die Passphrase öffnet diese Sicherung nicht mehr.',
  'ways.removed.recovery': 'Der Wiederherstellungsschlüssel öffnet diese Sicherung nicht mehr.',
  'ways.removed.person': '{name} kann diese Sicherung nicht mehr öffnen.',

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
