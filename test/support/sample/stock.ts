/** The sample stock: thousands of SKUs with long names, some far behind, one figure with everything that it can be made of. */
import type { StockOneView, StockPartView, StockRow, StockSummaryView } from '../../../src-main/contract/stock-views.ts'
import { sampleOverview } from './overview.ts'
import { type Scene, dice, erp, lastRead, pick, shop } from './scene.ts'

const minute = 60_000
const hour = 60 * minute

const things = [
  'Merino base layer, women, long sleeve',
  'Trekking backpack 55 + 10 l with rain cover and hydration sleeve, anthracite / signal orange',
  'Camp stove, gas, 3 200 W',
  'Kletterseil 9,8 mm, 70 m, imprägniert (Doppelpack für Vereine und Schulen)',
  '折りたたみ式キャンプチェア 超軽量モデル',
  'خيمة لشخصين مقاومة للماء',
  'Socks',
] as const
const places = ['Hamburg', 'Leipzig', 'Flagship store Großer Burstah, Hamburg-Altstadt'] as const
const skusHeld = 4812

interface Asked {
  readonly standing: 'all' | 'behind'
  readonly location: string | null
  readonly search: string | null
}

export function sampleStockRows(scene: Scene, { standing, location, search }: Asked): readonly StockRow[] {
  if (scene.mood === 'empty' || scene.mood === 'unread') return []
  const roll = dice(4711)
  const late = scene.mood === 'calm' ? 0 : 37
  const rows = Array.from({ length: standing === 'behind' ? late : 260 }, (_, nth): StockRow => {
    const behind = nth < late
    const ageMs = behind ? Math.round(55 * hour * (1 - nth / late) ** 4) + 16 * minute : 0
    const figure = nth === 0 ? 1_204_800 : Math.floor(roll() ** 3 * 4000)
    const off = behind ? Math.max(1, Math.floor(roll() * 12)) : 0
    const expected = nth % 9 === 1 ? 0 : figure
    return {
      sku: nth === 2 ? 'NL-BACKPACK-55-10-ANTHRACITE-SIGNALORANGE-2026-LIMITED' : `NL-${String(10_000 + nth * 7)}`,
      location: pick(roll, places),
      title: nth === 5 ? null : pick(roll, things),
      shop: String(expected + off),
      erp: nth === 7 ? null : String(expected + Math.floor(roll() * 5)),
      expected: String(expected),
      behindSince: behind ? scene.now - ageMs : null,
      staleness: { p50Ms: Math.round(40_000 + roll() * 300_000), p95Ms: Math.round(200_000 + roll() * 900_000), maxMs: behind ? ageMs : Math.round(2 * hour * roll()), oldestOpenMs: behind ? ageMs : null },
      resolutionMs: nth % 11 === 3 ? null : 10_000,
      judgedAt: lastRead(scene),
      incident: behind ? `stock-${nth}` : null,
    }
  })
  return rows.filter((row) => (location === null || row.location === location) && (search === null || row.sku.toLowerCase().startsWith(search.trim().toLowerCase())))
}

export function sampleStockList(scene: Scene, asked: { readonly filter: Asked; readonly sort: 'worst' | 'sku'; readonly limit: number; readonly cursor: { readonly sku: string; readonly location: string } | null }) {
  const found = sampleStockRows(scene, asked.filter)
  const rows = asked.sort === 'sku' ? found.toSorted((a, b) => a.sku.localeCompare(b.sku)) : found
  const from = asked.cursor === null ? 0 : rows.findIndex((row) => row.sku === asked.cursor?.sku && row.location === asked.cursor.location) + 1
  const page = rows.slice(from, from + asked.limit)
  const last = page.at(-1)
  return {
    rows: [...page],
    next: last === undefined || from + asked.limit >= rows.length ? null : { behindSince: last.behindSince, sku: last.sku, location: last.location },
    total: asked.filter.search === null ? rows.length : null,
  }
}

export function sampleStockSummary(scene: Scene, pair: string): StockSummaryView {
  const { stock } = sampleOverview(scene)
  const calm = scene.mood === 'calm' || stock.watched === 0
  return {
    pair,
    shopLabel: shop.label,
    erpLabel: erp.label,
    asOf: stock.asOf,
    targetMs: stock.targetMs,
    staleness: { p50Ms: stock.p50Ms, p95Ms: stock.p95Ms, maxMs: calm ? stock.maxMs : 55 * hour + 16 * minute, oldestOpenMs: calm ? stock.oldestOpenMs : 55 * hour + 16 * minute },
    resolutionMs: stock.resolutionMs,
    watched: stock.watched === 0 ? 0 : skusHeld,
    behind: calm ? 0 : 37,
    notJudged: stock.notJudged ?? 0,
    locations: stock.watched === 0 ? [] : [...places],
    series: stock.series.map(({ at, p50Ms, p95Ms }) => ({ at, p50Ms, p95Ms })),
    oversold: calm
      ? { count: 0, byCurrency: [], rows: [] }
      : {
          count: 12,
          byCurrency: [{ minor: 1_284_210, currency: 'EUR' }, { minor: 9_802_000, currency: 'JPY' }],
          rows: Array.from({ length: 12 }, (_, nth) => ({
            incident: `oversold-${nth}`,
            sku: nth === 1 ? 'NL-BACKPACK-55-10-ANTHRACITE-SIGNALORANGE-2026-LIMITED' : `NL-${10_007 + nth * 63}`,
            location: places[nth % 3] ?? 'Hamburg',
            units: nth === 4 ? null : String(37 - nth * 3),
            orders: nth === 4 ? null : 31 - nth * 2,
            amount: nth === 3 ? null : { minor: Math.round(840_000 / (nth + 1)), currency: nth % 5 === 2 ? 'JPY' : 'EUR' },
            since: scene.now - (nth + 1) * 3 * hour,
          })),
        },
  }
}

export function sampleStockOne(scene: Scene, sku: string, asked: string | null): StockOneView | null {
  const known = sampleStockRows(scene, { standing: 'all', location: null, search: sku }).filter((row) => row.sku === sku)
  const row = known.find((one) => asked === null || one.location === asked) ?? known[0]
  if (row === undefined) return null
  const isBundle = sku === 'NL-10007'
  const blind = row.erp === null ? 'The ERP has no stock figure for the SKU.' : null
  const asOf = { at: lastRead(scene), staleAfterMs: minute }
  return {
    sku,
    location: row.location,
    title: row.title,
    shopLabel: shop.label,
    erpLabel: erp.label,
    shopAsOf: asOf,
    erpAsOf: asOf,
    targetMs: 15 * minute,
    locations: places.map((location) => ({ location, behindSince: location === row.location ? row.behindSince : null })),
    blind,
    shop: { onHand: row.shop, reserved: '0', available: row.shop, changedAt: scene.now - 4 * hour, backorder: false, tracked: true },
    expected: blind === null ? row.expected : null,
    parts: blind === null ? (isBundle ? [aPart(row, 'NL-ROPE-98-70', '2', true), aPart(row, 'NL-CARABINER-HMS', '12', false)] : [aPart(row, row.sku, '1', true)]) : [],
    cap: null,
    least: blind === null ? row.expected : null,
    most: blind === null ? row.expected : null,
    behindSince: row.behindSince,
    staleness: row.staleness,
    resolutionMs: row.resolutionMs,
    history: historyOf(scene, row),
    oversold:
      row.expected === '0' && row.behindSince !== null
        ? { since: scene.now - 9 * hour, units: '37', orders: Array.from({ length: 31 }, (_, nth) => `NL-${104_901 + nth * 13}`), orderCount: 31, worth: { minor: 842_310, currency: 'EUR' }, cancelled: [{ why: 'customer changed their mind', count: 2 }] }
        : null,
    incidents: row.incident === null ? [] : [{ id: row.incident, rule: 'F01-stock-behind', title: 'Stock in the shop is behind the ERP', says: `${shop.label} shows ${row.shop} of ${row.sku} at ${row.location}; by ${erp.label} it should show ${row.expected}.`, severity: 'medium' }],
  }
}

/** Two warehouses, orders on their way and a buffer, so that they add up to what the row says. */
function aPart(row: StockRow, erpSku: string, takes: string, scarcest: boolean): StockPartView {
  const free = Number(row.expected) * Number(takes) + (scarcest ? 0 : Number(takes) * 40)
  const waiting = [{ number: 'NL-104921', quantity: takes }, { number: 'NL-104933', quantity: takes }, { number: 'B2B-2026-000451-HAMBURG-WHOLESALE', quantity: String(Number(takes) * 4) }]
  const waitingUnits = Number(takes) * 6
  const second = 12
  return {
    erpSku,
    takes,
    warehouses: [
      { code: 'WH-HH', onHand: String(free + waitingUnits + 2 - second + 9), reserved: '9', available: String(free + waitingUnits + 2 - second), changedAt: row.behindSince },
      { code: 'WH-LEJ-AUTOSTORE', onHand: String(second), reserved: '0', available: String(second), changedAt: null },
    ],
    available: String(free + waitingUnits + 2),
    waiting,
    waitingCount: 3,
    waitingUnits: String(waitingUnits),
    somewhereUnits: '0',
    apartUnits: '0',
    buffer: '2',
    share: '1',
    free: String(free),
    offers: String(Math.floor(free / Number(takes))),
    scarcest,
  }
}

function historyOf(scene: Scene, row: StockRow): StockOneView['history'] {
  const roll = dice(row.sku.length * 31 + Number(row.shop))
  const until = lastRead(scene)
  let figure = Number(row.expected) + 60
  const expected = Array.from({ length: 24 }, (_, nth) => {
    figure = nth === 23 ? Number(row.expected) : Math.max(0, figure - Math.floor(roll() * 9) + (nth % 9 === 8 ? 30 : 0))
    const at = until - (24 - nth) * hour
    return { at, figure: String(figure), observed: nth > 0, settledAt: nth === 23 && row.behindSince !== null ? null : at + Math.round(4 * minute + roll() * 40 * minute) }
  })
  const shopFigures = expected.flatMap(({ settledAt, figure: shown }) => (settledAt === null ? [] : [{ at: settledAt, figure: shown }]))
  return { expected, shop: row.behindSince === null ? shopFigures : [...shopFigures.slice(0, -3), { at: until - 3 * hour, figure: row.shop }], until }
}
