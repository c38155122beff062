import type { backupKeys as english } from '../en/backup-keys.ts'
import type { Translation } from '../translation.ts'

export const backupKeys: Translation<typeof english> = {
  'ways.title': 'Zugänge',
  'ways.lead': 'Jeder davon öffnet allein alles in dieser Sicherung.',
  'ways.nothing': 'Diese Sicherung öffnet nur, was dieser Computer von ihr weiß. Geben Sie ihr jetzt einen Zugang.',
  'ways.away': 'Sie liegen bei der Sicherung. Schließen Sie das Laufwerk an, um sie zu sehen und zu ändern.',
  'ways.busy': 'Ändern lassen sie sich, wenn hier nichts mehr läuft; eine Sicherung kann Pause machen.',
  'ways.name.passphrase': 'Passphrase',
  'ways.name.recovery': 'Wiederherstellungsschlüssel',
  'ways.what.passphrase': 'was Sie eintippen',
  'ways.what.recovery': 'auf Papier oder wo immer Sie ihn aufbewahren',
  'ways.what.person': 'jemand, dem Sie vertrauen, mit eigenem Schlüssel',
  'ways.none': 'gibt es nicht',
  'ways.act.add': 'Anlegen …',
  'ways.actNamed.add': '{name} anlegen …',
  'ways.act.change': 'Ändern …',
  'ways.actNamed.change': '{name} ändern …',
  'ways.act.replace': 'Ersetzen …',
  'ways.actNamed.replace': '{name} ersetzen …',
  'ways.act.remove': 'Entfernen …',
  'ways.actNamed.remove': '{name} entfernen …',
  'ways.letIn': 'Jemandem Zugang geben …',
  'ways.passphraseTitle': 'Eine Passphrase für {name}',
  'ways.passphraseLead': 'Sie öffnet die Sicherung zusätzlich zu dem, was sie schon öffnet.',
  'ways.passphraseConfirm': 'Passphrase festlegen',
  'ways.makeTitle': 'Ein Wiederherstellungsschlüssel für {name}',
  'ways.makeLead':
    'Er öffnet die Sicherung, wenn die Passphrase vergessen ist. Er wird einmal gezeigt, zum Drucken oder Kopieren, und Coffer behält ihn nirgends.',
  'ways.makeConfirm': 'Schlüssel anlegen',
  'ways.replaceTitle': 'Ein anderer Wiederherstellungsschlüssel für {name}',
  'ways.replaceLead':
    'Ein neuer Schlüssel wird angelegt und einmal gezeigt. Der bisherige öffnet diese Sicherung nicht mehr.',
  'ways.replaceConfirm': 'Schlüssel ersetzen',
  'ways.still':
    'Das Schloss bleibt dasselbe: Wer die Sicherung schon damit geöffnet oder ihre Dateien zusammen mit ihm kopiert hat, kommt weiterhin hinein. Um das auszuschließen, richten Sie eine neue Sicherung ein und löschen Sie diese.',
  'ways.letInTitle': 'Jemandem Zugang zu {name} geben',
  'ways.letInLead':
    'Diese Person kann dann allein alles in dieser Sicherung öffnen, mit einem Schlüssel, den das freie Programm age für sie gemacht hat. Lassen Sie sich den öffentlichen Teil geben, der mit age1 beginnt.',
  'ways.theirName': 'Name',
  'ways.nameHint': 'So heißt dann eine Datei im Ordner der Sicherung, und wer das Laufwerk hat, kann den Namen lesen.',
  'ways.theirKey': 'Ihr öffentlicher Schlüssel',
  'ways.secret':
    'Das ist ein geheimer Schlüssel, den sonst niemand haben sollte. Lassen Sie sich den öffentlichen geben.',
  'ways.letInConfirm': 'Zugang geben',
  'ways.letInDone': '{name} kann diese Sicherung jetzt öffnen.',
  'ways.removeTitle.passphrase': 'Die Passphrase von {backup} entfernen?',
  'ways.removeTitle.recovery': 'Den Wiederherstellungsschlüssel von {backup} entfernen?',
  'ways.removeTitle.person': '{name} keinen Zugang mehr zu {backup} geben?',
  'ways.removeLead.passphrase': 'Sie öffnet diese Sicherung dann nicht mehr. Was sie weiterhin öffnet: {left}.',
  'ways.removeLead.recovery':
    'Kein Blatt und keine Notiz damit öffnet diese Sicherung dann mehr. Was sie weiterhin öffnet: {left}.',
  'ways.removeLead.person':
    'Der eigene Schlüssel öffnet diese Sicherung dann nicht mehr. Was sie weiterhin öffnet: {left}.',
  'ways.left.passphrase': 'die Passphrase',
  'ways.left.recovery': 'der Wiederherstellungsschlüssel',
  'ways.removeConfirm.passphrase': 'Passphrase entfernen',
  'ways.removeConfirm.recovery': 'Schlüssel entfernen',
  'ways.removeConfirm.person': '{name} entfernen',
  'ways.removed.passphrase': 'Die Passphrase öffnet diese Sicherung nicht mehr.',
  'ways.removed.recovery': 'Der Wiederherstellungsschlüssel öffnet diese Sicherung nicht mehr.',
  'ways.removed.person': '{name} kann diese Sicherung nicht mehr öffnen.',

  'passphrase.first': 'Passphrase',
  'passphrase.second': 'Noch einmal dieselbe',
  'passphrase.hint':
    'Vier oder fünf Wörter, die nichts miteinander zu tun haben, sind leicht zu behalten und schwer zu erraten.',
  'passphrase.short': 'Mindestens zehn Zeichen.',
  'passphrase.strength.0': 'Sofort erraten.',
  'passphrase.strength.1': 'Leicht zu erraten.',
  'passphrase.strength.2': 'Noch nicht stark genug. Ein paar Wörter mehr, dann ist sie es.',
  'passphrase.strength.3': 'Gut.',
  'passphrase.strength.4': 'Sehr gut.',
  'passphrase.differs': 'Die beiden sind nicht gleich.',

  'recovery.title': 'Bewahren Sie diesen Schlüssel auf',
  'recovery.lead':
    'Er öffnet die Sicherung ohne Passphrase und wird nur jetzt gezeigt. Drucken Sie ihn aus oder legen Sie ihn in einen Passwortmanager; wer ihn hat, kann die Sicherung öffnen.',
  'recovery.code': 'Der Schlüssel als QR-Code',
  'recovery.copy': 'Kopieren',
  'recovery.print': 'Drucken …',
  'recovery.kept': 'Ich habe ihn sicher aufbewahrt',
  'recovery.done': 'Fertig',
  'recovery.sheetTitle': 'Wiederherstellungsschlüssel einer Coffer-Sicherung',
  'recovery.sheetLead':
    'Dieser Schlüssel öffnet die Sicherung ohne ihre Passphrase. Bewahren Sie das Blatt dort auf, wo nur Sie es finden.',
  'recovery.sheetFor': 'Sicherung in {path}. Schlüssel angelegt am {when}.',
  'recovery.sheetHow':
    'Zum Wiederherstellen: Coffer öffnen, „Aus einer Sicherung wiederherstellen“ wählen und den Schlüssel eingeben. Ohne Coffer: Die README-Datei im Ordner der Sicherung sagt, wie es geht, mit den freien Programmen age und tar.',
}
