import type { settings as english } from '../en/settings.ts'
import type { Translation } from '../translation.ts'

export const settings: Translation<typeof english> = {
  'settings.vault': 'Tresor',
  'settings.you': 'Ihr Konto',
  'settings.people': 'Personen',
  'settings.name': 'Name',
  'settings.items': 'Fotos',
  'settings.database': 'Datenbank',
  'settings.appearance': 'Darstellung',
  'settings.theme': 'Farbschema',
  'settings.theme.system': 'Wie System',
  'settings.theme.light': 'Hell',
  'settings.theme.dark': 'Dunkel',
  'settings.import': 'Importe',
  'settings.keys': 'Tastenkürzel',
  'settings.export': 'Export',
  'settings.erase': 'Löschen',
  'settings.about': 'Über Coffer',
  'settings.aboutLine': 'Coffer {version}. Freie Software unter der AGPL, Version 3 oder später.',
  'settings.data': 'Städtenamen: GeoNames (geonames.org), CC BY. Kartenumrisse: Natural Earth.',
  'settings.licences': 'Open-Source-Lizenzen',
  'settings.health': 'Zustand',
  'settings.background': 'Hintergrund',
  'settings.privacy': 'Privatsphäre',
  'settings.programs': 'Andere Programme',
  'settings.storedKeys': 'Gespeicherte Schlüssel',

  'background.stays': 'Weiterlaufen, wenn das Fenster geschlossen wird',
  'background.staysHint':
    'Überwachte Ordner und Sicherungen laufen weiter. Über das Symbol in der Taskleiste öffnen Sie das Fenster wieder oder beenden Coffer.',
  'background.starts': 'Starten, wenn ich mich an diesem Computer anmelde',
  'background.startsHint': 'Ohne Fenster, damit überwachte Ordner von Anfang an importiert werden.',
  'background.failed':
    'Das konnte nicht geändert werden. Ihr System hat Coffer nicht erlaubt, den Autostart-Eintrag anzulegen.',

  'privacy.network':
    'Coffer nutzt kein Netzwerk. Es sendet keine Statistiken, sucht nicht nach Updates und braucht kein Konto.',
  'privacy.places':
    'Die Karte zum Ort eines Fotos wird auf diesem Computer gezeichnet; kein Kartendienst erfährt, was Sie ansehen.',
  'privacy.originals':
    'Originale behalten alles, was die Kamera aufgezeichnet hat, auch den Ort. Denken Sie daran, wenn Sie Kopien weitergeben.',
  'privacy.backups':
    'Sicherungen sind verschlüsselt. Der Tresor selbst ist wie Ihre anderen Dateien geschützt: durch Ihr Konto auf diesem Computer und die Verschlüsselung seines Datenträgers.',

  'tokens.lead':
    'Mit einem Token kann ein Skript oder ein anderes Programm diesen Tresor in Ihrem Namen nutzen, über „coffer serve“. Sie können es hier jederzeit widerrufen.',
  'tokens.make': 'Token erstellen …',
  'tokens.title': 'Zugriff für ein anderes Programm',
  'tokens.name': 'Wofür ist es?',
  'tokens.scope': 'Berechtigungen',
  'tokens.scope.read': 'Lesen',
  'tokens.scope.write': 'Lesen und ändern',
  'tokens.scope.admin': 'Alles, was Administratoren dürfen',
  'tokens.scopeHint.read': 'Ihre Fotos, Alben und alles andere von Ihnen ansehen.',
  'tokens.scopeHint.write': 'Außerdem in Ihrer Bibliothek hinzufügen, ändern und löschen.',
  'tokens.scopeHint.admin': 'Außerdem Sicherungen, Personen und die Datenbank dieses Tresors verwalten.',
  'tokens.lifetime': 'Gültig für',
  'tokens.days': '{days, plural, one {# Tag} other {# Tage}}',
  'tokens.noEnd': 'Bis ich es widerrufe',
  'tokens.confirm': 'Token erstellen',
  'tokens.madeTitle': 'Ihr Token',
  'tokens.madeLead':
    'Es wird nur einmal angezeigt. Wer es hat, kann diesen Tresor mit den gewählten Berechtigungen in Ihrem Namen nutzen.',
  'tokens.done': 'Fertig',
  'tokens.revoke': 'Widerrufen',
  'tokens.revoked': '„{name}“ wurde widerrufen und funktioniert nicht mehr.',
  'tokens.neverUsed': 'nie verwendet',
  'tokens.lastUsed': 'zuletzt verwendet {ago}',
  'tokens.until': 'bis {day}',

  'storedKeys.lead':
    'Anmeldungen für Ihre Verbindungen und Schlüssel zu Ihren Sicherungen werden verschlüsselt im Tresor gespeichert.',
  'storedKeys.none':
    'Dieser Computer hat keinen Schlüsselbund, der sie schützt. Legen Sie eine Passphrase fest, damit Coffer sie speichern kann.',
  'storedKeys.locked':
    'Sie sind gesperrt, weil dieser Computer den Schlüssel nicht hat. Geben Sie die Passphrase ein, die dafür festgelegt wurde.',
  'storedKeys.byStore': 'Der Schlüsselbund dieses Computers entsperrt sie.',
  'storedKeys.byPassphrase':
    'Auch eine Passphrase entsperrt sie, zum Beispiel mit „coffer serve“ oder auf einem anderen Computer.',
  'storedKeys.noPassphrase':
    'Auf einem anderen Computer oder ohne Fenster kann sie nur eine Passphrase entsperren. Es ist keine festgelegt.',
  'storedKeys.set': 'Passphrase festlegen …',
  'storedKeys.change': 'Passphrase ändern …',
  'storedKeys.unlock': 'Entsperren …',
  'storedKeys.forgot': 'Passphrase vergessen …',
  'storedKeys.startOverLead':
    'Mit einer neuen Passphrase gehen die bisher gespeicherten Anmeldungen und Schlüssel verloren: Verbindungen müssen neu eingerichtet werden, und jede Sicherung fragt einmal nach ihrer eigenen Passphrase. Fotos sind nicht betroffen.',
  'storedKeys.setTitle': 'Passphrase für gespeicherte Schlüssel',
  'storedKeys.setLead':
    'Coffer kann sie nicht wiederherstellen. Ohne sie und ohne diesen Computer müssen Verbindungen neu eingerichtet werden, und Sicherungen brauchen ihre eigene Passphrase.',
  'storedKeys.confirm': 'Passphrase festlegen',
  'storedKeys.unlockTitle': 'Gespeicherte Schlüssel entsperren',
  'storedKeys.passphrase': 'Passphrase',
  'storedKeys.unlockConfirm': 'Entsperren',
  'storedKeys.done': 'Die Passphrase ist festgelegt.',
  'storedKeys.unlocked': 'Die gespeicherten Schlüssel sind entsperrt, bis Coffer geschlossen wird.',
}
