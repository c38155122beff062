import type { connections as english } from '../en/connections.ts'
import type { Translation } from '../translation.ts'

export const connections: Translation<typeof english> = {
  'connections.title': 'Verbindungen',
  'connections.lead': 'Konten, deren Beiträge und Bilder hier erhalten bleiben, was auch aus dem Dienst wird.',
  'connections.add': 'Konto verbinden …',
  'connections.empty': 'Es ist kein Konto verbunden.',
  'connections.emptyLead':
    'Verbinden Sie ein Konto, und Coffer bewahrt auf, was Sie dort veröffentlicht haben. Dienste, die niemanden hineinlassen, geben Ihnen stattdessen einen Export.',
  'connections.someProblems':
    '{count, plural, one {# Verbindung braucht Aufmerksamkeit} other {# Verbindungen brauchen Aufmerksamkeit}}',

  'connections.state.syncing': 'Wird abgeglichen',
  'connections.state.pending': 'Noch nicht abgeglichen',
  'connections.state.connected': 'Verbunden',
  'connections.state.paused': 'Angehalten',
  'connections.state.error': 'Letzter Abgleich misslungen',
  'connections.state.disconnected': 'Getrennt',
  'connections.state.token_expired': 'Anmeldung abgelaufen',
  'connections.state.archive': 'Aus einem Export',

  'connections.lastSync': 'Letzter Abgleich',
  'connections.lastImport': 'Letzter Import',
  'connections.nextSync': 'Nächster Abgleich',
  'connections.never': 'Noch nicht',
  'connections.notPlanned': 'Nicht geplant',
  'connections.soon': 'Bald',
  'connections.posts': 'Beiträge',
  'connections.media': 'Bilder und Filme',
  'connections.pending': 'Noch zu laden',
  'connections.failed': 'Nicht ladbar',
  'connections.unavailable': 'Dort nicht mehr da',
  'connections.unreadable': 'Nicht lesbar',
  'connections.failures': '{count, plural, one {Einmal misslungen} other {#-mal nacheinander misslungen}}',
  'connections.partial': 'Teilweise',
  'connections.nowPosts':
    '{total, plural, =0 {Neue Beiträge werden gesucht …} other {Beiträge werden gelesen: {done, number} von {total, number}}}',
  'connections.nowMedia':
    '{total, plural, =0 {Bilder werden geladen …} other {Bilder werden geladen: {done, number} von {total, number}}}',

  'connections.sync': 'Jetzt abgleichen',
  'connections.pause': 'Anhalten',
  'connections.resume': 'Fortsetzen',
  'connections.retry': 'Misslungenes erneut versuchen',
  'connections.actions': 'Weitere Aktionen für {name}',
  'connections.signInAgain': 'Erneut anmelden …',
  'connections.openProfile': 'Profil öffnen',
  'connections.showPosts': 'Beiträge anzeigen',
  'connections.newerExport': 'Neueren Export importieren …',
  'connections.plan': 'Wie oft …',
  'connections.log': 'Protokoll …',
  'connections.letters': 'Nicht Lesbares …',
  'connections.disconnect': 'Trennen …',

  'connections.planTitle': 'Wie oft {name} abgeglichen wird',
  'connections.pausesOnBattery': 'Nicht, solange dieser Rechner mit Akku läuft',
  'connections.planSave': 'Speichern',
  'connections.every': 'Alle {duration}',
  'connections.hourly': 'Jede Stunde',
  'connections.daily': 'Einmal am Tag',
  'connections.weekly': 'Einmal in der Woche',

  'connections.disconnectTitle': '{name} trennen?',
  'connections.disconnectLead':
    'Coffer vergisst die Anmeldung und gleicht nicht mehr ab. Beim Dienst selbst ändert sich nichts.',
  'connections.disconnectLeadArchive':
    'Coffer vergisst dieses Konto. Beim Dienst ändert sich nichts, und Ihre Exportdatei bleibt unberührt.',
  'connections.disconnectWhat': 'Was archiviert wurde',
  'connections.keep': 'Archiviertes behalten',
  'connections.keepHint':
    '{count, plural, =0 {Beiträge und Bilder bleiben in Ihrem Tresor.} one {# Beitrag und seine Bilder bleiben in Ihrem Tresor.} other {# Beiträge und ihre Bilder bleiben in Ihrem Tresor.}}',
  'connections.erase': 'Auch löschen',
  'connections.eraseHint':
    '{count, plural, =0 {Was über diese Verbindung kam, wird endgültig gelöscht.} one {# Beitrag und die Bilder, die mit ihm kamen, werden endgültig gelöscht.} other {# Beiträge und die Bilder, die mit ihnen kamen, werden endgültig gelöscht.}} Das kann nicht rückgängig gemacht werden. Frühere Sicherungen enthalten es noch.',
  'connections.disconnectConfirm': 'Trennen',
  'connections.eraseConfirm':
    '{count, plural, =0 {Trennen und löschen} one {Trennen und # Beitrag löschen} other {Trennen und # Beiträge löschen}}',
  'connections.disconnected': '{name} ist getrennt. Alles ist erhalten.',
  'connections.erased':
    '{count, plural, =0 {{name} ist getrennt.} one {{name} ist getrennt, # Beitrag wurde gelöscht.} other {{name} ist getrennt, # Beiträge wurden gelöscht.}}',

  'connections.logTitle': 'Abgleiche von {name}',
  'connections.logEmpty': 'Es gab noch keinen Abgleich.',
  'connections.run.running': 'Läuft',
  'connections.run.success': 'Erledigt',
  'connections.run.partial': 'Teilweise erledigt',
  'connections.run.failed': 'Misslungen',
  'connections.run.cancelled': 'Abgebrochen',
  'connections.kind.webhook': 'der Dienst meldete Neues',
  'connections.kind.manual': 'auf Wunsch',
  'connections.kind.scheduled': 'von selbst',
  'connections.kind.backfill': 'ältere Beiträge',
  'connections.kind.import': 'aus einem Export',
  'connections.kind.stream': 'laufend',
  'connections.fetched': '{count, number} gelesen',
  'connections.created': '{count, number} neu',
  'connections.updated': '{count, number} geändert',
  'connections.deleted': '{count, number} dort nicht mehr da',
  'connections.mediaDownloaded': '{count, plural, one {# Bild geladen} other {# Bilder geladen}}',
  'connections.mediaFailed': '{count, plural, one {# Bild nicht geladen} other {# Bilder nicht geladen}}',
  'connections.took': 'Dauer: {duration}',
  'connections.details': 'Alle Einzelheiten',
  'connections.more': 'Mehr anzeigen',

  'connections.lettersTitle': 'Was von {name} nicht gelesen werden konnte',
  'connections.lettersEmpty': 'Alles konnte gelesen und geladen werden.',
  'connections.lettersLead':
    'Es ist erhalten, wie es kam; nichts ist verloren. Eine neuere Version von Coffer kann es vielleicht lesen.',
  'connections.letter.post': 'Beitrag',
  'connections.letter.media': 'Bild',
  'connections.attempts': '{count, plural, one {einmal versucht} other {#-mal versucht}}',

  'connect.title': 'Konto verbinden',
  'connect.titleOf': '{name} verbinden',
  'connect.importOf': 'Aus {name} importieren',
  'connect.back': 'Zurück',
  'connect.synced': 'Coffer hält sie auf dem neuesten Stand',
  'connect.exports': 'Nur über ihren Export',
  'connect.confirm': 'Verbinden',
  'connect.signIn': 'Im Browser anmelden',
  'connect.done': '{name} ist verbunden. Der erste Abgleich läuft.',
  'connect.import': 'Export auswählen …',
  'connect.openPage': 'Seite öffnen',
  'connect.handle': 'Name dort (Handle)',
  'connect.server': 'Server',
  'connect.serverOptional': 'Server (nur wenn es ein anderer ist)',
  'connect.appPassword': 'App-Passwort (optional)',
  'connect.token': 'Zugriffstoken',
  'connect.clientId': 'Client-ID',
  'connect.clientSecret': 'Client-Geheimnis',
  'connect.secretKept': 'Es wird verschlüsselt in Ihrem Tresor gespeichert und nie wieder angezeigt.',
  'connect.waiting': 'Weiter geht es in Ihrem Browser. Dieses Fenster folgt von selbst.',
  'connect.again': 'Seite erneut öffnen',
  'connect.cancelled': 'Die Anmeldung wurde aufgegeben.',
  'connect.instead': 'Oder einen Export importieren',

  'connect.lead.bluesky': 'Für alles, was jeder sehen kann, genügt der Name. Bluesky verlangt dafür kein Passwort.',
  'connect.lead.mastodon':
    'Sie melden sich auf Ihrem eigenen Server an und erlauben Coffer das Lesen. Coffer sieht Ihr Passwort nie und kann nichts veröffentlichen.',
  'connect.lead.strava':
    'Strava lässt Programme nur mit einem eigenen Schlüssel hinein und verlangt dafür ein bezahltes Abonnement. Legen Sie bei Strava eine App mit localhost als Rückruf-Domain an und übertragen Sie deren Client-ID und Geheimnis hierher. Ohne Abonnement importieren Sie Ihren Export.',
  'connect.lead.instagram':
    'Instagram lässt Programme nur professionelle Konten lesen. Erstellen Sie für ein solches bei Meta ein Zugriffstoken und fügen Sie es hier ein. Für jedes andere Konto importieren Sie Ihren Export.',
  'connect.lead.google_photos':
    'Google lässt kein Programm mehr eine Fotobibliothek lesen. Was es gibt, ist ein Export namens Takeout, der jedes Foto mit Datum und Ort enthält.',
  'connect.lead.facebook':
    'Facebook lässt kein Programm Ihre Beiträge lesen. Nur der Export, den Sie anfordern, enthält sie.',
  'connect.lead.x':
    'X lässt niemanden Beiträge lesen, der nicht monatlich bezahlt. Ihr Archiv ist kostenlos und vollständig.',
  'connect.lead.threads':
    'Threads lässt Programme erst nach einer langen Prüfung durch Meta lesen. Der Export, den Sie anfordern, enthält Ihre Beiträge.',
  'connect.lead.flickr':
    'Flickr verlangt Geld für einen Schlüssel. Der Export, den Sie anfordern, enthält jedes Foto mit allen Angaben.',
  'connect.appPasswordHint':
    'Nur nötig für das, was Ihre Einstellungen vor nicht angemeldeten Personen verbergen. Erstellen Sie eines in den Einstellungen von Bluesky; geben Sie nie Ihr richtiges Passwort ein.',

  'connect.steps.strava':
    'Öffnen Sie bei Strava die Einstellungen Ihres Kontos und wählen Sie „Konto herunterladen oder löschen“.\nWählen Sie „Archiv anfordern“. Gelöscht wird dadurch nichts.\nStrava schickt Ihnen einen Link. Laden Sie die ZIP-Datei herunter und wählen Sie sie hier aus.',
  'connect.steps.instagram':
    'Öffnen Sie in der Kontenübersicht „Deine Informationen herunterladen“.\nWählen Sie Ihr Konto, alle Informationen und den gesamten Zeitraum.\nWählen Sie JSON als Format, nicht HTML, und hohe Medienqualität.\nMeta meldet sich, wenn alles bereit ist. Laden Sie alle Teile herunter und wählen Sie sie zusammen aus.',
  'connect.steps.google_photos':
    'Öffnen Sie Google Takeout, heben Sie die Auswahl auf und wählen Sie nur Google Fotos.\nWählen Sie ZIP als Dateityp und 50 GB als Größe, damit es wenige Teile werden.\nGoogle meldet sich, wenn alles bereit ist. Laden Sie jeden Teil herunter.\nWählen Sie hier alle Teile zusammen aus; entpackt werden müssen sie nicht.',
  'connect.steps.facebook':
    'Öffnen Sie „Deine Informationen herunterladen“.\nWählen Sie Ihre Beiträge, Fotos und Videos und den gesamten Zeitraum.\nWählen Sie JSON als Format, nicht HTML, und hohe Medienqualität.\nFacebook meldet sich, wenn alles bereit ist. Laden Sie alle Teile herunter und wählen Sie sie zusammen aus.',
  'connect.steps.x':
    'Öffnen Sie in den Einstellungen von X „Dein Account“ und wählen Sie „Archiv deiner Daten herunterladen“.\nBestätigen Sie, dass Sie es sind. Es dauert etwa einen Tag.\nLaden Sie die ZIP-Datei herunter und wählen Sie sie hier aus.',
  'connect.steps.threads':
    'Öffnen Sie in der Kontenübersicht „Deine Informationen herunterladen“.\nWählen Sie Ihr Threads-Profil und den gesamten Zeitraum.\nWählen Sie JSON als Format, nicht HTML.\nMeta meldet sich, wenn alles bereit ist. Laden Sie den Export herunter und wählen Sie ihn hier aus.',
  'connect.steps.flickr':
    'Öffnen Sie bei Flickr Ihr Konto und wählen Sie „Meine Flickr-Daten anfordern“.\nFlickr meldet sich, wenn alles bereit ist, mit mehreren ZIP-Dateien.\nLaden Sie die Daten und alle Fotos herunter und wählen Sie sie zusammen aus.',
}
