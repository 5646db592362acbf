/** Answers about stock: how old it is as a whole, each SKU at each location, and what one expected figure is made of. */
import type { StalenessView, StockOneView, StockPartView, StockRow, StockSummaryView } from '../../contract/stock-views.ts'
import type { Pair } from '../../domain/pair.ts'
import { type Instant, days, minutes } from '../../domain/time.ts'
import { seeOversold, soldLabels } from '../reconcile/lenses/oversold.ts'
import { type SummedPart, erpFigure, shopLevel, sumStock } from '../reconcile/lenses/stock-sum.ts'
import { partsOfKey, stockSubject } from '../reconcile/lenses/stock.ts'
import { type PairSight, sightOf } from '../reconcile/sight.ts'
import { stalenessOf } from '../reconcile/staleness.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import type { StockState } from '../store/stock.ts'
import { aboutIncident } from './about-incident.ts'
import { type Rooms, asOf, os, staleAfter } from './rooms.ts'

const behindRules = ['F01-stock-behind']
const soldRule = 'F01-sold-after-zero'

/** Points of a curve: more than a screen has pixels for would only cost. */
const pointsMax = 300
const oversoldShown = 50
const numbersShown = 200
const levelsShown = 300

export function stockHandlers(rooms: Rooms) {
  const { store, clock } = rooms
  return {
    about: os.stock.about.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      return aboutStock(rooms, pair, clock.now())
    }),
    list: os.stock.list.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      const { filter, limit, cursor } = input
      const { location } = filter
      const list = filter.standing === 'behind' ? store.stockList.behind : input.sort === 'worst' ? store.stockList.worst : store.stockList.bySku
      const asked = { pair: pair.id, location, limit, after: cursor }
      const begins = spellings(filter.search ?? '').find((text) => list({ ...asked, begins: text, after: null, limit: 1 }).length > 0)
      const rows = begins === undefined ? [] : list({ ...asked, begins })
      const last = rows.at(-1)
      const counts = store.stockList.counts(pair.id, location)
      return {
        rows: rows.map((state) => rowOf(rooms, pair, state, clock.now())),
        next: last === undefined || rows.length < limit ? null : { behindSince: last.behindSince, sku: last.sku, location: last.location },
        total: filter.search === null ? (filter.standing === 'behind' ? counts.behind : counts.watched) : null,
      }
    }),
    one: os.stock.one.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      const view = oneOf(rooms, pair, input.sku, input.location)
      if (view === null) throw errors.NOT_FOUND({ data: { says: `${input.sku} was not read from the shop${input.location === null ? '' : ` at ${input.location}`}.` } })
      return view
    }),
  }
}

/** As typed, and as SKUs are written mostly. */
function spellings(search: string): readonly string[] {
  const typed = search.trim()
  return [...new Set([typed, typed.toUpperCase(), typed.toLowerCase()])]
}

function aboutStock(rooms: Rooms, pair: Pair, now: Instant): StockSummaryView {
  const { store } = rooms
  const sight = sightOf(store, pair)
  const counts = store.stockList.counts(pair.id, null)
  const late = store.stockList.behind({ pair: pair.id, location: null, begins: '', after: null, limit: 200 })
  const resolutions = late.flatMap((state) => state.resolutionMs ?? [])
  const notJudged = store.judgements.notJudged(pair.id, now - staleAfter(store))
  return {
    pair: pair.id,
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    asOf: asOf(store, sight.stock.to),
    targetMs: minutes(pair.settings.stockTargetMinutes),
    staleness: stalenessOf(store.stock.recent(pair.id, now - days(1)), now),
    resolutionMs: resolutions.length === 0 ? null : Math.max(...resolutions),
    ...counts,
    notJudged: notJudged.filter((row) => behindRules.includes(row.rule)).reduce((sum, row) => sum + row.count, 0),
    locations: [...store.stockList.locations(pair.id)],
    series: store.stock.points(pair.id, now - days(1), pointsMax).map(({ at, p50Ms, p95Ms }) => ({ at, p50Ms, p95Ms })),
    oversold: oversoldOf(rooms, pair),
  }
}

function oversoldOf({ store }: Rooms, pair: Pair): StockSummaryView['oversold'] {
  const sums = store.incidents.sums([soldRule], pair.id)
  const open = store.incidents.oldest([soldRule], pair.id, oversoldShown)
  const byCurrency = new Map<string, number>()
  for (const { currency, minor } of sums) if (currency !== null) byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + minor)
  return {
    count: sums.reduce((total, row) => total + row.count, 0),
    byCurrency: [...byCurrency].map(([currency, minor]) => ({ currency, minor })),
    rows: open
      .map((incident) => ({
        incident: incident.id,
        ...partsOfKey(incident.subject.key),
        units: told(incident, soldLabels.units),
        orders: Number(told(incident, soldLabels.orders) ?? Number.NaN),
        amount: incident.amount,
        since: incident.openedAt,
      }))
      .map((row) => ({ ...row, orders: Number.isInteger(row.orders) ? row.orders : null }))
      .toSorted((a, b) => (a.amount?.currency ?? '').localeCompare(b.amount?.currency ?? '') || (b.amount?.minor ?? 0) - (a.amount?.minor ?? 0)),
  }
}

function told(incident: IncidentRecord, label: string): string | null {
  return incident.evidence.find((line) => line.label === label)?.shop ?? null
}

function titleOf({ store }: Pick<Rooms, 'store'>, pair: Pair, sku: string): string | null {
  const found = store.snapshots.byKey(pair.shop, 'products', 'sku', sku)[0]?.record
  return found?.kind === 'product' ? found.title : null
}

function rowOf(rooms: Rooms, pair: Pair, state: StockState, now: Instant): StockRow {
  const { store } = rooms
  const { sku, location, shop, expected, behindSince, resolutionMs, judgedAt } = state
  const [incident] = store.incidents.liveOf(pair.id, stockSubject(pair, sku, location))
  return {
    sku,
    location,
    title: titleOf(rooms, pair, sku),
    shop,
    erp: erpFigure(store, pair, sku, location),
    expected,
    behindSince,
    staleness: stalenessAt(rooms, pair, sku, location, now),
    resolutionMs,
    judgedAt,
    incident: incident?.id ?? null,
  }
}

function stalenessAt({ store }: Pick<Rooms, 'store'>, pair: Pair, sku: string, location: string, now: Instant): StalenessView {
  return stalenessOf(store.stock.changes(pair.id, sku, location), now)
}

/** Null where the shop does not have it. */
function oneOf(rooms: Rooms, pair: Pair, sku: string, asked: string | null): StockOneView | null {
  const { store, clock } = rooms
  const now = clock.now()
  const sight = sightOf(store, pair)
  const states = store.stockList.ofSku(pair.id, sku)
  const location = asked ?? states[0]?.location ?? firstLocation(rooms, pair, sku)
  const snapshot = location === null ? null : shopLevel(store, pair, sku, location)
  if (location === null || snapshot === null) return null
  const level = snapshot.record
  const state = store.stock.state(pair.id, sku, location)
  const seen = sumStock(store, sight, snapshot)
  const sum = seen.kind === 'seen' ? seen.sum : null
  return {
    sku,
    location,
    title: titleOf(rooms, pair, sku),
    shopLabel: sight.shopLabel,
    erpLabel: sight.erpLabel,
    shopAsOf: asOf(store, store.streams.coverage(pair.shop, 'stock').to),
    erpAsOf: asOf(store, store.streams.coverage(pair.erp, 'stock').to),
    targetMs: minutes(pair.settings.stockTargetMinutes),
    locations: states.map((one) => ({ location: one.location, behindSince: one.behindSince })),
    blind: seen.kind === 'blind' ? seen.why : uncompared(level),
    shop: { onHand: level.onHand, reserved: level.reserved, available: level.available, changedAt: level.changedAt === null ? null : sight.shopAxis.ours(level.changedAt), backorder: level.backorder, tracked: level.tracked },
    expected: sum?.expected ?? null,
    parts: (sum?.parts ?? []).map((part) => partViewOf(sight, part)),
    cap: pair.settings.stockCap === null ? null : String(pair.settings.stockCap),
    least: sum?.least ?? null,
    most: sum?.most ?? null,
    behindSince: state?.behindSince ?? null,
    staleness: stalenessAt(rooms, pair, sku, location, now),
    resolutionMs: state?.resolutionMs ?? null,
    history: historyOf(rooms, pair, sku, location, snapshot),
    oversold: oversoldAt(rooms, sight, sku, location, sum?.parts.find((one) => one.scarcest) ?? null),
    incidents: store.incidents.liveOf(pair.id, stockSubject(pair, sku, location)).map(aboutIncident),
  }
}

/** Why a figure is not followed although both sides have one. */
function uncompared(level: { readonly tracked: boolean; readonly backorder: boolean }): string | null {
  if (!level.tracked) return 'The shop keeps no count of it, so nothing is compared.'
  return level.backorder ? 'The shop sells it without stock, so nothing is compared.' : null
}

function firstLocation({ store }: Rooms, pair: Pair, sku: string): string | null {
  const levels = store.snapshots.byKey(pair.shop, 'stock', 'sku', sku)
  const found = levels.find(({ record, goneAt }) => record.kind === 'stock' && goneAt === null)?.record
  return found?.kind === 'stock' ? found.location : null
}

function partViewOf(sight: PairSight, { part, waiting, somewhere, apart, buffer, free, scarcest }: SummedPart): StockPartView {
  return {
    erpSku: part.erpSku,
    takes: part.quantity,
    warehouses: part.levels.map((level) => ({
      code: level.location,
      onHand: level.onHand,
      reserved: level.reserved,
      available: level.available,
      changedAt: level.changedAt === null ? null : sight.erpAxis.ours(level.changedAt),
    })),
    available: part.available,
    waiting: waiting.slice(0, numbersShown).map(({ number, quantity }) => ({ number, quantity })),
    waitingCount: waiting.length,
    waitingUnits: part.waiting,
    somewhereUnits: somewhere,
    apartUnits: apart,
    buffer,
    share: sight.pair.settings.stockShare,
    free,
    offers: part.offers,
    scarcest,
  }
}

/** What the shop should have shown and what it did show, oldest first, up to now. */
function historyOf({ store, clock }: Rooms, pair: Pair, sku: string, location: string, shop: NonNullable<ReturnType<typeof shopLevel>>): StockOneView['history'] {
  const said = store.stockList.said(shop.row, levelsShown - 1).toReversed()
  const since = said.at(-1)?.to ?? shop.firstSeenAt
  const earlier = said.flatMap(({ from, record }) => (record.kind === 'stock' ? [{ at: from, figure: record.available }] : []))
  return {
    expected: store.stock
      .changes(pair.id, sku, location)
      .toReversed()
      .map(({ at, expected, observed, settledAt }) => ({ at, figure: expected, observed, settledAt })),
    shop: [...earlier, { at: since, figure: shop.record.available }],
    until: clock.now(),
  }
}

function oversoldAt({ store }: Rooms, sight: PairSight, sku: string, location: string, scarcest: SummedPart | null): StockOneView['oversold'] {
  if (scarcest === null) return null
  const found = seeOversold(store, sight, {
    sku,
    location,
    short: scarcest.part.short,
    changes: store.stock.changes(sight.pair.id, sku, location),
  })
  if (found === null) return null
  const { since, units, orders, worth, cancelled } = found
  return { since, units, orders: orders.slice(0, numbersShown), orderCount: orders.length, worth, cancelled: [...cancelled].map(([why, count]) => ({ why, count })) }
}
