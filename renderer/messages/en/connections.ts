/** Accounts at services, how they are synced, and how to get at what lies there. */
export const connections = {
  'connections.title': 'Connections',
  'connections.lead': 'Accounts whose posts and pictures are kept here, whatever becomes of the service.',
  'connections.add': 'Connect an account…',
  'connections.empty': 'No account is connected.',
  'connections.emptyLead':
    'Connect an account, and Coffer keeps what you published there. Services that let nobody in give you an export instead.',
  'connections.someProblems':
    '{count, plural, one {# connection needs attention} other {# connections need attention}}',

  'connections.state.syncing': 'Syncing',
  'connections.state.pending': 'Not synced yet',
  'connections.state.connected': 'Connected',
  'connections.state.paused': 'Paused',
  'connections.state.error': 'Last sync failed',
  'connections.state.disconnected': 'Disconnected',
  'connections.state.token_expired': 'Sign-in expired',
  'connections.state.archive': 'From an export',

  'connections.lastSync': 'Last sync',
  'connections.lastImport': 'Last import',
  'connections.nextSync': 'Next sync',
  'connections.never': 'Not yet',
  'connections.notPlanned': 'Not planned',
  'connections.soon': 'Soon',
  'connections.posts': 'Posts',
  'connections.media': 'Pictures and films',
  'connections.pending': 'Still to fetch',
  'connections.failed': 'Could not be fetched',
  'connections.unavailable': 'No longer there',
  'connections.unreadable': 'Could not be read',
  'connections.failures': '{count, plural, one {Failed once} other {Failed # times in a row}}',
  'connections.partial': 'Partly',
  'connections.nowPosts':
    '{total, plural, =0 {Looking for new posts…} other {Reading posts: {done, number} of {total, number}}}',
  'connections.nowMedia':
    '{total, plural, =0 {Fetching pictures…} other {Fetching pictures: {done, number} of {total, number}}}',

  'connections.sync': 'Sync now',
  'connections.pause': 'Pause',
  'connections.resume': 'Resume',
  'connections.retry': 'Try again what failed',
  'connections.actions': 'More actions for {name}',
  'connections.signInAgain': 'Sign in again…',
  'connections.openProfile': 'Open the profile',
  'connections.showPosts': 'Show posts',
  'connections.newerExport': 'Import a newer export…',
  'connections.plan': 'How often…',
  'connections.log': 'Log…',
  'connections.letters': 'What could not be read…',
  'connections.disconnect': 'Disconnect…',

  'connections.planTitle': 'How often {name} is synced',
  'connections.pausesOnBattery': 'Not while this computer runs on battery',
  'connections.planSave': 'Save',
  'connections.every': 'Every {duration}',
  'connections.hourly': 'Every hour',
  'connections.daily': 'Once a day',
  'connections.weekly': 'Once a week',

  'connections.disconnectTitle': 'Disconnect {name}?',
  'connections.disconnectLead': 'Coffer forgets how to sign in and syncs no more. Nothing changes at the service.',
  'connections.disconnectLeadArchive':
    'Coffer forgets this account. Nothing changes at the service, and your export file is not touched.',
  'connections.disconnectWhat': 'What was archived',
  'connections.keep': 'Keep what was archived',
  'connections.keepHint':
    '{count, plural, =0 {Posts and pictures stay in your vault.} one {# post and its pictures stay in your vault.} other {# posts and their pictures stay in your vault.}}',
  'connections.erase': 'Erase it too',
  'connections.eraseHint':
    '{count, plural, =0 {What came through this connection is deleted permanently.} one {# post and the pictures that came with it are deleted permanently.} other {# posts and the pictures that came with them are deleted permanently.}} This cannot be undone. Backups made before still hold it.',
  'connections.disconnectConfirm': 'Disconnect',
  'connections.eraseConfirm':
    '{count, plural, =0 {Disconnect and erase} one {Disconnect and erase # post} other {Disconnect and erase # posts}}',
  'connections.disconnected': '{name} is disconnected. Everything is kept.',
  'connections.erased':
    '{count, plural, =0 {{name} is disconnected.} one {{name} is disconnected, and # post was erased.} other {{name} is disconnected, and # posts were erased.}}',

  'connections.logTitle': 'Syncs of {name}',
  'connections.logEmpty': 'It has not been synced yet.',
  'connections.run.running': 'Running',
  'connections.run.success': 'Done',
  'connections.run.partial': 'Partly done',
  'connections.run.failed': 'Failed',
  'connections.run.cancelled': 'Stopped',
  'connections.kind.webhook': 'the service sent news',
  'connections.kind.manual': 'asked for',
  'connections.kind.scheduled': 'by itself',
  'connections.kind.backfill': 'older posts',
  'connections.kind.import': 'from an export',
  'connections.kind.stream': 'live',
  'connections.fetched': '{count, number} read',
  'connections.created': '{count, number} new',
  'connections.updated': '{count, number} changed',
  'connections.deleted': '{count, number} gone there',
  'connections.mediaDownloaded': '{count, plural, one {# picture fetched} other {# pictures fetched}}',
  'connections.mediaFailed': '{count, plural, one {# picture not fetched} other {# pictures not fetched}}',
  'connections.took': 'took {duration}',
  'connections.details': 'All details',
  'connections.more': 'Show more',

  'connections.lettersTitle': 'What could not be read from {name}',
  'connections.lettersEmpty': 'Everything could be read and fetched.',
  'connections.lettersLead': 'It is kept as it came, and nothing is lost. A newer version of Coffer may read it.',
  'connections.letter.post': 'Post',
  'connections.letter.media': 'Picture',
  'connections.attempts': '{count, plural, one {tried once} other {tried # times}}',

  'connect.title': 'Connect an account',
  'connect.titleOf': 'Connect {name}',
  'connect.importOf': 'Import from {name}',
  'connect.back': 'Back',
  'connect.synced': 'Coffer keeps them up to date',
  'connect.exports': 'Only by their export',
  'connect.confirm': 'Connect',
  'connect.signIn': 'Sign in in the browser',
  'connect.done': '{name} is connected. The first sync is running.',
  'connect.import': 'Choose the export…',
  'connect.openPage': 'Open the page',
  'connect.handle': 'Handle',
  'connect.server': 'Server',
  'connect.serverOptional': 'Server (only if it is another one)',
  'connect.appPassword': 'App password (optional)',
  'connect.token': 'Access token',
  'connect.clientId': 'Client ID',
  'connect.clientSecret': 'Client secret',
  'connect.secretKept': 'It is stored encrypted in your vault and never shown again.',
  'connect.waiting': 'Go on in your browser. This window follows by itself.',
  'connect.again': 'Open the page again',
  'connect.cancelled': 'The sign-in was given up.',
  'connect.instead': 'Or import an export',

  'connect.lead.bluesky': 'What everybody can see needs only the name. Bluesky asks for no password for that.',
  'connect.lead.mastodon':
    'You sign in on your own server and allow Coffer to read. Coffer never sees your password and cannot post.',
  'connect.lead.strava':
    'Strava lets programs in only with a key of your own, and asks for a paid subscription for it. Create an app at Strava, with localhost as its callback domain, and copy its client ID and secret here. Without a subscription, import your export.',
  'connect.lead.instagram':
    'Instagram lets programs read professional accounts only. For one of those, create an access token at Meta and paste it here. For any other account, import your export.',
  'connect.lead.google_photos':
    'Google lets no program read a photo library any more. What it gives is an export, called Takeout, which holds every photo with its date and place.',
  'connect.lead.facebook': 'Facebook lets no program read your posts. Only the export that you ask for holds them.',
  'connect.lead.x': 'X lets nobody read posts without paying by the month. Your archive is free and complete.',
  'connect.lead.threads':
    'Threads lets programs read only after a long review by Meta. The export that you ask for holds your posts.',
  'connect.lead.flickr': 'Flickr asks money for a key. The export that you ask for holds every photo with its details.',
  'connect.appPasswordHint':
    'Only needed for what your settings hide from people who are not signed in. Make one in the settings of Bluesky; never enter your real password.',

  'connect.steps.strava':
    'Open the settings of your account at Strava and choose “Download or delete your account”.\nChoose “Request your archive”. Nothing is deleted by that.\nStrava sends you a link. Download the ZIP file and choose it here.',
  'connect.steps.instagram':
    'Open “Download your information” in the Accounts Centre.\nChoose your account, all information, and all time.\nChoose JSON as the format, not HTML, and high media quality.\nMeta tells you when it is ready. Download all parts and choose them together.',
  'connect.steps.google_photos':
    'Open Google Takeout and deselect everything, then select only Google Photos.\nChoose ZIP as the file type and 50 GB as the size, so that there are few parts.\nGoogle tells you when it is ready. Download every part.\nChoose all parts together here; they need not be unpacked.',
  'connect.steps.facebook':
    'Open “Download your information”.\nChoose your posts, photos and videos, and all time.\nChoose JSON as the format, not HTML, and high media quality.\nFacebook tells you when it is ready. Download all parts and choose them together.',
  'connect.steps.x':
    'Open “Your account” in the settings of X and choose “Download an archive of your data”.\nConfirm that it is you. It takes about a day.\nDownload the ZIP file and choose it here.',
  'connect.steps.threads':
    'Open “Download your information” in the Accounts Centre.\nChoose your Threads profile and all time.\nChoose JSON as the format, not HTML.\nMeta tells you when it is ready. Download it and choose it here.',
  'connect.steps.flickr':
    'Open your account at Flickr and choose “Request my Flickr data”.\nFlickr tells you when it is ready, with several ZIP files.\nDownload the data and all photos and choose them together.',
} as const
