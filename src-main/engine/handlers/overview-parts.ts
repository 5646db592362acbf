/** What the first screen shows alike of now and of a moment before: sums of incidents, the flow of orders, the reads of an hour. */
import type { OverviewView } from '../../contract/views.ts'
import type { Pass } from '../../domain/connection.ts'
import type { Cause, Subject } from '../../domain/incident.ts'
import type { Money } from '../../domain/money.ts'
import type { Pair } from '../../domain/pair.ts'
import { type Instant, hours } from '../../domain/time.ts'

export const unmatchedRules = ['F02-paid-order-missing', 'F02-order-missing']
export const taxRules = ['F05-tax-differs']
export const stockRules = ['F01-stock-behind']

/** As many as fit a large screen; the contract's bound. */
export const topMax = 20
/** Points of the stock chart: more than a screen has pixels for would only cost. */
export const pointsMax = 300

export function earliest(instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.flatMap((at) => at ?? [])
  return known.length < instants.length || known.length === 0 ? null : Math.min(...known)
}

/** Incidents as they stand, or as they stood. */
export interface IncidentSums {
  sums(rules: readonly string[], pair: string | null): readonly (Sum & { readonly cause: Cause | null; readonly market: string | null; readonly oldestAt: Instant | null })[]
  oldest(
    rules: readonly string[],
    pair: string | null,
    limit: number,
  ): readonly { readonly id: string; readonly pair: string | null; readonly subject: Subject; readonly amount: Money | null; readonly dueAt: Instant | null; readonly openedAt: Instant }[]
}

export function unmatchedOf(incidents: IncidentSums, pair: string | null) {
  const sums = incidents.sums(unmatchedRules, pair)
  return {
    count: sums.reduce((total, row) => total + row.count, 0),
    byCurrency: byCurrency(sums),
    oldestDueAt: sums.length === 0 ? null : Math.min(...sums.flatMap((row) => row.oldestAt ?? [])),
    // Oldest first: amounts of several currencies have no order among each other.
    top: incidents
      .oldest(unmatchedRules, pair, topMax)
      .map((one) => ({ incident: one.id, pair: one.pair, number: one.subject.key, amount: one.amount, openedAt: one.dueAt ?? one.openedAt })),
  }
}

interface Sum {
  readonly currency: string | null
  readonly minor: number
  readonly count: number
}

function byCurrency(sums: readonly Sum[]): { currency: string; minor: number; count: number }[] {
  return grouped(sums, (row) => row.currency ?? '').map(({ rows, minor, count }) => ({
    currency: rows[0].currency ?? '',
    minor,
    count,
  }))
}

/** Sums by a key, the greatest first; rows without a currency have no sum. */
function grouped<Row extends Sum>(rows: readonly Row[], keyOf: (row: Row) => string) {
  const groups = new Map<string, [Row, ...Row[]]>()
  for (const row of rows) {
    if (row.currency === null) continue
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [row])
    else group.push(row)
  }
  return [...groups.values()]
    .map((group) => ({
      rows: group,
      minor: group.reduce((sum, row) => sum + row.minor, 0),
      count: group.reduce((sum, row) => sum + row.count, 0),
    }))
    .toSorted((a, b) => Math.abs(b.minor) - Math.abs(a.minor))
}

export function taxOf(incidents: IncidentSums, pair: string | null) {
  const sums = incidents.sums(taxRules, pair)
  return {
    byCurrency: byCurrency(sums),
    byMarket: grouped(sums, (row) => `${row.market} ${row.currency}`)
      .slice(0, 20)
      .map(({ rows, minor, count }) => ({ market: rows[0].market ?? 'unknown', currency: rows[0].currency ?? '', minor, count })),
    byCause: grouped(sums, (row) => `${row.cause} ${row.currency}`)
      .slice(0, 20)
      .map(({ rows, minor, count }) => ({
        cause: rows[0].cause ?? ('unexplained' satisfies Cause),
        currency: rows[0].currency ?? '',
        minor,
        count,
      })),
  }
}

/** Orders of both sides in the 24 hours up to a moment, by the hour. */
export function flowOf(
  pairs: readonly Pair[],
  until: Instant,
  ask: (connection: string) => readonly { readonly at: Instant; readonly count: number }[],
): Pick<OverviewView['strip'], 'flow' | 'orders24h'> {
  const countsOf = (connections: readonly string[]): ReadonlyMap<Instant, number> => {
    const counts = new Map<Instant, number>()
    for (const connection of new Set(connections)) {
      for (const { at, count } of ask(connection)) counts.set(at, (counts.get(at) ?? 0) + count)
    }
    return counts
  }
  const shop = countsOf(pairs.map((pair) => pair.shop))
  const erp = countsOf(pairs.map((pair) => pair.erp))
  const firstHour = Math.floor((until - hours(24)) / hours(1)) * hours(1)
  return {
    flow: Array.from({ length: 25 }, (_, index) => {
      const at = firstHour + index * hours(1)
      return { at, shop: shop.get(at) ?? 0, erp: erp.get(at) ?? 0 }
    }),
    orders24h: [...shop.values()].reduce((sum, count) => sum + count, 0),
  }
}

/** The latest beginning: before it the curve of some pair lacks. */
export function curveFrom(store: { readonly stock: { pointsFrom(pair: string): Instant | null } }, pairs: readonly Pair[]): Instant | null {
  const known = pairs.flatMap((pair) => store.stock.pointsFrom(pair.id) ?? [])
  return known.length === 0 ? null : Math.max(...known)
}

export function readsOf(passes: readonly Pass[]): Pick<OverviewView['strip'], 'apiErrors1h' | 'reads1h'> {
  return {
    apiErrors1h: passes.reduce((sum, pass) => sum + Object.values(pass.faults).reduce((all, count) => all + (count ?? 0), 0), 0),
    reads1h: passes.length,
  }
}
