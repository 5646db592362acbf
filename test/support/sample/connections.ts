/** Sample connections with their streams, and the forms of the platforms. */
import type { CheckView, ConnectionView, PlatformView } from '../../../src-main/contract/views.ts'
import type { StreamName } from '../../../src-main/domain/records.ts'
import type { Instant } from '../../../src-main/domain/time.ts'
import { type Scene, erp, erpEast, lastRead, shop, shopEast } from './scene.ts'

const near = 60_000
const often = 900_000
const batch = 7_200_000

const shopStreams: readonly [StreamName, number, number][] = [
  ['orders', near, 128_406],
  ['payments', near, 131_022],
  ['refunds', near, 4_711],
  ['fulfilments', near, 119_874],
  ['stock', near, 8_214],
  ['products', batch, 2_738],
  ['customers', often, 61_903],
]
const erpStreams: readonly [StreamName, number, number][] = [
  ['orders', near, 128_391],
  ['invoices', often, 118_220],
  ['credit-notes', often, 4_698],
  ['shipments', near, 119_870],
  ['stock', near, 16_428],
  ['products', batch, 2_731],
  ['customers', often, 61_877],
]

function streams(rows: readonly [StreamName, number, number][], readAt: Instant | null, lag = 0): ConnectionView['streams'] {
  return rows.map(([stream, staleAfterMs, held], index) => ({
    stream,
    coveredFrom: readAt === null ? null : readAt - 90 * 86_400_000,
    coveredTo: readAt === null ? null : readAt - lag - (staleAfterMs === near ? index * 2_300 : staleAfterMs * (0.12 + 0.11 * index)),
    staleAfterMs,
    recordsLastPass: index * 3,
    recordsHeld: readAt === null ? 0 : held,
    lastPassMs: readAt === null ? null : 180 + index * 240,
    faults: {},
  }))
}

export function sampleConnections(scene: Scene): ConnectionView[] {
  if (scene.mood === 'empty') return []
  const readAt = scene.mood === 'unread' ? null : lastRead(scene)
  const plain = {
    says: null,
    since: readAt === null ? null : readAt - 9 * 86_400_000,
    clockOffsetMs: readAt === null ? null : -340,
    lastReadAt: readAt,
    nextReadAt: readAt === null ? null : readAt + 10_000,
    secret: { stored: true, where: 'keychain' as const, setAt: scene.now - 40 * 86_400_000 },
    state: readAt === null ? ('new' as const) : ('ok' as const),
  }
  const medusa = { platform: 'medusa', platformLabel: 'Medusa', role: 'shop' as const }
  const tryton = { platform: 'tryton', platformLabel: 'Tryton', role: 'erp' as const }
  const settings = { baseUrl: 'https://shop.nordlicht.example/', orderNumber: 'display_id' }
  const erpSettings = { baseUrl: 'https://erp.nordlicht.example/tryton/', user: 'plumbline', warehouses: ['WH-HH', 'WH-LEJ'] }
  const all: ConnectionView[] = [
    { ...plain, ...medusa, ...shop, settings, streams: streams(shopStreams, readAt) },
    { ...plain, ...tryton, ...erp, settings: erpSettings, streams: streams(erpStreams, readAt) },
    { ...plain, ...medusa, ...shopEast, settings, streams: streams(shopStreams, readAt) },
    { ...plain, ...tryton, ...erpEast, settings: erpSettings, streams: streams(erpStreams, readAt) },
  ]
  if (scene.mood === 'busy') {
    return all.map((connection) =>
      connection.id !== shopEast.id
        ? connection
        : {
            ...connection,
            state: 'partial' as const,
            says: 'The shop limits how often it may be asked, and 2 of 7 streams were not read to their end. Orders are complete; stock is behind. It goes on by itself.',
            since: scene.now - 540_000,
            clockOffsetMs: 1_240,
            streams: connection.streams.map((stream) =>
              stream.stream === 'stock' && stream.coveredTo !== null
                ? { ...stream, coveredTo: stream.coveredTo - 412_000, faults: { 'rate-limited': 14 } }
                : stream,
            ),
          },
    )
  }
  if (scene.mood === 'blind') {
    return all.map((connection) =>
      connection.id !== erp.id
        ? connection
        : {
            ...connection,
            state: 'unreachable' as const,
            says: 'No answer from erp.nordlicht.example since 14:02. Orders are not judged until it is back; nothing was changed. Check whether Tryton is running and can be reached from this machine.',
            since: scene.now - 1_680_000,
            streams: streams(erpStreams, scene.now - 1_680_000).map((stream) => ({ ...stream, faults: { unreachable: 12 } })),
          },
    )
  }
  return all
}

export const samplePlatforms: PlatformView[] = [
  {
    id: 'medusa',
    label: 'Medusa',
    role: 'shop',
    settingsFields: [
      { name: 'baseUrl', label: 'Address of the shop', help: 'As you open its admin, without /app.', kind: 'url', placeholder: 'https://shop.example.com', choices: [] },
      {
        name: 'orderNumber',
        label: 'Order number',
        help: 'The number that customers and the ERP know.',
        kind: 'choice',
        placeholder: '',
        choices: [
          { value: 'display_id', label: 'Display id' },
          { value: 'custom_display_id', label: 'Custom display id' },
        ],
      },
    ],
    secretFields: [{ name: 'apiKey', label: 'Secret API key', help: 'Settings → Secret API keys, in the Medusa admin.', kind: 'password', placeholder: 'sk_…', choices: [] }],
    secretSets: [['apiKey']],
  },
  {
    id: 'tryton',
    label: 'Tryton',
    role: 'erp',
    settingsFields: [
      { name: 'baseUrl', label: 'Address of the server', help: 'With the database at its end.', kind: 'url', placeholder: 'https://erp.example.com/tryton/', choices: [] },
      { name: 'user', label: 'User', help: 'A user of its own, with read access.', kind: 'text', placeholder: 'plumbline', choices: [] },
      { name: 'warehouses', label: 'Warehouses', help: 'Codes; empty means all.', kind: 'list', placeholder: 'WH-HH', choices: [] },
    ],
    secretFields: [{ name: 'password', label: 'Password', help: 'Kept in the keychain of this machine.', kind: 'password', placeholder: '', choices: [] }],
    secretSets: [['password']],
  },
]

/** What "test connection" says: all well with one warning, or a server that is not there. */
export function sampleCheck(wrong: boolean): CheckView {
  if (wrong) {
    const says = 'There is no server of this name. Check the address for a typing error.'
    return { ok: false, steps: [{ title: 'Reach the server', state: 'failed', says }], clockOffsetMs: null, locations: [], channels: [] }
  }
  return {
    ok: true,
    steps: [
      { title: 'Reach the server', state: 'ok', says: 'It answers within 84 ms.' },
      { title: 'Log in', state: 'ok', says: 'The key is accepted.' },
      { title: 'Rights', state: 'warning', says: 'The key may also write. Reading is all that is needed until you switch a repair on.' },
      { title: 'Clock', state: 'ok', says: 'Its clock is 0.3 s behind this machine.' },
    ],
    clockOffsetMs: -340,
    locations: ['Hamburg', 'Leipzig'],
    channels: ['Web', 'Wholesale'],
  }
}
