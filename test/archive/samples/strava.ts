import { gzipSync } from 'node:zlib'
import { FitBaseType, FitEncoder } from 'fit-file-parser'
import type { Sample } from './index.ts'
import { odd } from './odd.ts'

export const header =
  'Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance,Max Speed,Average Speed,Elevation Gain,Elevation Loss,Elevation Low,Elevation High,Max Grade,Average Grade,Average Positive Grade,Average Negative Grade,Max Cadence,Average Cadence,Max Heart Rate,Average Heart Rate,Max Watts,Average Watts,Calories,Max Temperature,Average Temperature,Media'.split(
    ',',
  )

export interface Cells {
  readonly id: string
  readonly date?: string
  readonly name?: string
  readonly description?: string
  readonly file?: string
  readonly media?: string
}

export function cellsOf({
  id,
  date = 'Nov 20, 2024, 5:31:07\u202FPM',
  name = 'Run',
  description = '',
  file = '',
  media = '',
}: Cells): string[] {
  return [
    id,
    date,
    name,
    'Run',
    description,
    '3600',
    '10.23',
    '170',
    '50',
    'false',
    'note',
    'Shoes',
    file,
    '70',
    '',
    '3601',
    '3500',
    '10234.5',
    '5.1',
    '2.9',
    '120',
    '119',
    '30',
    '90',
    '10',
    '0',
    '',
    '',
    '90',
    '80',
    '171',
    '150',
    '300',
    '200',
    '650',
    '20',
    '18',
    media,
  ]
}

export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')
}

export const gpx = `<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1" xmlns:t="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
<metadata><time>2020-01-01T00:00:00Z</time></metadata><wpt lat="1" lon="1"/><trk><name>x</name><trkseg>
<trkpt lat="52.5" lon="13.4"><ele>34.5</ele><time>2024-11-20T17:31:07Z</time><extensions><t:TrackPointExtension><t:hr>120</t:hr><t:cad>80</t:cad><t:atemp>18</t:atemp></t:TrackPointExtension><power>210</power></extensions></trkpt>
<trkpt lat="52.50001" lon="13.4005"><time>2024-11-20T17:31:17Z</time></trkpt>
<trkpt lat="52.5" lon="13.401"><time>2024-11-20T17:31:27Z</time></trkpt></trkseg></trk></gpx>`

export const tcx = `   
  <?xml version="1.0"?><TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities><Activity Sport="Running"><Lap><AverageHeartRateBpm><Value>99</Value></AverageHeartRateBpm><Track>
<Trackpoint><Time>2024-11-20T17:31:07Z</Time><Position><LatitudeDegrees>52.5</LatitudeDegrees><LongitudeDegrees>13.4</LongitudeDegrees></Position><AltitudeMeters>34.5</AltitudeMeters><HeartRateBpm><Value>120</Value></HeartRateBpm><Cadence>80</Cadence><Extensions><ns3:TPX xmlns:ns3="x"><ns3:Watts>210</ns3:Watts></ns3:TPX></Extensions></Trackpoint>
<Trackpoint><Time>2024-11-20T17:31:08Z</Time></Trackpoint></Track></Lap></Activity></Activities></TrainingCenterDatabase>`

export function fit(): Buffer {
  const encoder = new FitEncoder()
  const u8 = { size: 1, baseType: FitBaseType.Uint8 }
  const u32 = { size: 4, baseType: FitBaseType.Uint32 }
  const s32 = { size: 4, baseType: FitBaseType.Sint32 }
  const started = FitEncoder.toFitTimestamp(new Date('2024-11-20T17:31:07Z'))
  encoder.writeMessage(0, [{ number: 0, size: 1, baseType: FitBaseType.Enum, value: 4 }])
  for (let at = 0; at < 3; at += 1) {
    encoder.writeMessage(20, [
      { number: 253, ...u32, value: started + at * 10 },
      { number: 0, ...s32, value: Math.round((52.5 * 2 ** 31) / 180) },
      { number: 1, ...s32, value: Math.round(((13.4 + at / 1000) * 2 ** 31) / 180) },
      { number: 2, size: 2, baseType: FitBaseType.Uint16, value: Math.round((34.6 + 500) * 5) },
      { number: 3, ...u8, value: 120 },
      { number: 4, ...u8, value: 80 },
      { number: 7, size: 2, baseType: FitBaseType.Uint16, value: 210 },
      { number: 13, size: 1, baseType: FitBaseType.Sint8, value: 18 },
    ])
  }
  return Buffer.from(encoder.close())
}

const rows = [
  header,
  cellsOf({ id: '1', file: 'activities/1.gpx', media: 'media/a.jpg|media/b.mp4' }),
  cellsOf({
    id: '2',
    file: 'activities/2.fit.gz',
    name: odd.replace('\uD800', ''),
    description: 'line one\nline "two"',
  }),
  cellsOf({ id: '3', file: 'activities/3.tcx.gz' }),
  cellsOf({ id: '4', file: '#error#' }),
  cellsOf({ id: '5' }),
]
const files = {
  'activities.csv': csv(rows),
  'profile.csv': 'Athlete ID,Email Address,First Name,Last Name,Sex,Description\n42,ana@mail.example,Ana,B,F,Bio\n',
  'activities/1.gpx': gpx,
  'activities/2.fit.gz': gzipSync(fit()),
  'activities/3.tcx.gz': gzipSync(tcx),
  'media/a.jpg': 'picture',
  'media/b.mp4': 'film',
}

export const strava: Sample = {
  name: 'strava',
  files,
  broken: { ...files, 'activities.csv': csv(rows.map((row) => (row[0] === '4' ? ['4', 'never'] : row))) },
  posts: ['1', '2', '3', '4', '5'],
  isOdd: true,
}
