/** The sample Overview, in every mood. */
import type { OverviewView } from '../../../src-main/contract/views.ts'
import type { Cause, Severity } from '../../../src-main/domain/incident.ts'
import { sampleConnections } from './connections.ts'
import { sampleIncidents } from './incidents.ts'
import { type Scene, dice, lastRead } from './scene.ts'

const hour = 3_600_000

export function sampleOverview(scene: Scene): OverviewView {
  const none = scene.mood === 'empty' || scene.mood === 'unread'
  const asOf = { at: none ? null : scene.mood === 'blind' ? scene.now - 1_680_000 : lastRead(scene), staleAfterMs: 60_000 }
  const calm = scene.mood === 'calm' || none
  return {
    at: null,
    untold: [],
    judgedAt: asOf.at,
    hasConnections: scene.mood !== 'empty',
    hasPairs: scene.mood !== 'empty',
    unmatched: unmatched(scene, asOf, calm),
    stock: stock(scene, asOf, calm, none),
    tax: tax(asOf, calm),
    strip: strip(scene, calm, none),
    connections: sampleConnections(scene),
    notJudged: calm
      ? []
      : [
          { why: 'ERP orders last complete at 14:02', count: 312 },
          { why: 'Stock needs two reads before it can be judged', count: 41 },
          { why: 'Not read that far yet', count: 7 },
        ],
    outOfScope: none
      ? []
      : [
          { why: 'Test orders', count: 58 },
          { why: 'Placed before 2026-01-01', count: 12_904 },
          { why: 'Channel "Point of sale, Hamburg flagship store" is not in scope', count: 2_210 },
        ],
  }
}

/** As it stood at a moment: what is not kept of then is left out, and said. */
export function sampleOverviewThen(scene: Scene, at: number): OverviewView {
  const then = sampleOverview({ ...scene, now: at, poll: 0 })
  return {
    ...then,
    at,
    untold: ['How many were not judged then, and why, and what was out of scope.', 'How many SKUs were watched; stock ages are those of the changes known today.', 'Reads and failed reads: passes are not kept that far.'],
    unmatched: { ...then.unmatched, notJudged: null },
    stock: { ...then.stock, watched: null, resolutionMs: null, notJudged: null },
    tax: { ...then.tax, notJudged: null },
    strip: { ...then.strip, apiErrors1h: null, reads1h: null, backlog: null },
    notJudged: [],
    outOfScope: [],
  }
}

function unmatched(scene: Scene, asOf: OverviewView['unmatched']['asOf'], calm: boolean): OverviewView['unmatched'] {
  const missing = sampleIncidents(scene).filter((row) => row.rule === 'F02-paid-order-missing')
  if (calm) return { asOf, count: 0, byCurrency: [], oldestDueAt: null, top: [], notJudged: 0 }
  const byCurrency = ['EUR', 'JPY', 'KWD'].flatMap((currency) => {
    const rows = missing.filter((row) => row.amount?.currency === currency)
    return rows.length === 0 ? [] : [{ currency, minor: rows.reduce((sum, row) => sum + (row.amount?.minor ?? 0), 0), count: rows.length }]
  })
  const oldest = missing.toSorted((left, right) => left.openedAt - right.openedAt)
  return {
    asOf,
    count: missing.length + (scene.poll % 2),
    byCurrency,
    oldestDueAt: oldest[0]?.openedAt ?? null,
    top: oldest.slice(0, 20).map((row) => ({ incident: row.id, pair: row.pair, number: row.subject.key, amount: row.amount, openedAt: row.openedAt })),
    notJudged: 312,
  }
}

function stock(scene: Scene, asOf: OverviewView['stock']['asOf'], calm: boolean, none: boolean): OverviewView['stock'] {
  const roll = dice(77)
  const points = none ? 0 : 120
  const series = Array.from({ length: points }, (_, index) => {
    const wave = calm ? 1 : 1 + 2.4 * Math.max(0, Math.sin((index + scene.poll) / 19)) ** 3
    const p50Ms = Math.round((70 + 30 * roll()) * 1000 * wave)
    return {
      at: (asOf.at ?? scene.now) - (points - 1 - index) * 60_000,
      // A gap: in these ten minutes the ERP could not be read.
      p50Ms: !calm && index >= 38 && index < 48 ? null : p50Ms,
      p95Ms: !calm && index >= 38 && index < 48 ? null : Math.round(p50Ms * (2.6 + roll() * 1.4)),
      behind: Math.round(12 * wave),
    }
  })
  const last = series.at(-1)
  const skus: readonly [string, string, number, string, string][] = [
    ['NL-JACKET-GTX-WOMENS-EXTRA-LONG-XXL-MIDNIGHT-BLUE', 'Hamburg', 19_380_000, '17', '3'],
    ['NL-TENT-3P-GRN', 'Rotterdam cross-dock, bonded area', 8_040_000, '4', '0'],
    ['NL-ROPE-9.8-60M', 'Leipzig', 5_460_000, '120.5', '96.25'],
    ['NL-STOVE-TI-2', 'Hamburg', 1_980_000, '8', '9'],
    ['KLM-SHELF-OAK-220x80x35', 'Leipzig', 1_260_000, '2', '0'],
  ]
  return {
    asOf,
    targetMs: 900_000,
    p50Ms: last?.p50Ms ?? null,
    p95Ms: last?.p95Ms ?? null,
    maxMs: calm ? (none ? null : 402_000) : 19_380_000,
    oldestOpenMs: calm ? null : 19_380_000,
    resolutionMs: none ? null : 20_000,
    watched: none ? 0 : 8_214,
    behind: calm ? 0 : 58,
    seriesFrom: null,
    series,
    worst: calm ? [] : skus.map(([sku, location, stalenessMs, shop, expected], index) => ({ incident: `f01-stock-behind-${index}`, sku, location, stalenessMs, shop, expected })),
    notJudged: calm ? 0 : 41,
  }
}

function tax(asOf: OverviewView['tax']['asOf'], calm: boolean): OverviewView['tax'] {
  if (calm) return { asOf, byCurrency: [], byMarket: [], byCause: [], notJudged: 0 }
  const causes: readonly [Cause, string, number, number][] = [
    ['wrong-rate', 'EUR', 184_219, 21],
    ['shipping-missing', 'EUR', 24_180, 9],
    ['rounding', 'EUR', -37, 19],
    ['wrong-rate', 'JPY', 48_200, 4],
    ['unexplained', 'EUR', 212, 2],
    ['exempt', 'KWD', -18_250, 1],
  ]
  return {
    asOf,
    byCurrency: [
      { currency: 'EUR', minor: 208_574, count: 51 },
      { currency: 'JPY', minor: 48_200, count: 4 },
      { currency: 'KWD', minor: -18_250, count: 1 },
    ],
    byMarket: [
      { market: 'FR', currency: 'EUR', minor: 142_019, count: 14 },
      { market: 'DE', currency: 'EUR', minor: 42_163, count: 26 },
      { market: 'JP', currency: 'JPY', minor: 48_200, count: 4 },
      { market: 'AT', currency: 'EUR', minor: 26_104, count: 8 },
      { market: 'KW', currency: 'KWD', minor: -18_250, count: 1 },
      { market: 'NL', currency: 'EUR', minor: -1_712, count: 3 },
    ],
    byCause: causes.map(([cause, currency, minor, count]) => ({ cause, currency, minor, count })),
    notJudged: 12,
  }
}

function strip(scene: Scene, calm: boolean, none: boolean): OverviewView['strip'] {
  const roll = dice(5)
  const start = Math.floor(scene.now / hour) * hour
  const flow = Array.from({ length: 24 }, (_, index) => {
    const at = start - (23 - index) * hour
    const day = 20 + 60 * Math.max(0, Math.sin(((new Date(at).getHours() - 6) / 24) * 2 * Math.PI)) + roll() * 12
    const shop = none ? 0 : Math.round(day)
    return { at, shop, erp: none ? 0 : Math.max(0, shop - (!calm && index > 19 ? Math.round(day * 0.6) : Math.round(roll() * 2))) }
  })
  const open: Partial<Record<Severity, number>> = {}
  for (const row of sampleIncidents(scene)) if (row.state === 'open') open[row.severity] = (open[row.severity] ?? 0) + 1
  return {
    flow,
    orders24h: flow.reduce((sum, each) => sum + each.shop, 0),
    openIncidents: open,
    apiErrors1h: calm ? 0 : 14,
    reads1h: none ? 0 : 2_516,
    backlog: calm ? 0 : 7,
  }
}
