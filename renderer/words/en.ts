import type { Import, ImportOutcome, TakenSource } from '../../main/contract/index.ts'
import { bytes, counted, day, decimal, duration, number } from './format.ts'

const photos = (count: number): string => counted(count, 'photo', 'photos')
const files = (count: number): string => counted(count, 'file', 'files')

const takenSources: Readonly<Record<TakenSource, string>> = {
  user: 'set by you',
  'xmp-sidecar': 'from its sidecar file',
  'exif-offset': 'camera clock and zone',
  'gps-zone': 'camera clock, zone from GPS',
  'gps-delta': 'camera clock, zone from GPS time',
  'maker-note': 'camera clock, zone from the maker’s note',
  exif: 'camera clock, zone unknown',
  quicktime: 'from the video',
  xmp: 'from its XMP data',
  iptc: 'from its IPTC data',
  'png-text': 'from the picture’s text',
  takeout: 'from the Google export',
  filename: 'read from the file name',
  mtime: 'date of the file',
}

const outcomes: Readonly<Record<ImportOutcome, string>> = {
  waiting: 'Still waiting',
  added: 'Added',
  duplicate: 'Already here',
  stacked: 'Kept with another photo',
  unsupported: 'Not supported',
  damaged: 'Damaged',
  failed: 'Could not be read',
}

const importStatuses: Readonly<Record<Import['status'], string>> = {
  running: 'Running',
  paused: 'Paused',
  waiting: 'Waiting',
  done: 'Finished',
  cancelled: 'Cancelled',
  undone: 'Undone',
  failed: 'Stopped',
}

/** Every sentence of the interface. Plain, short, calm, exact. */
export const words = {
  app: 'Coffer',
  loading: 'One moment…',
  tryAgain: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  unknownProblem: 'Coffer could not do this. Nothing was lost.',
  unreachable: 'Coffer’s engine is not answering yet. It is being started again.',
  photos,
  files,
  nav: { main: 'Main', timeline: 'Timeline', imports: 'Imports' },
  welcome: {
    title: 'A permanent home for your photos',
    lead: 'Coffer keeps everything on this computer, in one folder that you own. What you add is copied, never changed.',
    make: 'Make a vault',
    makeHint: 'Your photos will be kept in this folder.',
    openExisting: 'Open a vault you have',
    openHint: 'The folder Coffer made before.',
    name: 'Name',
    nameOptional: 'Name (optional)',
    namePlaceholder: 'Our photos',
    folder: 'Folder',
    change: 'Change…',
    choose: 'Choose…',
    create: 'Make vault',
    creating: 'Making the vault…',
    open: 'Open vault',
    opening: 'Opening your vault…',
    typePath: 'Path of a folder on this computer',
  },
  timeline: {
    title: 'Timeline',
    emptyTitle: 'Nothing here yet.',
    emptyLead: 'Drop photos or folders anywhere in this window. They are copied, never changed.',
    emptyBrowserLead: 'Tell Coffer which folder on this computer to bring in. Photos are copied, never changed.',
    importFolder: 'Import a folder…',
    importFiles: 'Import files…',
    undated: 'No date',
    undatedDay: 'Photos whose date is unknown',
    damaged: 'Damaged',
    day,
    tile: (filename: string, date: string | null): string => (date === null ? filename : `${filename}, ${date}`),
    grid: 'Photos by day',
  },
  drop: {
    title: 'Drop to import',
    lead: 'Files and folders. They are copied, never changed.',
    browserTitle: 'A browser does not tell where files are',
    browserLead: 'Type the path instead, with Import a folder.',
  },
  pathDialog: {
    title: 'Import a folder',
    label: 'Path of a folder or file on this computer',
    placeholder: '/home/anna/Pictures',
    go: 'Look inside',
  },
  sheet: {
    counting: 'Looking through your files…',
    looked: (what: string): string => `Import from ${what}`,
    manyPaths: (first: string, others: number): string => `${first} and ${counted(others, 'other', 'others')}`,
    fresh: (count: number): string => `${number(count)} new`,
    present: (count: number): string => `${number(count)} already here`,
    unsupported: (count: number): string => `${number(count)} unsupported`,
    damaged: (count: number): string => `${number(count)} damaged`,
    copy: 'Keep a copy in the vault',
    copyHint: 'The files you chose stay as they are.',
    reference: 'Leave them where they are',
    referenceHint: 'Coffer shows them from there. They are not backed up with the vault.',
    how: 'How to keep them',
    dontAsk: 'Don’t ask next time',
    import: 'Import',
    importCount: (count: number): string => `Import ${photos(count)}`,
    nothingNew: 'Everything is here already.',
  },
  running: {
    label: 'Import in progress',
    progress: (done: number, total: number, final: boolean): string =>
      final ? `Importing ${number(done)} of ${number(total)}` : `Importing ${number(done)} of ${number(total)} so far`,
    paused: (done: number, total: number): string => `Paused at ${number(done)} of ${number(total)}`,
    waiting: 'The import is waiting.',
    rate: (perSecond: number): string => `${decimal(perSecond)}/s`,
    left: (seconds: number): string => `${duration(seconds)} left`,
    pause: 'Pause',
    resume: 'Resume',
    cancel: 'Cancel',
    report: 'Open the report',
  },
  imports: {
    title: 'Imports',
    empty: 'Nothing has been imported yet.',
    emptyLead: 'When you bring photos in, what became of every file is kept here.',
    back: 'All imports',
    status: importStatuses,
    summary: (each: Import): string =>
      each.added > 0 ? `${photos(each.added)} added` : each.status === 'running' ? 'Just started' : 'Nothing new',
    seen: 'Files',
    added: 'Added',
    duplicates: 'Already here',
    stacked: 'Kept together',
    unsupported: 'Not supported',
    damaged: 'Damaged',
    failed: 'Could not be read',
    skipped: (count: number): string =>
      `${counted(count, 'system file was', 'system files were')} passed over (like .DS_Store and Thumbs.db).`,
    sentence: (each: Import): string => {
      const eyes = each.damaged + each.failed
      const start = each.added === 0 ? 'Nothing new was added.' : `${photos(each.added)} added to your vault.`
      if (eyes === 0) return start
      const kept = eyes === 1 ? 'It is kept as it was.' : 'They are kept as they were.'
      return `${start} Coffer could not fully read ${files(eyes)}. ${kept}`
    },
    from: 'From',
    started: 'Started',
    took: 'Took',
    size: 'Size',
    kept: 'Kept',
    keptCopy: 'Copied into the vault',
    keptReference: 'Left where they are',
    outcome: outcomes,
    showMore: 'Show more',
    noProblems: 'Every file is in. Nothing needs a look.',
    undo: 'Undo this import…',
    undoTitle: 'Undo this import?',
    undoLead: (count: number): string =>
      `${counted(count, 'photo goes', 'photos go')} to the trash. Your own files are not touched, and nothing is deleted for ever.`,
    undoConfirm: (count: number): string => `Move ${photos(count)} to the trash`,
    ask: 'Ask before each import',
    bytesOf: (done: number, total: number): string => `${bytes(done)} of ${bytes(total)}`,
  },
  viewer: {
    label: (filename: string): string => `Viewer: ${filename}`,
    back: 'Back to the timeline',
    previous: 'Previous',
    next: 'Next',
    info: 'Information',
    noPicture: 'There is no picture of this file.',
    when: 'When',
    noDate: 'Date unknown',
    zoneUnknown: 'zone unknown',
    source: takenSources,
    camera: 'Camera',
    file: 'File',
    where: 'Where',
    cameFrom: 'Came from',
    pixels: (width: number, height: number): string => `${number(width)} × ${number(height)}`,
    megapixels: (width: number, height: number): string => `${decimal((width * height) / 1e6)} MP`,
    hash: 'SHA-256',
    copyHash: 'Copy the whole SHA-256',
    copied: 'Copied',
    altitude: (metres: number): string => `${number(metres)} m`,
    inVault: 'Kept in the vault',
    byReference: 'Stays where it is',
    damaged: 'This file is damaged. It is kept as it was.',
    exposure: (exposure: {
      readonly seconds: number | null
      readonly aperture: number | null
      readonly iso: number | null
      readonly focalLengthMm: number | null
    }): string =>
      [
        exposure.seconds === null
          ? null
          : exposure.seconds < 0.5
            ? `1/${number(1 / exposure.seconds)} s`
            : `${decimal(exposure.seconds)} s`,
        exposure.aperture === null ? null : `ƒ/${decimal(exposure.aperture)}`,
        exposure.iso === null ? null : `ISO ${number(exposure.iso)}`,
        exposure.focalLengthMm === null ? null : `${decimal(exposure.focalLengthMm)} mm`,
      ]
        .filter((part) => part !== null)
        .join(' · '),
  },
} as const
