import type { Scene } from './demo-pictures.ts'

/** A journey of the demo, told by its pictures. */
export interface Trip {
  readonly album: string
  readonly about: string
  readonly kinds: readonly Scene['kind'][]
  readonly from: string
  readonly days: number
  readonly offset: string
  readonly camera: Scene['camera']
  readonly place: { readonly name: string; readonly latitude: number; readonly longitude: number } | null
  readonly tags: readonly string[]
  /** Who is on some of its pictures. */
  readonly people: readonly string[]
}

const fuji = ['Fujifilm', 'X-T5', 'XF23mmF1.4 R LM WR'] as const
const canon = ['Canon', 'EOS R6', 'RF24-70mm F2.8 L IS USM'] as const
const phone = ['Google', 'Pixel 8', 'Pixel 8 back camera 6.9mm f/1.68'] as const

export const trips: readonly Trip[] = [
  {
    album: 'Lofoten, winter light',
    about: 'Five short days and very long nights.',
    kinds: ['snow', 'mountains', 'sea', 'night'],
    from: '2023-02-11',
    days: 5,
    offset: '+01:00',
    camera: fuji,
    place: { name: 'Reine, Lofoten', latitude: 67.9324, longitude: 13.0891 },
    tags: ['Norway', 'winter'],
    people: ['Mara Lindqvist'],
  },
  {
    album: 'A weekend in Lisbon',
    about: 'Stairs, trams and the river.',
    kinds: ['city', 'sea', 'city'],
    from: '2023-05-19',
    days: 3,
    offset: '+01:00',
    camera: phone,
    place: { name: 'Lisbon', latitude: 38.7139, longitude: -9.1394 },
    tags: ['Portugal', 'city'],
    people: ['Tomás Oliveira', 'Mara Lindqvist'],
  },
  {
    album: 'Dolomites, hut to hut',
    about: 'Alta Via 1, from Lago di Braies to Passo Giau.',
    kinds: ['mountains', 'meadow', 'forest', 'mountains'],
    from: '2023-08-04',
    days: 7,
    offset: '+02:00',
    camera: fuji,
    place: { name: 'Rifugio Lagazuoi', latitude: 46.528, longitude: 12.0075 },
    tags: ['Italy', 'hiking'],
    people: ['Aiko Tanaka'],
  },
  {
    album: 'Autumn walks',
    about: 'Always the same path, never the same light.',
    kinds: ['forest', 'meadow'],
    from: '2023-10-14',
    days: 20,
    offset: '+02:00',
    camera: canon,
    place: { name: 'Wildpark Potsdam', latitude: 52.3866, longitude: 13.0096 },
    tags: ['home', 'hiking'],
    people: ['Grete Sommer'],
  },
  {
    album: 'Death Valley and the coast',
    about: 'From the lowest place to the sea.',
    kinds: ['desert', 'night', 'sea'],
    from: '2024-03-22',
    days: 8,
    offset: '-07:00',
    camera: canon,
    place: { name: 'Zabriskie Point', latitude: 36.4203, longitude: -116.8121 },
    tags: ['California', 'desert'],
    people: ['Tomás Oliveira'],
  },
  {
    album: 'The balcony',
    about: 'What grew there.',
    kinds: ['meadow', 'city'],
    from: '2024-06-02',
    days: 60,
    offset: '+02:00',
    camera: phone,
    place: null,
    tags: ['home'],
    people: [],
  },
  {
    album: 'Tokyo in November',
    about: 'Gingko leaves and neon.',
    kinds: ['city', 'night', 'forest'],
    from: '2024-11-02',
    days: 10,
    offset: '+09:00',
    camera: fuji,
    place: { name: 'Shinjuku', latitude: 35.6938, longitude: 139.7034 },
    tags: ['Japan', 'city'],
    people: ['Aiko Tanaka'],
  },
  {
    album: 'Iceland, all the way round',
    about: '1,332 kilometres and every weather there is.',
    kinds: ['mountains', 'sea', 'meadow', 'snow'],
    from: '2025-06-18',
    days: 12,
    offset: '+00:00',
    camera: fuji,
    place: { name: 'Vík í Mýrdal', latitude: 63.4186, longitude: -19.006 },
    tags: ['Iceland', 'road trip'],
    people: ['Mara Lindqvist', 'Tomás Oliveira'],
  },
]

/** The other things of a life, as the API takes them; `people` and `trips` are linked to them where they belong. */
export const records: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  contacts: [
    {
      display_name: 'Mara Lindqvist',
      given_name: 'Mara',
      family_name: 'Lindqvist',
      emails: [{ label: 'home', value: 'mara@example.org' }],
      phones: [{ label: 'mobile', value: '+46 70 000 00 01' }],
      birthday: '1988-04-12',
    },
    {
      display_name: 'Tomás Oliveira',
      given_name: 'Tomás',
      family_name: 'Oliveira',
      organisation: 'Atelier Rua Nova',
      emails: [{ label: 'work', value: 'tomas@example.com' }],
      birthday: '1985-11-30',
    },
    {
      display_name: 'Aiko Tanaka',
      given_name: 'Aiko',
      family_name: 'Tanaka',
      emails: [{ label: 'home', value: 'aiko@example.net' }],
      birthday: '1991-01-07',
    },
    {
      display_name: 'Grete Sommer',
      given_name: 'Grete',
      family_name: 'Sommer',
      phones: [{ label: 'home', value: '+49 331 000000' }],
      note: 'Calls on Sundays.',
      birthday: '1941-09-03',
    },
  ],
  notes: [
    {
      title: 'Packing list for the north',
      body: '- wool\n- headlamp\n- spare batteries, warm pocket\n- thermos\n- microspikes',
      pinned: true,
    },
    {
      title: 'Pastéis de nata',
      body: '250 ml milk, 30 g flour, 250 g sugar, 6 egg yolks, one cinnamon stick, lemon peel. 250 °C, 12 minutes.',
    },
    { title: 'Iceland, what we would do again', body: 'Start east. Two nights at Mývatn. Buy the good map.' },
  ],
  tasks: [
    {
      title: 'Scan grandmother’s albums',
      notes: 'Three boxes; the blue one first.',
      status: 'in_progress',
      priority: 1,
      due_at: '2026-12-01T18:00:00Z',
    },
    { title: 'Renew the passport', status: 'open', priority: 2, due_at: '2027-01-15T12:00:00Z' },
    { title: 'Print the Lofoten picture for Mara', status: 'done', completed_at: '2025-12-20T17:30:00Z' },
  ],
  'calendar-events': [
    { title: 'Mara’s birthday', starts_at: '2026-04-12T00:00:00Z', all_day: true, rrule: 'FREQ=YEARLY' },
    {
      title: 'Slide evening: Iceland',
      location_text: 'At Tomás’s',
      starts_at: '2026-01-24T18:30:00Z',
      ends_at: '2026-01-24T22:00:00Z',
      tz: 'Europe/Berlin',
      attendees: ['Mara Lindqvist', 'Tomás Oliveira'],
    },
    { title: 'Flight to Keflavík', starts_at: '2025-06-18T08:15:00Z', ends_at: '2025-06-18T11:55:00Z' },
  ],
  bookmarks: [
    { url: 'https://example.org/northern-lights', title: 'Northern lights forecast', folder: 'Travel' },
    { url: 'https://example.org/huts', title: 'Mountain huts of the Dolomites', folder: 'Travel' },
    { url: 'https://example.org/film-developing', title: 'Developing film at home', folder: 'Photography' },
  ],
  'web-pages': [
    {
      url: 'https://example.org/essay-on-light',
      title: 'On low light',
      author: 'K. Varga',
      excerpt: 'Why the hour before sunrise is worth the cold.',
      content_text:
        'The hour before sunrise is worth the cold. Shadows have no edges yet, and snow keeps every colour it is given.',
      saved_at: '2024-01-08T20:10:00Z',
    },
  ],
  documents: [
    {
      title: 'Passport',
      doc_type: 'passport',
      issued_at: '2017-03-02',
      expires_at: '2027-03-01',
      issuer: 'City of Potsdam',
    },
    {
      title: 'Camera insurance',
      doc_type: 'contract',
      issued_at: '2024-02-01',
      expires_at: '2026-02-01',
      issuer: 'Example Mutual',
    },
  ],
  transactions: [
    {
      occurred_at: '2025-06-20T16:40:00Z',
      amount: 64.5,
      currency: 'EUR',
      direction: 'out',
      counterparty: 'Campsite Þakgil',
      category: 'travel',
      account_name: 'Giro',
    },
    {
      occurred_at: '2024-11-03T09:05:00Z',
      amount: 1980,
      currency: 'JPY',
      direction: 'out',
      counterparty: 'Camera shop, Shinjuku',
      category: 'photography',
      memo: 'lens cap',
    },
    {
      occurred_at: '2025-12-18T11:00:00Z',
      amount: 45,
      currency: 'EUR',
      direction: 'in',
      counterparty: 'Mara Lindqvist',
      category: 'gifts',
      memo: 'half of the print',
    },
  ],
  messages: [
    {
      conversation_id: 'mara',
      channel: 'signal',
      sender: 'Mara',
      body: 'The third one, with the boat! Can I have it big?',
      sent_at: '2023-02-20T19:02:00Z',
      direction: 'in',
    },
    {
      conversation_id: 'mara',
      channel: 'signal',
      sender: 'me',
      body: 'It is at the printer already.',
      sent_at: '2023-02-20T19:05:00Z',
      direction: 'out',
    },
  ],
  emails: [
    {
      thread_id: 'hut',
      folder: 'INBOX',
      subject: 'Your reservation: Rifugio Lagazuoi',
      from_address: 'hut@example.org',
      sent_at: '2023-05-02T08:00:00Z',
      body_text: 'Two beds, 8 to 9 August, half board.',
      is_read: true,
    },
  ],
  'health-records': [
    { record_type: 'steps', recorded_at: '2023-08-07T20:00:00Z', value: 31_204, unit: 'count' },
    { record_type: 'resting_heart_rate', recorded_at: '2025-06-30T06:00:00Z', value: 54, unit: 'bpm' },
  ],
}

/** What was said in public, through one connected account. */
export const posts: readonly { readonly at: string; readonly text: string }[] = [
  { at: '2023-02-14T18:20:00Z', text: 'Four hours of daylight and all of it is blue. #lofoten' },
  { at: '2023-08-10T16:45:00Z', text: 'Seven days, six huts, one pair of socks too few.' },
  { at: '2024-11-05T12:10:00Z', text: 'The gingko trees of Tokyo decided to all do it today.' },
  { at: '2025-06-29T21:30:00Z', text: 'All the way round. The last kilometre was the same road as the first.' },
]
