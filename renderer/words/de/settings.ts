import type { settings as english } from '../en/settings.ts'
import type { Translation } from '../translation.ts'

export const settings: Translation<typeof english> = {
  'settings.vault': 'Tresor',
  'settings.you': 'Sie',
  'settings.people': 'Personen',
  'settings.name': 'Name',
  'settings.items': 'Fotos',
  'settings.database': 'Datenbank',
  'settings.appearance': 'Aussehen',
  'settings.theme': 'Farben',
  'settings.theme.system': 'Wie das System',
  'settings.theme.light': 'Hell',
  'settings.theme.dark': 'Dunkel',
  'settings.import': 'Importe',
  'settings.keys': 'Tasten',
  'settings.export': 'Export',
  'settings.erase': 'Löschen',
  'settings.about': 'Über Coffer',
  'settings.aboutLine': 'Coffer {version}. Freie Software unter der AGPL, Version 3 oder später.',
  'settings.data': 'Namen der Städte: GeoNames (geonames.org), CC BY. Umrisse der Karte: Natural Earth.',
  'settings.licences': 'Woraus es besteht',
  'settings.health': 'Zustand',
  'settings.background': 'Im Hintergrund',
  'settings.privacy': 'Privatsphäre',
  'settings.programs': 'Andere Programme',
  'settings.storedKeys': 'Gespeicherte Schlüssel',

  'background.stays': 'Weiterlaufen, wenn das Fenster geschlossen wird',
  'background.staysHint':
    'Überwachte Ordner und Sicherungen laufen weiter. Das Symbol in der Leiste holt das Fenster zurück und beendet Coffer.',
  'background.starts': 'Starten, wenn ich mich an diesem Rechner anmelde',
  'background.startsHint': 'Ohne Fenster, damit überwachte Ordner versorgt sind.',
  'background.failed': 'Das ließ sich nicht ändern. Das System ließ Coffer seinen Autostart-Eintrag nicht schreiben.',

  'privacy.network':
    'Coffer benutzt kein Netz. Es sendet keine Statistik, sucht keine Aktualisierungen und braucht kein Konto.',
  'privacy.places':
    'Die Karte zum Ort eines Fotos kommt von diesem Rechner; kein Kartendienst erfährt, was Sie ansehen.',
  'privacy.originals':
    'Originale behalten alles, was ihre Kamera hineinschrieb, auch den Ort. Denken Sie daran, wenn Sie eine Kopie weitergeben.',
  'privacy.backups':
    'Sicherungen sind verschlüsselt. Den Tresor selbst schützt, was Ihre anderen Dateien schützt: Ihr Konto auf diesem Rechner und die Verschlüsselung seiner Platte.',

  'tokens.lead':
    'Mit einem Token nutzt ein Skript oder ein anderes Programm diesen Tresor in Ihrem Namen, über „coffer serve“. Sie können ihn hier jederzeit widerrufen.',
  'tokens.make': 'Token erstellen …',
  'tokens.title': 'Zugriff für ein anderes Programm',
  'tokens.name': 'Wofür ist er?',
  'tokens.scope': 'Er darf',
  'tokens.scope.read': 'Lesen',
  'tokens.scope.write': 'Lesen und ändern',
  'tokens.scope.admin': 'Alles, was Administratoren dürfen',
  'tokens.scopeHint.read': 'Ihre Fotos, Alben und alles andere von Ihnen sehen.',
  'tokens.scopeHint.write': 'Außerdem in Ihrer Bibliothek hinzufügen, ändern und löschen.',
  'tokens.scopeHint.admin': 'Außerdem Backups, Personen und die Datenbank dieses Tresors.',
  'tokens.lifetime': 'Er gilt',
  'tokens.days': '{days, plural, one {# Tag} other {# Tage}}',
  'tokens.noEnd': 'Bis ich ihn widerrufe',
  'tokens.confirm': 'Token erstellen',
  'tokens.madeTitle': 'Ihr Token',
  'tokens.madeLead':
    'Er wird nur dieses eine Mal gezeigt. Wer ihn hat, kann diesen Tresor in Ihrem Namen nutzen, so weit Sie es erlaubt haben.',
  'tokens.done': 'Fertig',
  'tokens.revoke': 'Widerrufen',
  'tokens.revoked': '„{name}“ wurde widerrufen und öffnet nichts mehr.',
  'tokens.neverUsed': 'noch nie benutzt',
  'tokens.lastUsed': 'zuletzt benutzt {ago}',
  'tokens.until': 'bis {day}',

  'storedKeys.lead': 'Anmeldungen Ihrer Verbindungen und Schlüssel Ihrer Backups liegen verschlüsselt im Tresor.',
  'storedKeys.none':
    'Dieser Computer hat keinen Schlüsselbund, der sie aufbewahren könnte. Mit einer Passphrase kann Coffer es.',
  'storedKeys.locked':
    'Sie sind gesperrt: Dieser Computer hat den Schlüssel nicht. Geben Sie die Passphrase ein, die dafür gesetzt wurde.',
  'storedKeys.byStore': 'Der Schlüsselbund dieses Computers öffnet sie.',
  'storedKeys.byPassphrase':
    'Auch eine Passphrase öffnet sie, zum Beispiel mit „coffer serve“ oder auf einem anderen Computer.',
  'storedKeys.noPassphrase':
    'Auf einem anderen Computer oder ohne Fenster öffnet sie nur eine Passphrase. Es ist keine gesetzt.',
  'storedKeys.set': 'Passphrase setzen …',
  'storedKeys.change': 'Passphrase ändern …',
  'storedKeys.unlock': 'Entsperren …',
  'storedKeys.forgot': 'Ich habe sie vergessen …',
  'storedKeys.startOverLead':
    'Mit einer neuen Passphrase gehen die bisher aufbewahrten Anmeldungen und Schlüssel verloren: Verbindungen müssen neu eingerichtet werden, und jedes Backup fragt einmal nach seiner eigenen Passphrase. Kein Foto wird angetastet.',
  'storedKeys.setTitle': 'Passphrase für gespeicherte Schlüssel',
  'storedKeys.setLead':
    'Coffer kann sie nicht wiederherstellen. Ohne sie und ohne diesen Computer müssen Verbindungen neu angelegt werden, und Backups brauchen ihre eigene Passphrase.',
  'storedKeys.confirm': 'Passphrase setzen',
  'storedKeys.unlockTitle': 'Gespeicherte Schlüssel entsperren',
  'storedKeys.passphrase': 'Passphrase',
  'storedKeys.unlockConfirm': 'Entsperren',
  'storedKeys.done': 'Die Passphrase ist gesetzt.',
  'storedKeys.unlocked': 'Die gespeicherten Schlüssel sind entsperrt, bis Coffer endet.',
}
